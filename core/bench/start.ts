import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../src/data/index.ts';
import { benchFolder } from './folder.ts';
import { startPlatform } from './processes.ts';
import { type BenchResult, median } from './result.ts';

const ROUNDS = 3;

async function postgresStart(dataDir: string): Promise<number> {
  const since = performance.now();
  const postgres = await startEmbeddedPostgres({ dataDir });
  const elapsed = performance.now() - since;
  await postgres.stop();
  return elapsed;
}

async function platformStart(dataDir: string): Promise<{ startMs: number; memoryMb: number }> {
  const platform = await startPlatform({ BAZAAR_DATA_DIR: dataDir, BAZAAR_DEMO: '0' });
  const { startMs } = platform;
  const memoryMb = platform.memoryMb();
  await platform.stop();
  return { startMs, memoryMb };
}

/**
 * Start with an empty data folder (`start.cold`) and again with what that left (`start.warm`), against the start of
 * the embedded PostgreSQL alone; and the resident memory of the process once it is ready, against a bare server's.
 */
export async function benchStart(names: readonly string[], bareMemoryMb: number): Promise<BenchResult[]> {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) {
    const folder = benchFolder('start');
    const cold = await platformStart(join(folder, 'platform'));
    const warm = await platformStart(join(folder, 'platform'));
    const bareCold = await postgresStart(join(folder, 'postgres'));
    const bareWarm = await postgresStart(join(folder, 'postgres'));
    rounds.push({ cold, warm, bareCold, bareWarm });
    rmSync(folder, { recursive: true, force: true });
  }
  const result = (
    name: string,
    unit: 'ms' | 'MB',
    values: number[],
    baselines: number[],
    note: string,
  ): BenchResult => ({
    name,
    value: median(values),
    unit,
    baseline: median(baselines),
    ratio: median(values.map((value, index) => value / (baselines[index] ?? Number.NaN))),
    p50: null,
    p99: null,
    note,
  });
  const all = [
    result(
      'start.cold',
      'ms',
      rounds.map((round) => round.cold.startMs),
      rounds.map((round) => round.bareCold),
      'empty data folder to ready; baseline: initdb and start of PostgreSQL alone',
    ),
    result(
      'start.warm',
      'ms',
      rounds.map((round) => round.warm.startMs),
      rounds.map((round) => round.bareWarm),
      'second start to ready; baseline: start of PostgreSQL alone',
    ),
    result(
      'memory.idle',
      'MB',
      rounds.map((round) => round.warm.memoryMb),
      rounds.map(() => bareMemoryMb),
      'resident memory of the platform process when ready; baseline: the bare server',
    ),
  ];
  return all.filter(({ name }) => names.includes(name));
}

export const START_NAMES = ['start.cold', 'start.warm', 'memory.idle'];
