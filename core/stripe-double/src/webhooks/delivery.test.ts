import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { clientOf, type Rig, receiver, rig, SECRET, until } from '../testing/rig.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function open(options: Parameters<typeof rig>[0] = {}): Promise<Rig> {
  const made = await rig(options);
  closers.push(() => made.close());
  return made;
}

async function idle(at: Rig): Promise<void> {
  await until(async () => (await at.control('GET', '/deliveries')).idle === true);
}

async function customers(at: Rig, count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) await at.stripe.customers.create({ name: `c${i}` });
}

describe('webhooks', () => {
  test('are signed, and sent again until they are taken', async () => {
    const at = await open({ delivery: { retryMs: 10 } });
    at.hook.answers.push(500, 302, 204);
    const { id } = await at.stripe.customers.create({ name: 'a' });
    await idle(at);
    const ids = at.hook.received.map((event) => (event.data.object as { id: string }).id);
    expect(ids).toEqual([id, id, id]);
    expect(new Set(at.hook.received.map((event) => event.id)).size).toBe(1);
  });

  test('are given up after so many attempts', async () => {
    const at = await open({ delivery: { retryMs: 1, attempts: 3 } });
    at.hook.answers.push(500, 500, 500);
    await customers(at, 1);
    await idle(at);
    expect(await at.control('GET', '/deliveries')).toMatchObject({ givenUp: 1, failedAttempts: 3, delivered: 0 });
    const [event] = (await at.stripe.events.list()).data;
    await at.control('POST', `/events/${event?.id ?? ''}/resend`);
    await idle(at);
    expect(at.hook.received).toHaveLength(4);
  });

  test('go to endpoints that want them', async () => {
    const at = await open();
    const made = await at.stripe.webhookEndpoints.create({ url: at.hook.url, enabled_events: ['product.created'] });
    expect(made.secret).toMatch(/^whsec_/);
    await customers(at, 1);
    await idle(at);
    expect(at.hook.received.map((event) => event.type)).toEqual(['customer.created']);
  });
});

describe('chaos', () => {
  test('duplicates, drops and reorders as its dice fall, the same for the same seed', async () => {
    const runs: string[][] = [];
    for (let run = 0; run < 2; run += 1) {
      const at = await open({
        delivery: { concurrency: 1 },
        chaos: { seed: 7, duplicate: 0.3, drop: 0.3, reorderWindowMs: 0 },
      });
      await customers(at, 40);
      await idle(at);
      runs.push(at.hook.received.map((event) => String((event.data.object as { name?: string }).name)).sort());
    }
    expect(runs[0]).toEqual(runs[1]);
    expect(new Set(runs[0]).size).toBeLessThan(40);
    expect(runs[0]?.length).toBeGreaterThan(new Set(runs[0]).size);
    const at = await open({ chaos: { seed: 1, reorder: 0.5, reorderWindowMs: 100 } });
    await customers(at, 30);
    await idle(at);
    const order = at.hook.received.map((event) => (event.data.object as { name: string }).name);
    expect([...order].sort()).toEqual(Array.from({ length: 30 }, (_, i) => `c${i}`).sort());
    expect(order).not.toEqual(Array.from({ length: 30 }, (_, i) => `c${i}`));
  });

  test('holds webhooks back for days of the clock', async () => {
    const at = await open({ chaos: { seed: 3, delay: 1, delayClockSeconds: 259_200 } });
    await customers(at, 5);
    expect(at.hook.received).toEqual([]);
    await at.control('POST', '/clock', { advance: 259_200 });
    await idle(at);
    expect(at.hook.received).toHaveLength(5);
  });

  test('of the API: refusals do nothing, a cut line has done it, and the key finds out', async () => {
    const at = await open();
    await at.control('POST', '/chaos', { serverError: 1 });
    await expect(at.stripe.customers.create({}, { idempotencyKey: 'a' })).rejects.toMatchObject({ statusCode: 500 });
    await at.control('POST', '/chaos', { serverError: 0, rateLimit: 1 });
    await expect(at.stripe.customers.create({}, { idempotencyKey: 'a' })).rejects.toMatchObject({ statusCode: 429 });
    await at.control('POST', '/chaos', { rateLimit: 0, cut: 1 });
    await expect(at.stripe.customers.create({}, { idempotencyKey: 'a' })).rejects.toMatchObject({
      type: 'StripeConnectionError',
    });
    await at.control('DELETE', '/chaos');
    const again = await at.stripe.customers.create({}, { idempotencyKey: 'a' });
    expect(again.lastResponse.headers['idempotent-replayed']).toBe('true');
    expect((await at.stripe.customers.list()).data).toHaveLength(1);
    await at.control('POST', '/chaos', { latencyMs: 100 });
    const two = await Promise.allSettled([1, 2].map(() => at.stripe.customers.create({}, { idempotencyKey: 'b' })));
    expect(two.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await at.control('POST', '/chaos', { nonsense: 1 })).toMatchObject({ error: { param: 'nonsense' } });
  });
});

function start(state: string, hook: string): Promise<{ process: ChildProcess; address: string }> {
  const main = join(import.meta.dirname, '../main.ts');
  const child = spawn(
    process.execPath,
    [main, '--port', '0', '--state', state, '--webhook', hook, '--secret', SECRET, '--retry-ms', '20'],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  closers.push(() => child.kill('SIGKILL'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.stdout.once('data', (line: Buffer) => {
      resolve({ process: child, address: (JSON.parse(String(line)) as { address: string }).address });
    });
  });
}

describe('the process', () => {
  test('loses nothing it acknowledged when it is killed, delivers the rest afterwards, and ends with its parent', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'double-'));
    closers.push(() => rmSync(folder, { recursive: true }));
    const hook = await receiver();
    closers.push(() => hook.close());
    const state = join(folder, 'state.jsonl');
    const acknowledged: string[] = [];
    let running = await start(state, hook.url);
    for (let round = 0; round < 3; round += 1) {
      const stripe = clientOf(running.address);
      const work = (async () => {
        for (let i = 0; i < 200; i += 1) {
          acknowledged.push((await stripe.customers.create({ name: 'k' }, { idempotencyKey: `${round}-${i}` })).id);
        }
      })();
      const target = 20 + round * 10;
      await until(() => acknowledged.length >= target * (round + 1));
      running.process.kill('SIGKILL');
      await work.catch(() => undefined);
      running = await start(state, hook.url);
    }
    const listed = new Set<string>();
    for await (const customer of clientOf(running.address).customers.list({ limit: 100 })) listed.add(customer.id);
    expect(acknowledged.filter((id) => !listed.has(id))).toEqual([]);
    await until(
      () => new Set(hook.received.map((event) => (event.data.object as { id: string }).id)).size === listed.size,
    );
    const ended = new Promise((resolve) => running.process.once('exit', resolve));
    running.process.stdin?.end();
    expect(await ended).toBe(0);
  });
});
