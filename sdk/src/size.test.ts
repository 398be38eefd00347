import { expect, test } from 'vitest';
import { formatSize } from './size.ts';

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [1023, '1023 bytes'],
  [524_288, '512 KB'],
  [10_485_760, '10 MB'],
  [25_000_000, '23.8 MB'],
])('%i is %s', (bytes, words) => {
  expect(formatSize(bytes)).toBe(words);
});
