import { expect, test } from 'vitest';
import { isMailAddress } from './address.ts';

test.each([
  'a@b.test',
  'first.last+tag@sub.example.org',
  "o'neill@example.org",
  'müller@münchen.example',
  'root@localhost',
])('%s', (address) => expect(isMailAddress(address)).toBe(true));

test.each([
  '',
  'a',
  '@b.test',
  'a@',
  'a@b@c.test',
  'a b@c.test',
  'a@b c.test',
  'a@b..test',
  '.a@b.test',
  'a.@b.test',
  'a@-b.test',
  'a@b.test,c@d.test',
  'a@b.test;c@d.test',
  '<a@b.test>',
  'A <a@b.test>',
  '"a b"@c.test',
  'a@b.test\r\nBcc: c@d.test',
  'a\0@b.test',
  'a@[127.0.0.1]',
  `${'a'.repeat(65)}@b.test`,
  `a@${'b.'.repeat(140)}test`,
])('not %j', (address) => expect(isMailAddress(address)).toBe(false));
