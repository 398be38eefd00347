import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { TextProbe } from './text-encoding.ts';

function probe(bytes: Buffer, chunkSize = 7): string | null {
  const text = new TextProbe();
  for (let at = 0; at < bytes.length; at += chunkSize) text.feed(bytes.subarray(at, at + chunkSize));
  return text.end();
}

test.each<[string, Buffer, string | null]>([
  ['empty', Buffer.alloc(0), 'utf-8'],
  ['ASCII', Buffer.from('Jane Doe\r\n\tNurse\f'), 'utf-8'],
  ['UTF-8 cut between chunks', Buffer.from('äöü – 履歴書 🩺'), 'utf-8'],
  ['UTF-8 cut at the end', Buffer.from('Resume of Zoë').subarray(0, -1), 'windows-1252'],
  ['UTF-8 with mark', Buffer.from('\uFEFFJane'), 'utf-8'],
  ['UTF-16 with mark', Buffer.from('\uFEFFJane Doe', 'utf16le'), 'utf-16le'],
  ['UTF-16 big-endian', Buffer.from('\uFEFFJane Doe', 'utf16le').swap16(), 'utf-16be'],
  ['half a surrogate pair in UTF-16', Buffer.from('\uFEFFJane \uD83E', 'utf16le'), null],
  ['UTF-16 with NUL', Buffer.from('\uFEFFJa\0ne', 'utf16le'), null],
  ['windows-1252', Buffer.from('R\xe9sum\xe9 of Zo\xeb \x96 nurse', 'latin1'), 'windows-1252'],
  ['mostly high bytes', Buffer.from('\xe9\xe8\xe7\xe0ab', 'latin1'), null],
  ['a NUL', Buffer.from('Jane\0Doe'), null],
  ['a control character late', Buffer.from(`${'x'.repeat(100)}\u0001`), null],
  ['random bytes', randomBytes(4096), null],
])('%s', (_name, bytes, expected) => {
  expect(probe(bytes)).toBe(expected);
});
