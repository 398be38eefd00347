import type { JsonObject } from '@bazaar/sdk';
import { expect, test } from 'vitest';
import { readPageModel, readPageSummary } from './page-model.ts';

const page = (html: string, more: JsonObject = {}) => readPageModel({ title: 'A', body: { html }, ...more });

test('a page that nobody could read is none', () => {
  expect(page('<p>a</p>'.repeat(5000))).not.toBeNull();
  expect(page('<p>a</p>'.repeat(5001))).toBeNull();
  expect(page('a'.repeat(500_001))).toBeNull();
  expect(page('a'.repeat(250_000), { jsonLd: [{ a: 'a'.repeat(250_000) }] })).toBeNull();
});

test('a page says of itself what it is about, and not whose it is or how it is shown', () => {
  const kept = { 'og:type': 'article', 'og:image:alt': 'x', 'article:author': 'x', 'twitter:card': 'x', author: 'x' };
  const meta = {
    ...kept,
    'og:url': 'https://evil.test',
    'og:site_name': 'Your bank',
    'twitter:player': 'https://evil.test',
    'al:ios:url': 'evil://',
    referrer: 'unsafe-url',
    robots: 'index',
    viewport: 'width=1',
    'google-site-verification': 'mine',
    'bad name': 'x',
    'og:title': { a: 1 },
  };
  expect(page('', { meta })?.meta).toEqual(kept);
});

test.each([
  ['/jobs/nurse?page=2', true],
  ['/jobs/a..b', true],
  ['/../other/jobs', false],
  ['/jobs/%2E./%2e%2e/other', false],
  ['/..', false],
  ['/./jobs', false],
  ['//evil.test', false],
  ['/\\evil.test', false],
  ['https://evil.test', false],
])('the canonical address %s is among the tenant’s: %s', (canonicalPath, isKept) => {
  expect(page('', { canonicalPath })?.canonicalPath).toBe(isKept ? canonicalPath : undefined);
});

test.each([
  [200, 200],
  [410, 410],
  [503, 503],
  [204, undefined],
  [301, undefined],
  [304, undefined],
  [600, undefined],
  [404.5, undefined],
])('the status %s is one of a page that is shown: %s', (status, kept) => {
  expect(page('', { status })?.status).toBe(kept);
});

test('a link needs the title and the description of a page, whatever it weighs', () => {
  const heavy = { title: 'A', description: 'B', body: { html: '<p>a</p>'.repeat(5001) } };
  expect(readPageSummary(heavy)).toEqual({ title: 'A', description: 'B' });
  expect(readPageSummary({ title: ' ', body: { html: '' } })).toBeNull();
});
