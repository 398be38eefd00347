import { EventEmitter } from 'node:events';
import type { Pool } from 'pg';
import { expect, it } from 'vitest';
import { ConnectionBudget } from './connection-budget.ts';

/** Counts like pg's pool. */
class CountingPool extends EventEmitter {
  idleCount = 0;
  busy = 0;
  waitingCount = 0;
  readonly options = { max: 10 };
  get totalCount() {
    return this.idleCount + this.busy;
  }
  async connect() {
    if (this.idleCount > 0) this.idleCount--;
    this.busy++;
    return {
      release: (destroy?: boolean) => {
        this.busy--;
        if (!destroy) this.idleCount++;
        this.emit('release');
      },
    };
  }
}

function pools(budget: ConnectionBudget, count: number) {
  return Array.from({ length: count }, () => {
    const pool = new CountingPool();
    budget.add(pool as unknown as Pool);
    return pool;
  });
}

async function take(budget: ConnectionBudget, pool: CountingPool | undefined) {
  if (!pool) throw new Error('no pool');
  return budget.connect(pool as unknown as Pool);
}

it('lets the idle connection of one plugin give way to another', async () => {
  const budget = new ConnectionBudget(3);
  const [a, b, c] = pools(budget, 3);
  for (const pool of [a, b, c]) (await take(budget, pool)).release();
  const busy = [await take(budget, c), await take(budget, c)];
  expect([a, b, c].map((pool) => pool?.totalCount)).toEqual([0, 1, 2]);
  for (const client of busy) client.release();
});

it('waits for the next connection that becomes idle when all are busy', async () => {
  const budget = new ConnectionBudget(2);
  const [a, b] = pools(budget, 2);
  const first = await take(budget, a);
  await take(budget, a);
  let taken = false;
  const waiting = take(budget, b).then((client) => {
    taken = true;
    return client;
  });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(taken).toBe(false);
  first.release();
  await waiting;
  expect([a?.totalCount, b?.totalCount]).toEqual([1, 1]);
});

it('never exceeds the limit under a storm', async () => {
  const budget = new ConnectionBudget(5);
  const all = pools(budget, 20);
  let most = 0;
  await Promise.all(
    Array.from({ length: 400 }, async (_, index) => {
      const client = await take(budget, all[index % all.length]);
      most = Math.max(
        most,
        all.reduce((sum, pool) => sum + pool.busy, 0),
      );
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 2));
      client.release();
    }),
  );
  expect(most).toBeLessThanOrEqual(5);
});
