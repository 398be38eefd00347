/** What one document may take. Real CVs and letters stay far below each of these. */
export const LIMITS = {
  /** Of the file itself. */
  inputBytes: 25 * 1024 * 1024,
  pages: 300,
  /** Of the extracted text, in UTF-16 code units. */
  textLength: 2 * 1024 * 1024,
  lines: 50_000,
  /** Pieces of text on one page; drawings made of single characters have more. */
  runsPerPage: 40_000,
  /** Of one page: operators, and areas filled. What is drawn more elaborately is not searched for hidden text. */
  operatorsPerPage: 300_000,
  areasPerPage: 4000,
  /** Hyperlinks, and the length of what one leads to. */
  linksPerPage: 500,
  linksPerLine: 10,
  linkLength: 500,
  /** Of a DOCX: entries of the archive, and bytes after inflating. */
  archiveEntries: 2000,
  inflatedBytes: 100 * 1024 * 1024,
  /** Inflated by deflated size of one entry; XML reaches 30, a bomb 1000. */
  inflationRatio: 200,
  /** Wall clock, in the worker. */
  milliseconds: 20_000,
} as const;
