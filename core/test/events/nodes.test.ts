import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type EventsKernel, eventually, startEventsKernel, upTo } from './support.ts';

vi.setConfig({ testTimeout: 120_000 });

/** This process emits and never works; the workers are processes of their own. */
let kernel: EventsKernel;
const workers = new Set<ChildProcess>();

beforeAll(async () => {
  kernel = await startEventsKernel();
  await kernel.events.start({ worker: false });
});

afterEach(async () => {
  await Promise.all([...workers].map((worker) => end(worker, 'SIGKILL')));
});

afterAll(() => kernel.close());

async function startWorker(): Promise<ChildProcess> {
  const worker = spawn(
    process.execPath,
    [join(import.meta.dirname, 'worker-process.ts'), JSON.stringify(kernel.test.connection), kernel.lockFile],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, JOURNAL_MISFORTUNE: kernel.misfortune } },
  );
  workers.add(worker);
  if (!worker.stdout) throw new Error('no output');
  await once(worker.stdout, 'data');
  return worker;
}

async function end(worker: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  workers.delete(worker);
  if (worker.exitCode !== null || worker.signalCode !== null) return worker.exitCode;
  worker.kill(signal);
  await once(worker, 'exit');
  return worker.exitCode;
}

async function emit(topics: readonly string[], count: number): Promise<void> {
  for (const number of upTo(count)) await Promise.all(topics.map((topic) => kernel.note(topic, number)));
}

async function expectInOrder(topics: readonly string[], count: number): Promise<void> {
  for (const topic of topics) await eventually(() => kernel.entries(topic)).toEqual(upTo(count));
}

/** How many effects the journal's handler announced: one for each that was committed. */
async function written(topic: string): Promise<number> {
  const rows = await kernel.query(`select from core.events where name = 'entry.written' and subject = $1`, [topic]);
  return rows.length;
}

describe('several nodes', () => {
  it('are woken by one that does not work itself', async () => {
    await startWorker();
    await kernel.note('woken', 1);
    await expectInOrder(['woken'], 1);
  });

  it('share the work, each effect once and in the order of its subject', async () => {
    await Promise.all([startWorker(), startWorker()]);
    const topics = upTo(8).map((number) => `${number % 2 === 0 ? 'fail-1' : 'slow'}-shared-${number}`);
    await emit(topics, 12);
    await expectInOrder(topics, 12);
  });

  it('end cleanly: what they began is finished, the rest is left to others', async () => {
    const first = await startWorker();
    const topics = upTo(4).map((number) => `slow-stop-${number}`);
    await emit(topics, 15);
    expect(await end(first, 'SIGTERM')).toBe(0);
    const [left] = await kernel.query<{ nodes: string; locked: string }>(
      `select (select count(*) from core.nodes) as nodes, (select count(*) from core.deliveries where locked_by is not null) as locked`,
    );
    expect(left).toEqual({ nodes: '0', locked: '0' });
    await startWorker();
    await expectInOrder(topics, 15);
    for (const topic of topics) for (const number of upTo(15)) expect(kernel.attempts(topic, number)).toBe(1);
  });
});

describe('kill -9', () => {
  it('in the middle of a handler: the next start has its effect, once', async () => {
    const worker = await startWorker();
    await kernel.note('die-1', 1);
    await kernel.note('die-1', 2);
    await once(worker, 'exit');
    expect(existsSync(join(kernel.misfortune, 'died'))).toBe(true);
    expect(await kernel.entries('die-1')).toEqual([]);
    await startWorker();
    const start = performance.now();
    await expectInOrder(['die-1'], 2);
    // Long before the lease of the dead would have ended.
    expect(performance.now() - start).toBeLessThan(90_000);
    expect(kernel.attempts('die-1', 1)).toBe(2);
    expect(kernel.attempts('die-1', 2)).toBe(1);
    await eventually(() => written('die-1')).toBe(2);
  });

  it('again and again under load: nothing lost, nothing doubled, nothing out of order', async () => {
    await startWorker();
    const topics = upTo(6).map((number) => `slow-killed-${number}`);
    const emitting = emit(topics, 20);
    for (let kills = 0; kills < 3; kills += 1) {
      const victim = [...workers][0];
      const heir = startWorker();
      await new Promise((resolve) => setTimeout(resolve, 300));
      if (victim) await end(victim, 'SIGKILL');
      await heir;
    }
    await emitting;
    await expectInOrder(topics, 20);
    for (const topic of topics) await eventually(() => written(topic)).toBe(20);
  });
});
