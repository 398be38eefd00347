import { expect, test } from 'vitest';
import { sanitiseFileName } from './file-name.ts';

const long = `${'ä'.repeat(250)}.docx`;

test.each([
  ['cv.pdf', 'cv.pdf'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\jane\\Lebenslauf.docx', 'Lebenslauf.docx'],
  ['Zoë Müller – Lebenslauf 2026.pdf', 'Zoë Müller – Lebenslauf 2026.pdf'],
  ['履歴書.pdf', '履歴書.pdf'],
  ['a\u0000b\r\nc.pdf', 'abc.pdf'],
  ['cv\u202Efdp.exe', 'cvfdp.exe'],
  ['  spaced   out .pdf ', 'spaced out .pdf'],
  ['', 'file'],
  ['..', 'file'],
  ['folder/', 'file'],
  ['\uD800.pdf', '\uFFFD.pdf'],
  ['u\u0308ber.pdf', 'über.pdf'],
  [long, `${'ä'.repeat(195)}.docx`],
  [`x.${'y'.repeat(300)}`, `x.${'y'.repeat(198)}`],
])('%j becomes %j', (name, expected) => {
  const clean = sanitiseFileName(name);
  expect(clean).toBe(expected);
  expect([...clean].length).toBeLessThanOrEqual(200);
});
