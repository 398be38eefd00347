import { expect, it } from 'vitest';
import { compileSchema } from './schema-compiler.ts';

const fits = (format: string, text: string) =>
  compileSchema({ type: 'object', properties: { a: { type: 'string', format } } }).errorsOf({ a: text }).length === 0;

it.each([
  ['url', 'https://example.org/a?b=c#d', true],
  ['url', 'ftp://files.example.org', true],
  ['url', 'http://user:password@10.0.0.1:8080/', true],
  ['url', 'javascript:alert(1)', false],
  ['url', 'example.org', false],
  ['url', 'http://', false],
])('%s %s: %s', (format, text, expected) => {
  expect(fits(format, text)).toBe(expected);
});

const FORMATS =
  'url email uri uri-reference uri-template hostname ipv4 ipv6 regex uuid json-pointer relative-json-pointer byte duration date time date-time iso-time iso-date-time';

it.each(FORMATS.split(' '))('%s takes no longer for some texts than for others', (format) => {
  const parts = [':', 'a', '.', '/', '-', '0', '1.', 'a@', '{a}', '%20', '~0', ':0', '@:', '[', '(', 'T', 'P1', ' '];
  const beginnings = ['', 'http://', 'a@', 'a:', 'P', '/', '{', '2026-01-01T', '0'];
  const started = performance.now();
  for (const beginning of beginnings) {
    for (const part of parts) for (const end of ['', '!', ' ']) fits(format, beginning + part.repeat(20_000) + end);
  }
  // Linear ones take half a second for all of them; a quadratic one takes as long for a single text.
  expect(performance.now() - started).toBeLessThan(30_000);
});
