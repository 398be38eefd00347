const LIGATURES = /[\uFB00-\uFB06\uFB13-\uFB17]|[\uFB1D-\uFDFF\uFE70-\uFEFE]/g;
/** Code points of Symbol and Wingdings as word processors put them into the private use area, used as bullets. */
const PRIVATE_BULLETS = /[\uF0A7\uF0A8\uF0B7\uF076\uF0D8\uF0FC\uF0E0\uF02D\uF06C\uF06E\uF071\uF075\uF0A2\uF0AF]/g;
const PRIVATE = /[\uE000-\uF8FF]|[\u{F0000}-\u{FFFFD}]|[\u{100000}-\u{10FFFD}]/gu;
/** Marks without width or meaning for a reader of the text, and control characters other than tab. */
const INVISIBLE = /(?![\t\u200C\u200D])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\uFFFC]/gu;
/** Ligatures of fonts made by TeX that name no characters: their codes in its older encoding and in its newer one. */
const TEX_LIGATURES: Record<string, string> = Object.fromEntries(
  ['ff', 'fi', 'fl', 'ffi', 'ffl'].flatMap((letters, index) => [
    [String.fromCharCode(0x0b + index), letters],
    [String.fromCharCode(0x1b + index), letters],
  ]),
);
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what such fonts have in place of ligatures
const TEX_CODES = /(?<=\p{L})[\x0B-\x0F\x1B-\x1F]|[\x0B-\x0F\x1B-\x1F](?=\p{Ll})/gu;
/** Dashes of such fonts: letters stand beside none of them, so that no letter of another encoding is taken for one. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what such fonts have in place of dashes
const TEX_DASH = /(?<!\p{L})[\x15\x16](?!\p{L})/gu;
/** Accents drawn as glyphs of their own before the letter, as TeX does with its older fonts: `Universit¨at`. */
const ACCENTS: Record<string, string> = {
  '¨': '\u0308',
  ˆ: '\u0302',
  '˜': '\u0303',
  '´': '\u0301',
  '`': '\u0300',
  '˚': '\u030A',
  '˘': '\u0306',
  '˝': '\u030B',
  '˙': '\u0307',
  ˇ: '\u030C',
  '¸': '\u0327',
};
/** Acute and grave also serve as apostrophe and quotation mark ("l´école"): they count only within a word. */
const SPACING_ACCENT =
  /([¨ˆ˜˚˘˝˙ˇ¸])(\p{L})|(?<=\p{L}{2})(?<!(?<!\p{L})qu)([´`])([aeiouı])|(?<![\p{L}\p{N}])(´)([AEIOU])(?=\p{Ll})/giu;

function withAccents(text: string): string {
  return text.replace(SPACING_ACCENT, (written: string, ...groups: (string | undefined)[]) => {
    const [accent = '', letter = ''] = groups.slice(0, 6).filter((group) => group !== undefined);
    const composed = (letter.replace('ı', 'i') + (ACCENTS[accent] ?? '')).normalize('NFC');
    return composed.length === 1 ? composed : written;
  });
}

const SPACES = /[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/g;

/**
 * The text a reader sees: ligatures and presentation forms as letters, every kind of space as a space, bullets of
 * symbol fonts as `•`, no invisible characters and no icons. Composed (NFC); superscript digits and the like stay.
 */
export function cleanCharacters(text: string): string {
  const plain = text
    .toWellFormed()
    .replace(LIGATURES, (character) => character.normalize('NFKC'))
    .replace(PRIVATE_BULLETS, '•')
    .replace(PRIVATE, ' ')
    .replace(TEX_CODES, (code) => TEX_LIGATURES[code] ?? code)
    .replace(TEX_DASH, (code) => (code === '\x15' ? '–' : '—'))
    .replace(/\u00AD$/, '-')
    .replace(INVISIBLE, '')
    .replace(SPACES, ' ')
    .normalize('NFC');
  return withAccents(plain);
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

const NOW =
  /^(?:present|now|today|current|date|ongoing|heute|jetzt|dato|aktuell|aujourd['’]hui|présent|actuel|actualidad|presente|actual|oggi|attuale|heden|nu|obecnie|nadal|dziś|atual|hoje|halen|günümüz|nuvarande|pågående|nåværende|nå)$/iu;

/** Whether the text is nothing but a word for the present, the end of a period. */
export function isNow(text: string): boolean {
  return NOW.test(text.trim());
}

/** A heading by its letters alone: all capitals, at least three of them. */
export function isAllCapitals(text: string): boolean {
  return /\p{Lu}.*\p{Lu}.*\p{Lu}/u.test(text) && !/\p{Ll}/u.test(text);
}
