/** As the database checks it: lower-case letters and digits, single hyphens between them, 2 to 63 characters. */
export const SLUG_PATTERN = '^[a-z0-9](-?[a-z0-9]){1,62}$';

/** A slug for a name in any script; `tenant` when nothing of it can be kept. */
export function slugOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .replaceAll('ß', 'ss')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 63)
    .replaceAll(/^-|-$/g, '');
  return plain.length >= 2 ? plain : 'tenant';
}
