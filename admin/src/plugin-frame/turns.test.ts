import { expect, test } from 'vitest';
import { Turns } from './turns.ts';

test('so many at once, the others in order, and an end counts once', async () => {
  const turns = new Turns(2);
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  for (let index = 0; index < 5; index++) {
    void turns.take().then((end) => {
      begun.push(index);
      ends.push(end);
    });
  }
  await expect.poll(() => begun).toEqual([0, 1]);
  ends[0]?.();
  ends[0]?.();
  await expect.poll(() => begun).toEqual([0, 1, 2]);
  ends[1]?.();
  ends[2]?.();
  await expect.poll(() => begun).toEqual([0, 1, 2, 3, 4]);
});
