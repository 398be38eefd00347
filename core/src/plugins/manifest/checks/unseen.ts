/**
 * Control characters besides line breaks and tabs, characters without width, and those that turn the direction of the
 * text around them. Joiners are none of them: Persian, Hindi and emoji need them.
 */
const UNSEEN = /(?![\n\r\t])[\p{Cc}\u200B\u2060\uFEFF\u202A-\u202E\u2066-\u2069]/u;

const escaped = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1');

/**
 * Reports each text with characters that cannot be seen: an operator who grants capabilities, and whoever reviews a
 * package, must be able to trust what they read.
 */
export function checkUnseen(value: unknown, report: (pointer: string, message: string) => void, pointer = ''): void {
  if (typeof value === 'string') {
    const [found] = UNSEEN.exec(value) ?? [];
    if (found === undefined) return;
    const code = (found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    report(pointer, `holds the character U+${code}, which cannot be seen; take it out`);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    checkUnseen(key, (_, message) => report(pointer, `a name here ${message}`));
    checkUnseen(child, report, `${pointer}/${escaped(key)}`);
  }
}
