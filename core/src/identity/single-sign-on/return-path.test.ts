import { expect, it } from 'vitest';
import { safeReturnPath } from './return-path.ts';

it.each([
  ['/', '/'],
  ['/admin/plugins?x=1#tab', '/admin/plugins?x=1#tab'],
  [undefined, '/'],
  ['', '/'],
  ['admin', '/'],
  ['//evil.test', '/'],
  ['/\\evil.test', '/'],
  ['\\\\evil.test', '/'],
  ['/\t/evil.test', '/'],
  ['/./\\evil.test', '/'],
  ['/.//evil.test', '/'],
  ['https://evil.test/', '/'],
  ['javascript:alert(1)', '/'],
  ['/api/auth/sign-out', '/'],
  [`/${'a'.repeat(3000)}`, '/'],
])('%j leads to %j', (text, path) => {
  expect(safeReturnPath(text)).toBe(path);
});
