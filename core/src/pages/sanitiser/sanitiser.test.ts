import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createSanitiser } from './sanitiser.ts';

const sanitiser = createSanitiser();
const LARGE = '<p onclick="x">a</p>'.repeat(3000);

test('pages of every size are made harmless', async () => {
  expect(await sanitiser('news', '<p onclick="x">a</p>')).toBe('<p>a</p>');
  expect(await sanitiser('news', LARGE)).toBe('<p>a</p>'.repeat(3000));
});

test('others go on while a large one is in the making', async () => {
  let isDone = false;
  const large = sanitiser('news', LARGE).finally(() => {
    isDone = true;
  });
  await setImmediate();
  expect(await sanitiser('jobs', '<b>b</b>')).toBe('<b>b</b>');
  expect(isDone).toBe(false);
  await large;
});

test('a plugin has only so many under way, and others theirs', async () => {
  const asked = await Promise.allSettled([
    ...Array.from({ length: 6 }, () => sanitiser('news', LARGE)),
    sanitiser('jobs', LARGE),
  ]);
  expect(asked.map(({ status }) => status)).toEqual([
    ...Array<string>(4).fill('fulfilled'),
    ...Array<string>(2).fill('rejected'),
    'fulfilled',
  ]);
  expect(asked[5]).toMatchObject({ reason: { code: 'unavailable', reason: 'page-busy' } });
  expect(await sanitiser('news', LARGE)).toContain('<p>a</p>');
});
