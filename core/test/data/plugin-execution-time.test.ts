import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonObject } from '@bazaar/sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PluginUnitOfWork } from '../../src/data/index.ts';
import { type JobsPlugin, job, openJobsPlugin } from '../support/jobs-plugin.ts';

let jobs: JobsPlugin;
beforeAll(async () => {
  jobs = await openJobsPlugin();
});
afterAll(() => jobs.close());

/** Work that notes what it is told of the server's time. */
function timed(readOnly: boolean) {
  const told: number[] = [];
  const scope = jobs.scope(jobs.ids.a, readOnly);
  const unit = jobs.plugin.open({ ...scope, executed: (ms) => void told.push(ms) });
  return { unit, told };
}

const churn = (unit: PluginUnitOfWork, times: number, rounds: number) =>
  Promise.all(Array.from({ length: times }, () => unit.query('churn', { rounds })));

const total = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0);
/** By the server's clock, of answers of `churn`. */
const took = (answers: readonly JsonObject[][]) => total(answers.map(([row]) => row?.ms as number));
/** What may be put down to this process instead, for each statement. */
const OWN_MS = 100;

test('is that of each statement on its own connection, not of the wait for one', async () => {
  const { unit, told } = timed(true);
  const begun = performance.now();
  await churn(unit, 30, 100);
  const wall = performance.now() - begun;
  expect(told).toHaveLength(30);
  expect(Math.min(...told)).toBeGreaterThanOrEqual(0);
  // A plugin has ten connections.
  expect(total(told)).toBeLessThan(10 * wall);
});

test('counts once for statements that were sent at once in one transaction', async () => {
  const { unit, told } = timed(false);
  const begun = performance.now();
  const answers = await churn(unit, 3, 2_500);
  expect(total(told)).toBeLessThan(performance.now() - begun);
  expect(total(told)).toBeGreaterThan(took(answers) - 3 * OWN_MS);
  await unit.rollback();
});

test('does not pass between statements; COMMIT is one', async () => {
  const { unit, told } = timed(false);
  const begun = performance.now();
  await unit.insert('jobs', [job()]);
  const before = performance.now();
  await sleep(100);
  const paused = performance.now() - before;
  expect(told).toHaveLength(1);
  await unit.commit();
  expect(told).toHaveLength(2);
  expect(total(told)).toBeLessThan(performance.now() - begun - paused);
});

test('counts what was cancelled because nobody waited for it any more', async () => {
  const { unit, told } = timed(false);
  const running = unit.query('slow', {}).catch((error: unknown) => error);
  const admin = await jobs.test.admin();
  const active = async () => {
    const { rows } = await admin.query(
      `select from pg_stat_activity where state = 'active' and query like '%(1, 9999)%' and pid <> pg_backend_pid()`,
    );
    return rows.length;
  };
  await expect.poll(active).toBeGreaterThan(0);
  await unit.rollback();
  expect(await running).toMatchObject({ code: 'unavailable' });
  expect(told).toHaveLength(1);
});

test('counts a statement that runs too long, is cancelled, and says so', async () => {
  const { unit, told } = timed(true);
  const cancelled = { code: 'unavailable', reason: 'statement-timeout' };
  await expect(unit.query('slow', {})).rejects.toMatchObject(cancelled);
  expect(total(told)).toBeGreaterThan(4_890);
});
