import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openDatabase, startEmbeddedPostgres } from '../../src/data/index.ts';
import { StartupError } from '../../src/errors/index.ts';
import { silentLogger } from '../support/test-database.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bazaar-embedded-'));
  chmodSync(folder, 0o755);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface StandIn {
  child: ChildProcess;
  opening: string;
  acknowledged: string[];
}

async function standIn(dataDir: string): Promise<StandIn> {
  const script = join(import.meta.dirname, '..', 'support', 'kernel-stand-in.ts');
  const child = spawn(process.execPath, [script, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const acknowledged: string[] = [];
  const opening = Promise.withResolvers<string>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.startsWith('ready')) opening.resolve(line);
    else acknowledged.push(line);
  });
  child.once('exit', () => opening.reject(new Error('the stand-in ended early')));
  return { child, opening: await opening.promise, acknowledged };
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'close');
}

async function subjects(dataDir: string): Promise<Map<string, number>> {
  const server = await startEmbeddedPostgres({ dataDir });
  const database = await openDatabase({ server, secret: 'secret of the tests', logger: silentLogger });
  const { rows } = await database.platform.query<{ subject: string; count: number }>(
    'select subject, count(*) as count from core.outbox group by subject',
  );
  await database.close();
  await server.stop();
  return new Map(rows.map((row) => [row.subject, row.count]));
}

test('starts, keeps its data and leaves no process behind', async () => {
  const dataDir = join(folder, 'plain');
  const messages: string[] = [];
  const first = await startEmbeddedPostgres({ dataDir, onProgress: (message) => messages.push(message) });
  expect(first.adopted).toBe(false);
  expect(messages[0]).toMatch(/Creating the database/);
  await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(/Bazaar is already running on the data folder/);
  const pid = Number(readFileSync(join(first.location, 'postmaster.pid'), 'utf8').split('\n')[0]);
  if (process.platform === 'linux') {
    expect(first.warnings).toEqual([]);
    expect(readFileSync(`/proc/${pid}/limits`, 'utf8')).toMatch(/^Max data size +[1-9]\d{8} /m);
  }
  await first.stop();
  // A zombie until its parent has collected it, a few milliseconds later.
  await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow(), 20_000);
  expect(readdirSync(folder)).toEqual(['plain']);
  const start = performance.now();
  const second = await startEmbeddedPostgres({ dataDir });
  expect(performance.now() - start).toBeLessThan(20_000);
  await second.stop();
});

test('nothing acknowledged is lost when kernel, then server, are killed in mid-commit', async () => {
  const dataDir = join(folder, 'crash');
  const acknowledged: string[] = [];
  for (let round = 0; round < 3; round++) {
    const running = await standIn(dataDir);
    // Only the kernel was killed before: its server is taken over. A killed server recovers.
    expect(running.opening).toBe(round === 1 ? 'ready adopted' : 'ready started');
    while (running.acknowledged.length < 50) await new Promise((resolve) => setTimeout(resolve, 10));
    if (round === 1) {
      const pid = Number(readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n')[0]);
      process.kill(pid, 'SIGKILL');
    }
    await kill(running.child);
    acknowledged.push(...running.acknowledged);
  }
  const stored = await subjects(dataDir);
  expect(acknowledged.length).toBeGreaterThanOrEqual(150);
  expect(acknowledged.filter((key) => stored.get(key) !== 2)).toEqual([]);
  // Rows of a transaction that was not acknowledged are all there or none.
  expect([...stored.values()].filter((count) => count !== 2)).toEqual([]);
});

test('a pid file that names a process of somebody else does not stop the start', async () => {
  const dataDir = join(folder, 'stale');
  const first = await startEmbeddedPostgres({ dataDir });
  const pidFile = readFileSync(join(first.location, 'postmaster.pid'), 'utf8');
  await first.stop();
  writeFileSync(join(first.location, 'postmaster.pid'), pidFile.replace(/^\d+/, String(process.pid)));
  const second = await startEmbeddedPostgres({ dataDir });
  expect(second.adopted).toBe(false);
  await second.stop();
});

test.each<[string, (dataDir: string) => void, RegExp]>([
  [
    'other files',
    (dataDir) => {
      mkdirSync(dataDir);
      writeFileSync(join(dataDir, 'letter.txt'), 'dear');
    },
    /holds files that are not a PostgreSQL database/,
  ],
  ['a file', (dataDir) => writeFileSync(dataDir, ''), /a file is in its place/],
  [
    'another version',
    (dataDir) => {
      mkdirSync(dataDir);
      writeFileSync(join(dataDir, 'PG_VERSION'), '12\n');
    },
    /was written by PostgreSQL 12; this version of Bazaar brings PostgreSQL 18/,
  ],
  [
    'half a database',
    (dataDir) => {
      mkdirSync(dataDir);
      writeFileSync(join(dataDir, 'PG_VERSION'), '18\n');
    },
    /is damaged \(global\/pg_control is missing\)/,
  ],
])('one clear line when the data folder holds %s', async (what, prepare, message) => {
  const dataDir = join(folder, what.replaceAll(' ', '-'));
  prepare(dataDir);
  const start = startEmbeddedPostgres({ dataDir });
  await expect(start).rejects.toThrow(message);
  await expect(start).rejects.toBeInstanceOf(StartupError);
  expect(existsSync(`${dataDir}.owner`)).toBe(false);
});

test('a destroyed control file is named as damage', async () => {
  const dataDir = join(folder, 'destroyed');
  await (await startEmbeddedPostgres({ dataDir })).stop();
  writeFileSync(join(dataDir, 'global', 'pg_control'), Buffer.alloc(8192));
  await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(/is damaged/);
});
