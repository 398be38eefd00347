import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDocumentExtractor, type DocumentExtractor } from '../../src/documents/index.ts';

let folder: string;
let extractor: DocumentExtractor;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bazaar-documents-'));
  extractor = createDocumentExtractor({ log: { info: () => undefined, warn: () => undefined } });
});
afterAll(async () => {
  await extractor.close();
  await rm(folder, { recursive: true });
});

test('more documents than workers wait for their turn, and each is read', async () => {
  const names = Array.from({ length: 25 }, (_, index) => `document ${index}`);
  const paths = await Promise.all(
    names.map(async (name, index) => {
      const path = join(folder, `${index}.txt`);
      await writeFile(path, `${name}\nsecond line`);
      return path;
    }),
  );
  const documents = await Promise.all(paths.map((path) => extractor.extract(path)));
  expect(documents.map(({ text }) => text.split('\n')[0])).toEqual(names);
});
