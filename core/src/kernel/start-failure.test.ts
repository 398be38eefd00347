import { expect, test } from 'vitest';
import { StartupError } from '../errors/index.ts';
import { startFailure } from './start-failure.ts';

const own = { dataDir: '/srv/bazaar' };
const coded = (code: string, cause?: unknown) => Object.assign(new Error(code, { cause }), { code });

test.each([
  ['a reason in words', new StartupError('Port 4000 is taken.'), 'Port 4000 is taken.'],
  ['a full disk', coded('ENOSPC'), /^The disk that holds the data folder \/srv\/bazaar is full\..*BAZAAR_DATA_DIR\.$/],
  ['a full disk, deep below', new StartupError('?', { cause: coded('unavailable', coded('53100')) }), /^The disk that/],
  ['a defect', new TypeError('x is not a function'), /^The platform did not start: TypeError: x is not.*\n +at /],
  ['no error at all', 'nothing', 'The platform did not start: nothing'],
])('%s', (_case, error, words) => {
  const line = startFailure(error, own);
  if (typeof words === 'string') expect(line).toBe(words);
  else expect(line).toMatch(words);
});

test('a full disk somewhere else', () => {
  const line = startFailure(coded('53100'), { ...own, databaseUrl: 'postgres://there/bazaar' });
  expect(line).toBe('The disk of the database (DATABASE_URL) is full.');
});
