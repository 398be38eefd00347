import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Document, Packer, Paragraph } from 'docx';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compoundType, detectContentType, markupType } from './detect-type.ts';
import { zipTypeOfNames } from './zip-type.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'detect-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function typeOf(content: Buffer | string): Promise<string> {
  const path = join(folder, 'content');
  await writeFile(path, content);
  return detectContentType(path);
}

const exe = Buffer.concat([Buffer.from('MZ\x90\0\x03\0\0\0'), Buffer.alloc(200), Buffer.from('PE\0\0')]);
const emptyZip = Buffer.from('PK\x05\x06'.padEnd(22, '\0'), 'latin1');

test.each<[string, Buffer | string, string]>([
  ['a PDF', '%PDF-1.7\n%âãÏÓ\n', 'application/pdf'],
  ['a PDF after bytes of a mail gateway', Buffer.from('\0\x01junk\n%PDF-1.4\n\x80', 'latin1'), 'application/pdf'],
  ['a text about PDF', 'The header is %PDF-1.4, they say.', 'text/plain'],
  ['a Windows program', exe, 'application/x-msdownload'],
  ['a program with a PDF header inside', Buffer.concat([exe, Buffer.from('%PDF-1.4')]), 'application/x-msdownload'],
  ['a text that starts with MZ', 'MZ Anders, nurse\n', 'text/plain'],
  ['a Linux program', Buffer.from('\x7fELF\x02\x01\x01'.padEnd(64, '\0'), 'latin1'), 'application/x-elf'],
  ['a PNG', Buffer.from('89504e470d0a1a0a0000000d4948445200000001', 'hex'), 'image/png'],
  ['an empty ZIP', emptyZip, 'application/zip'],
  ['half a ZIP', Buffer.from('PK\x03\x04'.padEnd(60, 'x'), 'latin1'), 'application/zip'],
  ['HTML', '\uFEFF<!-- c --> <!DOCTYPE html><p>', 'text/html'],
  ['HTML without doctype', '<script>alert(1)</script>', 'text/html'],
  ['SVG', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', 'image/svg+xml'],
  ['SVG with a prefix', '<s:svg xmlns:s="http://www.w3.org/2000/svg"/>', 'image/svg+xml'],
  ['SVG in UTF-16', Buffer.from('\uFEFF<svg/>', 'utf16le'), 'image/svg+xml'],
  ['XML', '<?xml version="1.0"?><a/>', 'application/xml'],
  ['RTF', '{\\rtf1 hello}', 'application/rtf'],
  ['text', 'Jane Doe\nNurse', 'text/plain'],
  ['nothing', '', 'text/plain'],
  ['random bytes', Buffer.concat([Buffer.from([0, 1]), randomBytes(5000)]), 'application/octet-stream'],
])('%s', async (_name, content, expected) => {
  expect(await typeOf(content)).toBe(expected);
});

test('a DOCX, and not another ZIP, whatever they are called', async () => {
  const docx = await Packer.toBuffer(new Document({ sections: [{ children: [new Paragraph('Jane')] }] }));
  expect(await typeOf(docx)).toBe('application/vnd.openxmlformats-officedocument.wordprocessingml.document');
  expect(await typeOf(docx.subarray(0, docx.length / 2))).toBe('application/zip');
});

test.each([
  [
    ['[Content_Types].xml', 'word/document.xml'],
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ],
  [
    ['[Content_Types].xml', 'word/document.xml', 'word/vbaProject.bin'],
    'application/vnd.ms-word.document.macroenabled.12',
  ],
  [['[Content_Types].xml', 'xl/workbook.xml'], 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  [['word/document.xml'], 'application/zip'],
  [['mimetype', 'content.xml'], 'application/vnd.oasis.opendocument.text'],
  [['META-INF/MANIFEST.MF', 'A.class'], 'application/java-archive'],
])('an archive of %j is %s', (names, expected) => {
  expect(zipTypeOfNames(new Set(names))).toBe(expected);
});

test.each([
  ['WordDocument', 'application/msword'],
  ['EncryptedPackage', 'application/x-ole-encrypted'],
  ['Other', 'application/x-cfb'],
])('a compound file with a stream %s is %s', (stream, expected) => {
  expect(compoundType(Buffer.from(stream, 'utf16le'))).toBe(expected);
});

test('an old Word document, told by a name far behind its start', async () => {
  const bytes = Buffer.alloc(200_000);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(bytes);
  Buffer.from('WordDocument', 'utf16le').copy(bytes, 150_000);
  expect(await typeOf(bytes)).toBe('application/msword');
});

test('a name in angle brackets is no markup', () => {
  expect(markupType('<jane@example.org> wrote')).toBeNull();
});
