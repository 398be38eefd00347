import type { FileInfo } from '@bazaar/sdk';

/** Content type → how the name ends. */
const ENDINGS: Readonly<Record<string, string>> = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp' };

export const PICTURE_TYPES: readonly string[] = Object.keys(ENDINGS);

const ID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
export const NAME_PATTERN = `^${ID}-[0-9a-f]{16}\\.(?:png|jpg|webp)$`;
const ID_LENGTH = 36;

/** Nobody guesses it: the number of the file is drawn. It never means anything else: the content's hash is part of it. */
export function nameOf({ id, sha256, type }: Pick<FileInfo, 'id' | 'sha256' | 'type'>): string {
  const ending = ENDINGS[type];
  if (ending === undefined) throw new Error(`${type} is not kept as a picture`);
  return `${id}-${sha256.slice(0, 16)}.${ending}`;
}

/** The number of the file that a name stands for. */
export function fileOf(name: string): string {
  return name.slice(0, ID_LENGTH);
}

/** Where a browser finds the picture of a person. */
export function personPicturePath(name: string | null): string | null {
  return name === null ? null : `/api/pictures/people/${name}`;
}

/** Where a browser finds the logo of a workspace. */
export function logoPath(slug: string, name: string | null): string | null {
  return name === null ? null : `/api/pictures/workspaces/${slug}/${name}`;
}
