import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isMailState, kindOfMail, outcomeText } from './describe.ts';

const TEMPLATES = new URL('../../../../core/src/mail/templates/', import.meta.url);

test('every e-mail that the platform writes has a kind in words', () => {
  const names = readdirSync(TEMPLATES)
    .filter((file) => !/^(index|money|moment)\.|\.test\./.test(file) || file === 'test.ts')
    .map((file) => file.replace(/\.ts$/, ''));
  expect(names.length).toBeGreaterThan(15);
  for (const name of names) expect(kindOfMail(name), name).toMatch(/^[A-Z][a-z -]+$/);
});

test('of what is not known the name is shown', () => {
  expect(kindOfMail('birthday')).toBe('birthday');
  expect(kindOfMail('constructor')).toBe('constructor');
  expect([isMailState('sent'), isMailState('toString'), isMailState(undefined)]).toEqual([true, false, false]);
});

test.each([
  ['accepted', 'x', 'Taken by the mail server'],
  [null, null, 'Under way, or broken off with its process'],
  [null, 'x', ''],
] as const)('an attempt that ended with %s at %s', (outcome, finishedAt, text) => {
  expect(outcomeText({ outcome, finishedAt })).toBe(text);
});
