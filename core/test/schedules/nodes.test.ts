import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { eventually, type SchedulesKernel, startSchedulesKernel } from './support.ts';

vi.setConfig({ testTimeout: 120_000 });

/** This process only looks on; the workers are processes of their own. */
let kernel: SchedulesKernel;
const workers = new Set<ChildProcess>();

beforeEach(async () => {
  kernel = await startSchedulesKernel();
  await kernel.events.start({ worker: false });
});

afterEach(async () => {
  await Promise.all([...workers].map((worker) => end(worker)));
  await kernel.close();
});

async function startWorker(): Promise<ChildProcess> {
  const worker = spawn(
    process.execPath,
    [join(import.meta.dirname, 'worker-process.ts'), JSON.stringify(kernel.test.connection), kernel.lockFile],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, CLOCKWORK_MISFORTUNE: kernel.misfortune } },
  );
  workers.add(worker);
  if (!worker.stdout) throw new Error('no output');
  await once(worker.stdout, 'data');
  await eventually(async () => (await kernel.query('select from core.plugin_schedules')).length).toBe(2);
  return worker;
}

async function end(worker: ChildProcess): Promise<void> {
  workers.delete(worker);
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  worker.kill('SIGKILL');
  await once(worker, 'exit');
}

/** The due times of `days` nights from the first on. */
function nights(days: number): string[] {
  return Array.from({ length: days }, (_none, index) => `night 2026-11-${21 + index}T02:15:00.000Z`);
}

/** Lets the nights pass, each as soon as the one before has been run for both tenants. */
async function pass(days: number, meanwhile: (day: number) => Promise<unknown> = async () => undefined): Promise<void> {
  for (let day = 1; day <= days; day += 1) {
    kernel.setClock(`2026-11-${20 + day}T02:15:01.000Z`);
    await meanwhile(day);
    for (const tenant of ['a', 'b'] as const) {
      await eventually(() => kernel.ticks(tenant)).toEqual(nights(day));
    }
  }
}

describe('several nodes', () => {
  it('run each due time once', async () => {
    await Promise.all([startWorker(), startWorker()]);
    await pass(5);
    // Attempts count what was undone too: nothing was begun twice.
    expect([kernel.attempts('a'), kernel.attempts('b')]).toEqual([5, 5]);
  });
});

describe('kill -9', () => {
  it('in the middle of a run: the next start has its effect, once', async () => {
    const worker = await startWorker();
    kernel.suffer('a', 'die');
    kernel.setClock('2026-11-21T02:15:01.000Z');
    await once(worker, 'exit');
    expect(existsSync(join(kernel.misfortune, 'died'))).toBe(true);
    expect(await kernel.ticks('a')).toEqual([]);
    const start = performance.now();
    await startWorker();
    await eventually(() => kernel.ticks('a')).toEqual(nights(1));
    await eventually(() => kernel.ticks('b')).toEqual(nights(1));
    // Long before the lease of the dead would have ended.
    expect(performance.now() - start).toBeLessThan(90_000);
    expect(kernel.attempts('a')).toBe(2);
    await eventually(() => kernel.row('a')).toMatchObject({ outcome: 'done', locked: false });
  });

  it('at any moment of the planning and running: nothing lost, nothing doubled', async () => {
    kernel.suffer('a', 'slow');
    kernel.suffer('b', 'slow');
    await startWorker();
    await pass(4, async (day) => {
      const victim = [...workers][0];
      const heir = startWorker();
      await new Promise((resolve) => setTimeout(resolve, day * 70));
      if (victim) await end(victim);
      await heir;
    });
  });
});
