import { expect, it } from 'vitest';
import { memoryLimit, memoryWarnings } from './memory-limit.ts';

const MB = 1024 ** 2;

it.each([
  ['never less than building an index takes', 512 * MB, 128 * MB],
  ['a sixteenth of the machine', 4096 * MB, 256 * MB],
  ['never more than anything honest takes', 65_536 * MB, 512 * MB],
])('one process of the server may have: %s', (_rule, machine, limit) => {
  expect(memoryLimit(machine)).toBe(limit);
});

it('says of a server whose limit cannot be seen that it has none', () => {
  expect(memoryWarnings(0)).toMatchObject([{ code: 'database-memory-unlimited' }]);
});
