const MAX_LENGTH = 200;
/** Marks that reorder or hide text: with them a name can pretend to have another ending. */
const INVISIBLE = /[\p{Cc}\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\u2028\u2029\uFEFF]/gu;

function shorten(name: string): string {
  const characters = [...name];
  if (characters.length <= MAX_LENGTH) return name;
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 && name.length - dot <= 12 ? [...name.slice(dot)] : [];
  return [...characters.slice(0, MAX_LENGTH - extension.length), ...extension].join('');
}

/**
 * A name to store and show, from whatever the sender called the file: no folders, no control or reordering
 * characters, at most 200 characters with the extension kept; all other Unicode stays.
 */
export function sanitiseFileName(name: string): string {
  const last = name.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const clean = last.replace(INVISIBLE, '').replace(/\s+/gu, ' ').trim();
  return /^[. ]*$/.test(clean) ? 'file' : shorten(clean);
}
