const LIGATURES = /[\uFB00-\uFB06\uFB13-\uFB17]|[\uFB1D-\uFDFF\uFE70-\uFEFE]/g;
/** Code points of Symbol and Wingdings as word processors put them into the private use area, used as bullets. */
const PRIVATE_BULLETS = /[\uF0A7\uF0A8\uF0B7\uF076\uF0D8\uF0FC\uF0E0\uF02D\uF06C\uF06E\uF071\uF075\uF0A2\uF0AF]/g;
const PRIVATE = /[\uE000-\uF8FF]|[\u{F0000}-\u{FFFFD}]|[\u{100000}-\u{10FFFD}]/gu;
/** Marks without width or meaning for a reader of the text, and control characters other than tab. */
const INVISIBLE = /(?![\t\u200C\u200D])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\uFFFC]/gu;
const SPACES = /[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/g;

/**
 * The text a reader sees: ligatures and presentation forms as letters, every kind of space as a space, bullets of
 * symbol fonts as `•`, no invisible characters and no icons. Composed (NFC); superscript digits and the like stay.
 */
export function cleanCharacters(text: string): string {
  return text
    .toWellFormed()
    .replace(LIGATURES, (character) => character.normalize('NFKC'))
    .replace(PRIVATE_BULLETS, '•')
    .replace(PRIVATE, ' ')
    .replace(/\u00AD$/, '-')
    .replace(INVISIBLE, '')
    .replace(SPACES, ' ')
    .normalize('NFC');
}

const RTL = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/g;
const LETTERS = /\p{L}/gu;

/** Whether most letters of the text are Hebrew, Arabic or another script written from right to left. */
export function isRightToLeft(text: string): boolean {
  const rtl = text.match(RTL)?.length ?? 0;
  return rtl > 0 && rtl * 2 > (text.match(LETTERS)?.length ?? 0);
}

const BULLET = /^(?:[•‣⁃◦▪▫■□●○◆◇►▸▶➢➤✓✔✦❖·∙*–—-]|\(?(?:\d{1,2}|[a-zA-Z])[.)])$/u;

/** A list mark alone: it belongs to the text after it, however wide the gap. */
export function isBullet(text: string): boolean {
  return BULLET.test(text.trim());
}

const YEAR =
  /(?:^|[^\d])(?:19|20)\d{2}(?!\d)|(?:^|[^\d.])(?:0?[1-9]|1[0-2])(?:\/(?:\d{4}|\d{2})|\.\d{4})(?![\d./])|['’]\d{2}\b|[٠-٩]{4}/u;

/** Whether the text names a time: a year, a month with a year, a span of them. */
export function namesTime(text: string): boolean {
  return text.length <= 60 && YEAR.test(text);
}

/** A heading by its letters alone: all capitals, at least three of them. */
export function isAllCapitals(text: string): boolean {
  return /\p{Lu}.*\p{Lu}.*\p{Lu}/u.test(text) && !/\p{Ll}/u.test(text);
}
