import { describe, expect, it } from 'vitest';
import { Waker } from './waker.ts';

function setUp() {
  const finish: (() => void)[] = [];
  const errors: unknown[] = [];
  let runs = 0;
  const waker = new Waker(
    async () => {
      runs += 1;
      await new Promise<void>((resolve) => finish.push(resolve));
      if (runs === 1) throw new Error('first');
    },
    (error) => errors.push(error),
  );
  return { waker, finish: () => finish.shift()?.(), runs: () => runs, errors };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('waker', () => {
  it('joins wake-ups during a run into one more run, also after an error', async () => {
    const { waker, finish, runs, errors } = setUp();
    waker.wake();
    waker.wake();
    waker.wake();
    expect(runs()).toBe(1);
    finish();
    await turn();
    expect(runs()).toBe(2);
    expect(errors).toHaveLength(1);
    finish();
    await turn();
    expect(runs()).toBe(2);
    waker.wake();
    expect(runs()).toBe(3);
    finish();
  });

  it('stops after what is running', async () => {
    const { waker, finish, runs } = setUp();
    waker.wake();
    waker.wake();
    const stopped = waker.stop();
    finish();
    await stopped;
    waker.wake();
    expect(runs()).toBe(1);
  });
});
