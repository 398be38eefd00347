import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import PDFDocument from 'pdfkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDocumentExtractor } from '../../src/documents/index.ts';

const log = { info: () => undefined, warn: () => undefined };
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bazaar-workers-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Processes that read documents for this one. */
function workers(): number[] {
  return execFileSync('ps', ['-o', 'pid=,ppid=,args=', '-A'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.trim().split(/\s+/)[1] === String(process.pid) && line.includes('documents/worker/main'))
    .map((line) => Number(line.trim().split(/\s+/)[0]));
}

async function longPdf(pages: number): Promise<string> {
  const bytes = await new Promise<Buffer>((resolve) => {
    const pdf = new PDFDocument();
    const chunks: Buffer[] = [];
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    for (let page = 1; page <= pages; page++) {
      if (page > 1) pdf.addPage();
      for (let line = 0; line < 40; line++)
        pdf.text(`Line ${line} of page ${page} with a few more words`, 50, 50 + line * 15);
    }
    pdf.end();
  });
  const path = join(folder, `${pages}.pdf`);
  await writeFile(path, bytes);
  return path;
}

test('a worker that is killed from outside is replaced and its document read all the same', {
  timeout: 60_000,
}, async () => {
  const extractor = createDocumentExtractor({ log, pool: { size: 1 } });
  try {
    const reading = extractor.extract(await longPdf(250));
    while (workers().length === 0) await delay(20);
    await delay(700);
    const [first] = workers();
    process.kill(first ?? 0, 'SIGKILL');
    const document = await reading;
    expect(document.pages).toHaveLength(250);
    expect(document.pages[249]?.lines.at(-1)?.text).toBe('Line 39 of page 250 with a few more words');
    expect(workers()).not.toContain(first);
  } finally {
    await extractor.close();
  }
});

test('workers start with the first document, are replaced in time and end with the extractor', async () => {
  const extractor = createDocumentExtractor({ log, pool: { size: 1, recycleAfter: 2 } });
  const path = join(folder, 'a.txt');
  await writeFile(path, 'Jane Doe');
  expect(workers()).toEqual([]);
  await extractor.extract(path);
  const [first] = workers();
  await extractor.extract(path);
  await extractor.extract(path);
  const [second] = workers().filter((pid) => pid !== first);
  expect(second).toBeDefined();
  await extractor.close();
  await expect.poll(workers, { timeout: 30_000 }).toEqual([]);
});

test('workers rest when idle and come back for the next document', async () => {
  const extractor = createDocumentExtractor({ log, pool: { size: 1, idleMilliseconds: 300 } });
  const path = join(folder, 'b.txt');
  await writeFile(path, 'Jane Doe');
  await extractor.extract(path);
  await expect.poll(workers, { timeout: 30_000 }).toEqual([]);
  expect(await extractor.extract(path)).toMatchObject({ text: 'Jane Doe' });
  await extractor.close();
});
