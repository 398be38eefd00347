import { expect, test } from 'vitest';
import { ApiError } from '../errors/index.ts';
import { checkTarget } from './target.ts';

test.each(['/', '/api/me?x=1', '/t/acme/jobs/%C3%A9t%C3%A9', '/a%2Fb', `/${'a'.repeat(8000)}`])(
  'accepts %s',
  (target) => {
    expect(() => checkTarget(target)).not.toThrow();
  },
);

test.each([
  [`/${'a'.repeat(9000)}`, 'url-too-long'],
  ['/%', 'bad-encoding'],
  ['/%zz', 'bad-encoding'],
  ['/%ED%A0%80', 'bad-encoding'],
  ['/a?b=%00', 'nul-character'],
  ['*', 'bad-target'],
  ['http://elsewhere/', 'bad-target'],
])('refuses %s: %s', (target, reason) => {
  expect(() => checkTarget(target)).toThrow(
    expect.objectContaining({ constructor: ApiError, status: 400, reason }) as Error,
  );
});
