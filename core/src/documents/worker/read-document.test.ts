import { expect, test } from 'vitest';
import { readDocument } from './read-document.ts';

test('text files: blocks at empty lines, pages at form feeds, wide gaps as tabs', async () => {
  const document = await readDocument(
    'text',
    Buffer.from('JANE DOE\r\n\r\nE X P E R I E N C E\n2019-2022      Senior Nurse\n  Led   a team\fPage two\n'),
  );
  expect(document.text).toBe('JANE DOE\n\nEXPERIENCE\n2019-2022\tSenior Nurse\nLed\ta team\n\nPage two');
  expect(document.pages.map((page) => page.lines.length)).toEqual([4, 1]);
  expect(document.pages[0]).toMatchObject({ width: 0, height: 0 });
});

test.each([
  ['UTF-8 with mark', Buffer.from('\uFEFFZoë'), 'Zoë'],
  ['UTF-16', Buffer.from('\uFEFFZoë 履歴書', 'utf16le'), 'Zoë 履歴書'],
  ['windows-1252', Buffer.from('R\xe9sum\xe9 \x96 Zo\xeb Doe', 'latin1'), 'Résumé – Zoë Doe'],
])('text in %s', async (_name, bytes, text) => {
  expect((await readDocument('text', bytes)).text).toBe(text);
});

test.each([
  ['bytes that are no text', Buffer.from([0x4a, 0, 1, 2]), 'document-broken'],
  ['white space only', Buffer.from(' \n\t\n'), 'document-without-text'],
  ['more lines than anybody reads', Buffer.from('x\n'.repeat(50_001)), 'document-too-complex'],
  ['more text than anybody reads', Buffer.from('abcdefgh\n'.repeat(300_000)), 'document-too-complex'],
])('%s', async (_name, bytes, reason) => {
  await expect(readDocument('text', bytes)).rejects.toMatchObject({ reason });
});

test.each([
  ['garbage', 'nothing of a PDF'],
  ['a header and nothing else', '%PDF-1.7\n'],
  [
    'a header and random bytes',
    `%PDF-1.4\n${String.fromCharCode(...Array.from({ length: 500 }, (_, i) => (i * 37) % 256))}`,
  ],
])('a PDF of %s is broken', async (_name, text) => {
  await expect(readDocument('pdf', Buffer.from(text, 'latin1'))).rejects.toMatchObject({ reason: 'document-broken' });
});
