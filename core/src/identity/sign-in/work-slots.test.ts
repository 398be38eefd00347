import { expect, it } from 'vitest';
import { createWorkSlots } from './work-slots.ts';

it('bounds what runs and what waits, in order, and survives failures', async () => {
  const slots = createWorkSlots(2, 3);
  let running = 0;
  let most = 0;
  const done: number[] = [];
  const work = (id: number) => async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    done.push(id);
    if (id === 1) throw new Error('failed');
    return id;
  };
  const results = await Promise.allSettled([0, 1, 2, 3, 4, 5, 6].map((id) => slots.run(work(id))));
  expect(most).toBe(2);
  expect(done).toEqual([0, 1, 2, 3, 4]);
  expect(results.map((result) => result.status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
    'fulfilled',
    'rejected',
    'rejected',
  ]);
  expect(results[5]).toMatchObject({ reason: { code: 'unavailable' } });
  expect(await slots.run(work(7))).toBe(7);
});
