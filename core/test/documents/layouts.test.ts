import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createDocumentExtractor } from '../../src/documents/index.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');
const extractor = createDocumentExtractor({ log: { info: () => undefined, warn: () => undefined } });
afterAll(() => extractor.close());

const names = readdirSync(FIXTURES)
  .filter((name) => name.endsWith('.pdf'))
  .map((name) => name.slice(0, -4));

test('there are fixtures', () => {
  expect(names.length).toBeGreaterThan(8);
});

test.each(names)('%s is read in the order a person reads it', async (name) => {
  const { format, text } = await extractor.extract(join(FIXTURES, `${name}.pdf`));
  expect(format).toBe('pdf');
  expect(`${text}\n`).toBe(readFileSync(join(FIXTURES, `${name}.txt`), 'utf8'));
});
