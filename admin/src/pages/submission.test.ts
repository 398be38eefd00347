import { UiProblem } from '@bazaar/sdk/ui';
import { expect, test } from 'vitest';
import { Submission } from './submission.ts';

function page(isShown?: (pointer: string) => boolean) {
  const said: string[] = [];
  const updates: boolean[] = [];
  const shown = {
    requestUpdate: () => void updates.push(submission.busy),
    app: { notify: (text: string) => void said.push(text) },
  };
  const submission: Submission = new Submission(shown, isShown);
  return { submission, said, updates };
}

const refusal = (pointer: string) =>
  new UiProblem({
    code: 'invalid-input',
    status: 400,
    detail: 'Not like this.',
    errors: [{ pointer, message: 'Too short.' }],
  });

test('one thing is done at a time, and the page shows that it is', async () => {
  const { submission, updates } = page();
  const done: string[] = [];
  const held = Promise.withResolvers<void>();
  const first = submission.run(async () => {
    await held.promise;
    done.push('first');
  });
  await submission.run(async () => done.push('second'));
  expect([submission.busy, done]).toEqual([true, []]);
  held.resolve();
  await first;
  await submission.run(async () => done.push('third'));
  expect([submission.busy, done, updates]).toEqual([false, ['first', 'third'], [true, false, true, false]]);
});

test('what is refused is said at the field that the page shows, otherwise in a notification', async () => {
  const { submission, said } = page((pointer) => pointer === '/name');
  await submission.run(() => Promise.reject(refusal('/name')));
  expect([submission.errors.get('/name'), said]).toEqual(['Too short.', []]);
  await submission.run(() => Promise.reject(refusal('/permissions/0')));
  expect([submission.errors.get('/name'), said]).toEqual([undefined, ['Not like this.']]);
  await submission.run(() => Promise.reject(new TypeError('fetch failed')));
  expect(said.at(-1)).toMatch(/could not be reached/);
  expect(submission.busy).toBe(false);
});

test('what was refused is forgotten by the next attempt, and on demand', async () => {
  const { submission } = page(() => true);
  await submission.run(() => Promise.reject(refusal('/name')));
  await submission.run(async () => undefined);
  expect(submission.errors.size).toBe(0);
  await submission.run(() => Promise.reject(refusal('/name')));
  submission.forget();
  expect(submission.errors.size).toBe(0);
});
