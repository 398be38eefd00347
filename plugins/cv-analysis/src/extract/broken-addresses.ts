import type { Line } from './line.ts';

/** Letters an address is made of, and nothing else on the line. */
const PIECE = /^(?!www\.|https?:)[\p{Ll}\d._%+/-]+$/u;
const START = /^(?:(?:https?:\/\/|www\.)\S+|\S+@\S*)$/iu;
const END = /^[\p{Ll}\d._%+-]*@[\p{L}\d.-]+$/u;
const LABEL = /^(?:e-?mail|mail|courriel|correo|adres|web|website|url|tel|phone|mobile|linkedin|github)$/iu;

/** "jane@example.com" above "linkedin.com" or "janedoe.dev": where the host is whole, what names a host is another address. */
function isAnotherAddress(text: string, next: string): boolean {
  return /@.*\./.test(text) && /[./]/.test(next);
}

/** Lines that begin at one edge, one right below the other. */
function isBelow(line: Line, before: Line): boolean {
  return (
    line.page === before.page &&
    line.width > 0 &&
    Math.abs(line.x - before.x) < 2 &&
    line.y > before.y &&
    line.y - before.y < before.height * 2
  );
}

/** Whether the line ends where its column does: not even one more letter would have fitted. */
function fillsColumn(line: Line, lines: readonly Line[]): boolean {
  const edges = lines
    .filter((other) => other.page === line.page && Math.abs(other.x - line.x) < 2 && other.width < line.width * 2)
    .map((other) => other.x + other.width);
  const letter = line.width / Math.max(1, line.text.length);
  return line.x + line.width > Math.max(...edges) - 2 * letter;
}

/**
 * Addresses of mail and web that a narrow column breaks anywhere, without a mark: "jane.doe@exam" above "ple.org",
 * "jane.d" above "oe@example.org".
 */
export function joinAddresses(lines: readonly Line[]): Line[] {
  const joined: Line[] = [];
  let last: Line | undefined;
  for (const line of lines) {
    const before = joined.at(-1);
    const text = before?.text ?? '';
    const goesOn =
      before &&
      last &&
      isBelow(line, last) &&
      !line.bullet &&
      ((START.test(text) && PIECE.test(line.text) && !isAnotherAddress(text, line.text)) ||
        (PIECE.test(text) && !LABEL.test(text) && END.test(line.text))) &&
      fillsColumn(last, lines);
    if (goesOn)
      joined[joined.length - 1] = { ...before, text: `${text}${line.text}`, links: [...before.links, ...line.links] };
    else joined.push(line);
    last = line;
  }
  return joined;
}
