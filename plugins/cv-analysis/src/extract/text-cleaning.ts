const LIGATURES: Record<string, string> = { ﬀ: 'ff', ﬁ: 'fi', ﬂ: 'fl', ﬃ: 'ffi', ﬄ: 'ffl', ﬅ: 'st', ﬆ: 'st' };

/** Glyphs of icon fonts arrive as private-use characters and mean nothing as text. */
const ICON = '(?:[\\uE000-\\uF8FF\\u{F0000}-\\u{FFFFD}◆◇♦⋄⬥❖★☆✦✧]|(?![\\d#*©®™])\\p{Extended_Pictographic}\\uFE0F?)';
const ICONS = new RegExp(`${ICON}+`, 'gu');
const LEADING_ICON = new RegExp(`^\\s*${ICON}+(?=\\s*[\\p{L}\\d+(@])`, 'u');
const INVISIBLE = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters of broken encodings are what is removed
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F]/g;

const BULLET =
  /^(?:[•●▪■◾▫◦○‣⁃∙·►▶▸➢➤➔→✓✔☑✦❖★✶✴◆◇♦⬥⚫»]\s*|[-–—−*+]\s+|o\s+(?=\p{Lu})|§\s+|\d{1,2}[.)]\s+(?=\p{L})|\([a-z\d]\)\s+)/u;

/** `E X P E R I E N C E` and `J A N E   D O E`: letters set apart by blanks, words by more of them. */
function joinSpacedLetters(text: string): string {
  const trimmed = text.trim();
  const symbols = trimmed.split(/\s+/);
  if (symbols.length < 4) return text;
  const single = symbols.filter((symbol) => symbol.length === 1).length;
  if (single < symbols.length * 0.8 || !/^\p{L}(?:\s+\p{L}){2}/u.test(trimmed)) return text;
  const wide = /\S\s{2,}\S/.test(trimmed);
  return wide
    ? trimmed
        .split(/\s{2,}/)
        .map((word) => word.replace(/\s/g, ''))
        .join(' ')
    : trimmed.replace(/\s/g, '');
}

/** Arabic and Persian digits and commas as those that everything else is read by. */
function withPlainSigns(text: string): string {
  return text
    .replace(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
    .replaceAll('،', ',')
    .replaceAll('؛', ';');
}

/** Readable text of one line: ligatures and invisible characters resolved, wide gaps kept as one tab. */
export function cleanText(raw: string): string {
  const plain = raw
    .normalize('NFC')
    .replace(/[ﬀ-ﬆ]/g, (ligature) => LIGATURES[ligature] ?? ligature)
    .replace(LEADING_ICON, '')
    .replace(ICONS, ' • ')
    .replace(INVISIBLE, '')
    .replace(CONTROL, ' ')
    .replace(/[\u00A0\u2000-\u200A\u202F\u205F\u3000]/g, ' ')
    .replace(/[’‘‛`´]/g, "'");
  return joinSpacedLetters(withPlainSigns(plain))
    .replace(/\s*\t\s*|\s{3,}/g, '\t')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** Takes the mark of a list item off a line. */
export function withoutBullet(text: string): { text: string; bullet: boolean } {
  const match = BULLET.exec(text);
  if (!match) return { text, bullet: false };
  const rest = text.slice(match[0].length).trim();
  return rest === '' ? { text, bullet: false } : { text: rest, bullet: true };
}

/** Letters only, without accents, lower case: for look-ups that must not depend on how a word is set. */
export function squash(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/ß/g, 'ss')
    .replace(/ı/g, 'i')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** Lower case without accents; keeps the number of UTF-16 units when `text` is in form NFC and has no exotic letters. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

export function words(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+(?:['.&+#-][\p{L}\p{N}]+)*[+#]*/gu) ?? [];
}

/** At least two letters and none of them small. */
export function isUpperCase(text: string): boolean {
  return /\p{Lu}.*\p{Lu}/u.test(text) && !/\p{Ll}/u.test(text);
}

/** Cuts at a word and marks the cut. */
export function clip(text: string, length: number): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  if (flat.length <= length) return flat;
  const cut = flat.slice(0, length);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), length * 0.7))}…`;
}
