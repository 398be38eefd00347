import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { Document, Packer, Paragraph } from 'docx';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDocumentExtractor, type DocumentExtractor } from '../../src/documents/index.ts';

const log = { info: () => undefined, warn: () => undefined };
let folder: string;
let extractor: DocumentExtractor;
let good: Buffer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bazaar-hostile-'));
  extractor = createDocumentExtractor({ log, pool: { milliseconds: 3000 } });
  good = await readFile(join(import.meta.dirname, 'fixtures/sidebar-weasyprint.pdf'));
});
afterAll(async () => {
  await extractor.close();
  await rm(folder, { recursive: true });
});

async function stored(content: Buffer | string): Promise<string> {
  const name = createHash('sha256').update(content).digest('hex').slice(0, 16);
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

/** What becomes of a document: `text`, or the reason of the refusal. Anything else is a failure of ours. */
async function outcome(content: Buffer | string): Promise<string> {
  try {
    await extractor.extract(await stored(content));
    return 'text';
  } catch (error) {
    const { code, reason } = error as { code?: string; reason?: string };
    if (code !== 'unprocessable' || !reason?.startsWith('document-')) throw error;
    return reason;
  }
}

async function stillWorks(): Promise<void> {
  const { text } = await extractor.extract(await stored(good));
  expect(text).toContain('Senior Nurse\t2019 – 2022');
}

/** A PDF from its objects; offsets and trailer are right, whatever the objects hold. */
function pdf(objects: readonly string[], root = 1): Buffer {
  let body = '%PDF-1.7\n';
  const offsets = objects.map((object, index) => {
    const offset = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  return Buffer.from(
    `${body}xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root ${root} 0 R >>\nstartxref\n${body.length}\n%%EOF\n`,
    'latin1',
  );
}

const CATALOG = '<< /Type /Catalog /Pages 2 0 R >>';
const FONT = '<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>';
const page = (contents: string) =>
  `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources ${FONT} /Contents ${contents} >>`;
const pagesOf = (count: number, kids = '[3 0 R]') => `<< /Type /Pages /Kids ${kids} /Count ${count} >>`;
const stream = (data: string) => `<< /Length ${data.length} >>\nstream\n${data}\nendstream`;
const withContent = (data: string) => pdf([CATALOG, pagesOf(1), page('4 0 R'), stream(data)]);
const show = (text: string) => `BT /F 12 Tf 50 700 Td (${text}) Tj ET`;

test.each<[string, () => Buffer | string, string | RegExp]>([
  ['half of a PDF', () => good.subarray(0, good.length / 2), 'document-broken'],
  ['a header and noise', () => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(20_000)]), 'document-broken'],
  ['nothing', () => '', 'document-broken'],
  ['a program', () => Buffer.from(`MZ${'\0'.repeat(500)}`), 'document-type-unsupported'],
  ['a picture', () => Buffer.from('89504e470d0a1a0a0000000d4948445200000001', 'hex'), 'document-type-unsupported'],
  ['a web page', () => '<!doctype html><p>Jane', 'document-type-unsupported'],
  ['an office document with a password', () => compound('EncryptedPackage'), 'document-encrypted'],
  ['an old Word document', () => compound('WordDocument'), 'document-type-unsupported'],
  ['a page without text', () => withContent('0 0 100 100 re f'), 'document-without-text'],
  ['a scan with a page number', () => withContent(show('- 1 -')), 'document-without-text'],
  ['a billion pages by its own word', () => pdf([CATALOG, pagesOf(1e9), page('4 0 R'), stream(show('x'))]), /./],
  ['pages that are their own parents', () => pdf([CATALOG, pagesOf(3, '[2 0 R 2 0 R 2 0 R]')]), /^document-/],
  ['a catalogue that is itself', () => pdf(['1 0 R']), 'document-broken'],
  ['arrays in arrays', () => pdf([CATALOG, '['.repeat(200_000)]), /^document-/],
  ['dictionaries in dictionaries', () => pdf([CATALOG, `<< /A ${'<< /A '.repeat(100_000)}`]), /^document-/],
  ['operators without end', () => withContent('q '.repeat(2_000_000)), /^document-/],
  ['far too much text', () => withContent(`${show('a').repeat(200_000)}`), 'document-too-complex'],
  ['a form that draws itself', formThatDrawsItself, /./],
  ['a bomb in a stream', streamBomb, /^document-/],
  ['a font of noise', brokenFont, /./],
])('%s', async (_name, make, expected) => {
  expect(await outcome(make())).toMatch(expected);
  await stillWorks();
});

function compound(name: string): Buffer {
  const head = Buffer.alloc(2048);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(head);
  Buffer.from(name, 'utf16le').copy(head, 1024);
  return head;
}

function formThatDrawsItself(): Buffer {
  const form = '<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 4 0 R >> >>';
  return pdf([
    CATALOG,
    pagesOf(1),
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources << /XObject << /X 4 0 R >> >> /Contents 5 0 R >>',
    `${form} /Length 12 >>\nstream\n/X Do /X Do \nendstream`,
    stream('/X Do'),
  ]);
}

function streamBomb(): Buffer {
  const data = deflateSync(deflateSync(Buffer.alloc(150_000_000, 'q '))).toString('latin1');
  const bomb = `<< /Length ${data.length} /Filter [/FlateDecode /FlateDecode] >>\nstream\n${data}\nendstream`;
  return pdf([CATALOG, pagesOf(1), page('4 0 R'), bomb]);
}

function brokenFont(): Buffer {
  const data = randomBytes(3000).toString('latin1');
  return pdf([
    CATALOG,
    pagesOf(1),
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F 5 0 R >> >> /Contents 4 0 R >>',
    stream(show('Jane Doe and some more text')),
    '<< /Type /Font /Subtype /TrueType /BaseFont /X /FirstChar 0 /LastChar 255 /FontDescriptor 6 0 R >>',
    '<< /Type /FontDescriptor /FontName /X /Flags 4 /FontFile2 7 0 R >>',
    `<< /Length ${data.length} /Length1 ${data.length} >>\nstream\n${data}\nendstream`,
  ]);
}

test('50 MB are refused without being read', async () => {
  const path = await stored('%PDF-1.7 large');
  await truncate(path, 50 * 1024 * 1024);
  const started = performance.now();
  await expect(extractor.extract(path)).rejects.toMatchObject({
    code: 'unprocessable',
    reason: 'document-too-large',
    message: 'The document is larger than 25 MB.',
  });
  expect(performance.now() - started).toBeLessThan(10_000);
});

test('bits that flipped and ends that are missing harm nobody', { timeout: 120_000 }, async () => {
  const docx = await Packer.toBuffer(new Document({ sections: [{ children: [new Paragraph('Jane Doe, nurse')] }] }));
  const seen = new Set<string>();
  for (const original of [good, docx]) {
    for (let round = 0; round < 60; round++) {
      const copy = Buffer.from(original);
      for (let flips = 0; flips < 1 + (round % 20); flips++) {
        const [at = 0, bit = 0] = [Math.floor(Math.random() * copy.length), Math.floor(Math.random() * 8)];
        copy[at] = (copy[at] ?? 0) ^ (1 << bit);
      }
      const cut = round % 3 === 0 ? Math.floor(Math.random() * copy.length) : copy.length;
      seen.add(await outcome(copy.subarray(0, cut)));
    }
  }
  expect(seen.has('text')).toBe(true);
  expect(seen.has('document-broken')).toBe(true);
  await stillWorks();
});

test('a document that never ends holds up nobody but its own worker', { timeout: 60_000 }, async () => {
  const slow = createDocumentExtractor({ log, pool: { size: 2, milliseconds: 5000 } });
  try {
    let ended = false;
    const endless = slow.extract(await stored(withContent('q '.repeat(8_000_000))), 'hostile');
    endless.catch(() => {
      ended = true;
    });
    const path = await stored(good);
    for (let count = 0; count < 5; count++) await slow.extract(path, 'honest');
    expect(ended).toBe(false);
    await expect(endless).rejects.toMatchObject({ reason: /^document-(?:too-complex|without-text)$/ });
  } finally {
    await slow.close();
  }
});

test('too many waiting documents are refused; waiting ones are told when the kernel stops', async () => {
  const small = createDocumentExtractor({ log, maxWaiting: 2, pool: { size: 1 } });
  const path = await stored('Jane Doe');
  const reads = Array.from({ length: 6 }, () => small.extract(path));
  // One is being read and two wait, so the first to hear anything is one that was refused.
  await expect(Promise.race(reads)).rejects.toMatchObject({ reason: 'documents-busy' });
  const ended = Promise.allSettled(reads);
  await small.close();
  const outcomes = await ended;
  const reasons = outcomes.map((result) => (result.status === 'rejected' ? (result.reason.reason as string) : 'text'));
  expect(reasons.filter((reason) => reason === 'documents-busy').length).toBeGreaterThanOrEqual(1);
  expect(reasons.filter((reason) => reason === 'documents-stopping').length).toBeGreaterThanOrEqual(1);
  expect(reasons.every((reason) => ['text', 'documents-busy', 'documents-stopping'].includes(reason))).toBe(true);
  await expect(small.extract(path)).rejects.toMatchObject({ code: 'unavailable' });
});
