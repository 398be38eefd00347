import { UiProblem } from '@bazaar/sdk/ui';
import { expect, test } from 'vitest';
import { Doing } from './doing.ts';

function page(isShown?: (pointer: string) => boolean) {
  const said: string[] = [];
  const updates: boolean[] = [];
  const shown = {
    requestUpdate: () => void updates.push(doing.busy),
    app: { notify: (text: string) => void said.push(text) },
  };
  const doing: Doing = new Doing(shown, isShown);
  return { doing, said, updates };
}

const refusal = (pointer: string) =>
  new UiProblem({
    code: 'invalid-input',
    status: 400,
    detail: 'Not like this.',
    errors: [{ pointer, message: 'Too short.' }],
  });

test('one thing is done at a time, and the page shows that it is', async () => {
  const { doing, updates } = page();
  const done: string[] = [];
  const held = Promise.withResolvers<void>();
  const first = doing.run(async () => {
    await held.promise;
    done.push('first');
  });
  await doing.run(async () => done.push('second'));
  expect([doing.busy, done]).toEqual([true, []]);
  held.resolve();
  await first;
  await doing.run(async () => done.push('third'));
  expect([doing.busy, done, updates]).toEqual([false, ['first', 'third'], [true, false, true, false]]);
});

test('what is refused is said at the field that the page shows, otherwise in a notification', async () => {
  const { doing, said } = page((pointer) => pointer === '/name');
  await doing.run(() => Promise.reject(refusal('/name')));
  expect([doing.errors.get('/name'), said]).toEqual(['Too short.', []]);
  await doing.run(() => Promise.reject(refusal('/permissions/0')));
  expect([doing.errors.get('/name'), said]).toEqual([undefined, ['Not like this.']]);
  await doing.run(() => Promise.reject(new TypeError('fetch failed')));
  expect(said.at(-1)).toMatch(/could not be reached/);
  expect(doing.busy).toBe(false);
});

test('what was refused is forgotten by the next attempt, and on demand', async () => {
  const { doing } = page(() => true);
  await doing.run(() => Promise.reject(refusal('/name')));
  await doing.run(async () => undefined);
  expect(doing.errors.size).toBe(0);
  await doing.run(() => Promise.reject(refusal('/name')));
  doing.forget();
  expect(doing.errors.size).toBe(0);
});
