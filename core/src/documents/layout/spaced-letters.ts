/** Single letters set apart by single spaces, three at least; more spaces part words. */
const SPACED = /^\S\p{M}*(?: \S\p{M}*){2,}(?: {2,}\S\p{M}*(?: \S\p{M}*)*)*$/u;
const FEW = /^\S\p{M}*(?: \S\p{M}*)*(?: {2,}\S\p{M}*(?: \S\p{M}*)*)*$/u;

/**
 * Joins a heading that was typed or set as `E X P E R I E N C E`. Text that could be anything else (initials, grades,
 * digits) stays as it is.
 */
export function joinSpacedLetters(text: string): string {
  const trimmed = text.trim();
  const letters = trimmed.match(/\p{L}/gu)?.length ?? 0;
  const others = trimmed.replace(/[\p{L}\p{M}\s&/–—-]/gu, '').length;
  if (letters < 4 || others > 0 || !FEW.test(trimmed) || !SPACED.test(trimmed.split(/ {2,}/)[0] ?? '')) return text;
  return trimmed
    .split(/ {2,}/)
    .map((word) => word.replaceAll(' ', ''))
    .join(' ');
}
