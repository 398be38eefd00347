import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LoadAnswer } from './load-process.ts';
import { Load, percentile } from './support/load.ts';
import { tally, telling } from './support/load-packages.ts';
import { moreTenants } from './support/more-tenants.ts';
import { OperatedPlatform } from './support/operated-platform.ts';
import { type Files, packed } from './support/stock-package.ts';
import type { TestSession } from './support/test-session.ts';

const SECONDS = Number(process.env.BAZAAR_TEST_LOAD_SECONDS ?? 60);
const CYCLES = Number(process.env.BAZAAR_TEST_LOAD_CYCLES ?? 10);
const PER_SECOND = Number(process.env.BAZAAR_TEST_LOAD_RATE ?? 200);
const TENANTS = ['one', 'two', 'three', 'four', 'five'].map((name) => `${name}-tenant`);
const [FIRST = '', SECOND = ''] = TENANTS;
const TIERS = ['inline', 'sandbox'];

/** While it is open, refusals of this kind are right. */
interface Window {
  status: number;
  tenant?: string;
  from: number;
  to: number;
}

let platform: OperatedPlatform;
let admin: TestSession;
let tokens: Record<string, string>;
let load: Load | undefined;
const windows: Window[] = [];
const operations: { name: string; from: number; to: number }[] = [];

beforeAll(async () => {
  platform = await OperatedPlatform.start();
  admin = await platform.admin();
  tokens = await moreTenants(platform, TENANTS);
  for (const [files, tier] of [
    [telling('shelf', '1.0.0'), 'sandbox'],
    [telling('stock', '1.0.0'), 'inline'],
    [tally(['shelf', 'stock']), 'inline'],
  ] as const) {
    await send(`?grantAll=true&tier=${tier}`, files);
  }
  for (const plugin of ['shelf', 'stock', 'tally']) {
    for (const tenant of TENANTS) await as(tenant, `/api/licences/${plugin}/trial`);
  }
  await operate('/stock/uninstall', { confirm: true });
  // On a busy machine calls queue up, and quotas of calls at a time are tried elsewhere.
  const changes = { plugin: { concurrentCalls: 100_000 }, tenant: { concurrentCalls: 100_000 } };
  await platform.call('PUT', '/api/operator/quota-defaults', { changes });
}, 300_000);
afterAll(async () => {
  load?.kill();
  await platform?.stop();
});

const operate = (path: string, body?: object) => platform.call('POST', `/api/operator/plugins${path}`, body);
const send = async (path: string, files: Files) => operate(path, await packed(platform.folder, files));

async function as(tenant: string, path: string): Promise<void> {
  const response = await fetch(platform.url + path, {
    method: 'POST',
    headers: { Authorization: `Bearer ${tokens[tenant]}`, 'Content-Type': 'application/json' },
    body: '{}',
  });
  if (!response.ok) throw new Error(`${path} for ${tenant}: ${response.status} ${await response.text()}`);
}

async function timed(name: string, work: () => Promise<unknown>): Promise<void> {
  const from = Date.now();
  await work();
  operations.push({ name, from, to: Date.now() });
}

/** Opens a window of refusals; resolves with what closes it. */
function refusing(status: number, tenant?: string): Window {
  const window = {
    status,
    from: Date.now(),
    to: Number.POSITIVE_INFINITY,
    ...(tenant === undefined ? {} : { tenant }),
  };
  windows.push(window);
  return window;
}

/** Installed, upgraded, tried, rolled back, switched off and on, uninstalled and restored. Ends uninstalled. */
async function cycle(round: number, uninstalled: Window): Promise<Window> {
  const tier = TIERS[round % TIERS.length];
  await timed('install', () => send(`?grantAll=true&tier=${tier}`, telling('stock', `1.${round}.0`, round - 1)));
  uninstalled.to = Date.now();
  await timed('upgrade', () => send('/stock/upgrade?grantAll=true', telling('stock', `1.${round}.1`, round)));
  await timed('canary', () =>
    send(`/stock/canary?grantAll=true&percent=20&tenants=${FIRST}`, telling('stock', `1.${round}.2`, round)),
  );
  await timed('canary stop', () => operate('/stock/canary/stop'));
  await timed('rollback', () => operate('/stock/rollback', { version: `1.${round}.0` }));
  const disabled = refusing(403, SECOND);
  await timed('disable', () => operate('/stock/disable', { tenant: SECOND, confirm: true }));
  await timed('enable', () => operate('/stock/enable', { tenant: SECOND }));
  disabled.to = Date.now();
  const away = refusing(404);
  await timed('uninstall', () => operate('/stock/uninstall', { confirm: true }));
  await timed('restore', () => operate('/stock/restore'));
  away.to = Date.now();
  const gone = refusing(404);
  await timed('uninstall', () => operate('/stock/uninstall', { confirm: true }));
  return gone;
}

