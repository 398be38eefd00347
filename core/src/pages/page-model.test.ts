import { expect, test } from 'vitest';
import { readPageModel } from './page-model.ts';

const page = (html: string) => readPageModel({ title: 'A', body: { html } });

test('what a page sends its visitor to is not left to the page', () => {
  expect(page('<meta http-equiv="refresh" content="0;url=https://evil.test"><p>a</p>')?.body).toEqual({
    html: '<p>a</p>',
  });
});

test('a page that nobody could read is none', () => {
  expect(page('<p>a</p>'.repeat(20_000))).not.toBeNull();
  expect(page('<p>a</p>'.repeat(20_001))).toBeNull();
  expect(page('a'.repeat(1_000_001))).toBeNull();
});
