import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Host } from '@bazaar/sdk/host';
import { pino } from 'pino';
import { createBundler } from '../src/bundling/index.ts';
import { createInlineRuntime, type PluginRuntime, type RuntimeCall, readPluginPackage } from '../src/plugins/index.ts';
import { createSandboxTier, type SandboxTier } from '../src/sandbox/index.ts';
import { benchFolder } from './folder.ts';
import { type BenchResult, median } from './result.ts';
import { writeToyPlugin } from './toy-plugin.ts';

export const ISOLATE_NAMES = ['sandbox.cold', 'sandbox.memory'];

const TENANTS = 60;
const WARM_CALLS = 2_000;
const IN_FLIGHT = 16;

const ROWS = Array.from({ length: 20 }, (_one, number) => ({
  id: `${number}`,
  name: `Thing ${number}`,
  amount: number,
}));

/** A kernel whose only work is to answer: what remains is the way there and back. */
const HOST: Host = { call: async () => ROWS as never };

function callFor(tenant: number): RuntimeCall {
  return {
    invocation: {
      plugin: { id: 'toy', version: '1.0.0' },
      tenant: { id: `00000000-0000-4000-8000-${String(tenant).padStart(12, '0')}`, slug: `t-${tenant}`, name: 'T' },
      user: null,
      requestId: 'bench',
    },
    host: HOST,
    readOnly: true,
    deadlineMs: 30_000,
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const since = performance.now();
  await work();
  return performance.now() - since;
}

async function callsPerSecond(runtime: PluginRuntime): Promise<number> {
  const since = performance.now();
  let left = WARM_CALLS;
  await Promise.all(
    Array.from({ length: IN_FLIGHT }, async (_one, tenant) => {
      while (left-- > 0) await runtime.action('things.list', callFor(tenant % 4), {});
    }),
  );
  return (WARM_CALLS / (performance.now() - since)) * 1000;
}

function memoryMb(pid: number): number {
  return Number(/Pss:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]) / 1024;
}

async function processesMb(tier: SandboxTier): Promise<number> {
  const { processes } = await tier.processes();
  return processes.reduce((sum, { pid }) => sum + memoryMb(pid), 0);
}

/** What an isolate costs: to make one, to keep one, and how many calls it takes. One host call in each. */
export async function benchIsolates(names: readonly string[], report: (line: string) => void): Promise<BenchResult[]> {
  const folder = benchFolder('isolates');
  const log = pino({ level: 'error' });
  const bundler = createBundler({ folder: join(folder, 'bundles'), log });
  const tier = createSandboxTier({ log, bundle: async (source) => (await bundler.server(source)).code });
  try {
    report(`${TENANTS} isolates of one plugin …`);
    const plugin = writeToyPlugin(folder, { id: 'toy', tables: 1, queries: 1 });
    const { manifest, entry, integrity } = await readPluginPackage(plugin, 'folder');
    const { file } = await bundler.server({ folder: plugin, entry, integrity });
    const sandboxed = await tier.createRuntime({ manifest, folder: plugin, entry, integrity });
    const inline = await createInlineRuntime({
      manifest,
      folder: join(file, '..'),
      entry: file.slice(file.lastIndexOf('/') + 1),
      integrity,
    });
    const list = (runtime: PluginRuntime, tenant: number) => () => runtime.action('things.list', callFor(tenant), {});
    await list(sandboxed, 0)();
    const before = await processesMb(tier);
    const cold: number[] = [];
    const warm: number[] = [];
    for (let tenant = 1; tenant <= TENANTS; tenant++) {
      cold.push(await timed(list(sandboxed, tenant)));
      warm.push(await timed(list(sandboxed, tenant)));
    }
    const each = ((await processesMb(tier)) - before) / TENANTS;
    const rate = { sandboxed: await callsPerSecond(sandboxed), inline: await callsPerSecond(inline) };
    const sorted = [...cold].sort((a, b) => a - b);
    const all: BenchResult[] = [
      {
        name: 'sandbox.cold',
        value: median(cold),
        unit: 'ms',
        baseline: median(warm),
        ratio: median(cold) / median(warm),
        p50: median(cold),
        p99: sorted.at(-1) ?? Number.NaN,
        note: `first call of a tenant against its second; ${Math.round(rate.sandboxed)} calls/s with one host call each, ${IN_FLIGHT} in flight (inline ${Math.round(rate.inline)})`,
      },
      {
        name: 'sandbox.memory',
        value: each,
        unit: 'MB',
        baseline: before,
        ratio: each / before,
        p50: null,
        p99: null,
        note: `of one idle isolate (plugin, tenant), ${TENANTS} of them; baseline: the sandbox process with one`,
      },
    ];
    return all.filter(({ name }) => names.includes(name));
  } finally {
    await tier.close();
    await bundler.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