const isCalledFor = ({ plugin, tenant, status, due, done }: LoadAnswer) =>
  plugin === 'stock' &&
  windows.some(
    (window) =>
      window.status === status &&
      (window.tenant === undefined || window.tenant === tenant) &&
      done >= window.from &&
      due <= window.to,
  );

/** By tenant and name, or id: how often it is there. */
async function rowsOf(plugin: string): Promise<{ slug: string; id: string; name: string }[]> {
  return admin.rows(`select t.slug, g.id, g.name from p_${plugin}.goods g join core.tenants t on t.id = g.tenant_id`);
}

test(`${PER_SECOND} requests a second while a plugin comes, changes and goes`, { timeout: 1_200_000 }, async () => {
  load = await Load.start({
    url: platform.url,
    tokens,
    perSecond: PER_SECOND,
    mix: [
      ['stock', false],
      ['shelf', false],
      ['stock', true],
      ['tally', false],
      ['stock', false],
      ['shelf', true],
      ['tally', false],
      ['stock', false],
      ['shelf', false],
      ['tally', false],
    ],
  });
  const started = Date.now();
  let uninstalled = refusing(404);
  uninstalled.from = 0;
  for (let round = 1; round <= CYCLES; round++) uninstalled = await cycle(round, uninstalled);
  await timed('restore', () => operate('/stock/restore'));
  uninstalled.to = Date.now();
  // Nobody may notice a switch that all wait for either.
  await timed('drained upgrade', () =>
    send('/stock/upgrade?grantAll=true&drain=true', {
      ...telling('stock', '1.99.0', CYCLES),
      'migrations/9000-size.sql': 'alter table goods rename column size to volume;\n',
    }),
  );
  await sleep(Math.max(0, SECONDS * 1_000 - (Date.now() - started)));
  const { answers, seconds } = await load.stop();

  const failed = answers.filter((answer) => answer.status !== 200 && !isCalledFor(answer));
  const refused = answers.length - failed.length - answers.filter(({ status }) => status === 200).length;
  const latency = answers.filter(({ status }) => status === 200).map(({ due, done }) => done - due);
  const during = (name: string) => {
    const spans = operations.filter((operation) => operation.name === name);
    const within = answers.filter(({ due, done }) => spans.some(({ from, to }) => done >= from && due <= to));
    const times = within.map(({ due, done }) => done - due);
    return {
      p50: percentile(times, 0.5),
      p99: percentile(times, 0.99),
      max: percentile(times, 1),
      operation: percentile(
        spans.map(({ from, to }) => to - from),
        0.5,
      ),
    };
  };
  const report = {
    requests: answers.length,
    perSecond: Math.round(answers.length / seconds),
    seconds: Math.round(seconds),
    refused,
    failed: failed.length,
    p50: percentile(latency, 0.5),
    p99: percentile(latency, 0.99),
    max: percentile(latency, 1),
    during: Object.fromEntries([...new Set(operations.map(({ name }) => name))].map((name) => [name, during(name)])),
  };
  process.stdout.write(`\nload: ${JSON.stringify(report)}\n`);

  expect(failed.slice(0, 20)).toEqual([]);
  expect(answers.length / seconds).toBeGreaterThan(PER_SECOND * 0.95);

  for (const plugin of ['stock', 'shelf']) {
    const acknowledged = answers.flatMap(({ plugin: of, tenant, id, name }) =>
      of === plugin && id !== undefined ? [`${tenant} ${id} ${name}`] : [],
    );
    const kept = (await rowsOf(plugin)).map(({ slug, id, name }) => `${slug} ${id} ${name}`);
    expect(kept.length, plugin).toBeGreaterThan(SECONDS);
    expect(kept.sort()).toEqual(acknowledged.sort());
  }
  const added = answers.flatMap(({ tenant, id }) => (id === undefined ? [] : [`${tenant} ${id}`])).sort();
  const heard = async () => (await rowsOf('tally')).length;
  await expect.poll(heard, { timeout: 120_000, interval: 500 }).toBeGreaterThanOrEqual(added.length);
  expect((await rowsOf('tally')).map(({ slug, name }) => `${slug} ${name}`).sort()).toEqual(added);
});
