import { expect, it } from 'vitest';
import { SLUG_PATTERN, slugOf } from './slug.ts';

it.each([
  ['Acme Staffing', 'acme-staffing'],
  ['  Äcme & Söhne GmbH ', 'acme-sohne-gmbh'],
  ['Große Pflege', 'grosse-pflege'],
  ['---', 'tenant'],
  ['看護師', 'tenant'],
  ['A', 'tenant'],
  ['7x', '7x'],
  [`${'a'.repeat(62)} b`, 'a'.repeat(62)],
  ['x-'.repeat(200), `${'x-'.repeat(31)}x`],
])('the slug of %s is %s', (name, slug) => {
  expect(slugOf(name)).toBe(slug);
  expect(slug).toMatch(new RegExp(SLUG_PATTERN));
});
