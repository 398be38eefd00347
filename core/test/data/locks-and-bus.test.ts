import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../src/data/index.ts';
import { createTestDatabase, silentLogger, type TestDatabase } from '../support/test-database.ts';

let test_: TestDatabase;
let other: Database;
beforeAll(async () => {
  test_ = await createTestDatabase();
  other = await openDatabase({
    server: { connection: test_.connection },
    secret: 'secret of the tests',
    logger: silentLogger,
  });
});
afterAll(async () => {
  await other.close();
  await test_.drop();
});

async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; !condition(); waited += 10) {
    if (waited > 5_000) throw new Error('waited in vain');
    await sleep(10);
  }
}

/** Ends the backends of the other node that listen or hold locks. */
async function cutConnections(): Promise<void> {
  const admin = await test_.admin();
  await admin.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and usename like '%_platform'`,
  );
}

test('one holder at a time, in one process and across nodes', async () => {
  const { locks } = test_.database;
  const held = await locks.tryAcquire('leader');
  expect(held).not.toBeNull();
  expect(await locks.tryAcquire('leader')).toBeNull();
  expect(await other.locks.tryAcquire('leader')).toBeNull();
  expect(await other.locks.held(['leader', 'nobody', 7])).toEqual(new Set(['leader']));
  const waiting = other.locks.acquire('leader');
  await held?.release();
  const second = await waiting;
  expect(await locks.tryAcquire('leader')).toBeNull();
  await second.release();
  await second.release();
  expect(await locks.held(['leader'])).toEqual(new Set());
  const aborted = AbortSignal.timeout(50);
  const again = await locks.acquire(7);
  await expect(other.locks.acquire(7, aborted)).rejects.toThrow();
  await again.release();
});

test('messages reach every node in order, equal ones once', async () => {
  const seen: unknown[] = [];
  const undo = [
    test_.database.bus.on('x', (payload) => seen.push(payload)),
    other.bus.on('x', (payload) => seen.push(payload)),
  ];
  await Promise.all([
    test_.database.bus.publish('x', { n: 1 }),
    test_.database.bus.publish('x', { n: 1 }),
    test_.database.bus.publish('x', { n: 2 }),
    test_.database.bus.publish('y', { n: 3 }),
  ]);
  await until(() => seen.length === 4);
  expect(seen.map((payload) => (payload as { n: number }).n).sort()).toEqual([1, 1, 2, 2]);
  for (const stop of undo) stop();
  await test_.database.bus.publish('x', { n: 4 });
  await sleep(50);
  expect(seen).toHaveLength(4);
  await expect(test_.database.bus.publish('x', 'a'.repeat(8000))).rejects.toThrow(/longer than/);
});

test('a lost connection costs the locks, restores the bus and announces the gap', async () => {
  const lock = await other.locks.acquire('fragile');
  let gaps = 0;
  const seen: unknown[] = [];
  other.bus.onGap(() => gaps++);
  other.bus.on('after', (payload) => seen.push(payload));
  other.bus.on('after', () => {
    throw new Error('a listener fails');
  });
  await cutConnections();
  await until(() => lock.lost.aborted && gaps === 1);
  await lock.release();
  await test_.database.bus.publish('after', 'hello').catch(() => test_.database.bus.publish('after', 'hello'));
  await until(() => seen.length > 0);
  expect(seen).toEqual(['hello']);
  const again = await other.locks.acquire('fragile');
  await again.release();
});

test('cut connections are an unavailable service, then replaced', async () => {
  const { database } = test_;
  const during = database.platform.transaction(async (sql) => {
    await sql.query('select 1');
    await cutConnections();
    await sql.query('select 2');
  });
  await expect(during).rejects.toMatchObject({ code: 'unavailable' });
  const { rows } = await database.platform.query<{ n: number }>('select 1 as n');
  expect(rows).toEqual([{ n: 1 }]);
  expect(await database.ping()).toBeGreaterThan(0);
});
