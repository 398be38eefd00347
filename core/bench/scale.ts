import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../src/data/index.ts';
import { lockPlugins } from '../src/plugins/index.ts';
import { CROWD_EMAIL, CROWD_PASSWORD, makeCrowd, tokensOf } from './crowd.ts';
import { request } from './environment.ts';
import { benchFolder } from './folder.ts';
import { type Load, load } from './load.ts';
import { benchSettings, type RunningServer, startPlatform } from './processes.ts';
import { type BenchResult, median } from './result.ts';
import { writeToyPlugin } from './toy-plugin.ts';

export const SCALE_NAMES = ['scale.p50', 'scale.start'];

const SMALL = { plugins: 6, tenants: 10, licences: 60 };
const LARGE = { plugins: 1_000, tenants: 10_000, licences: 100_000 };
const MEASURED = 'toy-0';
const ASKING_TENANTS = 8;
const ROUNDS = 5;
const SECONDS = 3;
/** Installing a thousand plugins takes a while; it is not what is measured. */
const FILL_LIMIT_MS = 15 * 60_000;

interface World {
  server: RunningServer;
  tokens: string[];
}

async function createDatabases(connection: pg.ClientConfig, names: readonly string[]): Promise<void> {
  const client = new pg.Client({ ...connection, database: 'postgres' });
  await client.connect();
  for (const name of names) await client.query(`create database ${client.escapeIdentifier(name)}`);
  await client.end();
}

/** A platform of a given size, started a second time: the first start installs all of it. */
async function world(
  folder: string,
  connection: { host: string; port: number; user: string },
  name: string,
  size: typeof SMALL,
  stops: (() => Promise<void>)[],
  report: (line: string) => void,
): Promise<World> {
  // As an operator has it who installs the SDK beside plugins of their own: they run from their sources.
  mkdirSync(join(folder, name, 'node_modules/@bazaar'), { recursive: true });
  symlinkSync(join(import.meta.dirname, '../../sdk'), join(folder, name, 'node_modules/@bazaar/sdk'));
  const plugins = Array.from({ length: size.plugins }, (_one, number) => `toy-${number}`);
  const folders = plugins.map((id) => writeToyPlugin(join(folder, name), { id, tables: 1, queries: 2 }));
  const lock = join(folder, name, 'plugins.lock.json');
  await lockPlugins(lock, folders, { tier: 'inline', grant: 'all' });
  const { host, port, user } = connection;
  const database: pg.ClientConfig = { host, port, user, database: name };
  const env = {
    ...benchSettings(connection, join(folder, name, 'data'), name),
    BAZAAR_PLUGINS_LOCK: lock,
  };
  report(`${name}: installing ${size.plugins} plugins …`);
  const first = await startPlatform(env, FILL_LIMIT_MS);
  stops.push(() => first.stop());
  const owner = { tenantName: 'Bench', name: 'Bench', email: CROWD_EMAIL, password: CROWD_PASSWORD };
  await request('POST', `${first.url}/api/setup`, owner);
  report(`${name}: ${size.tenants} tenants with ${size.licences} licences …`);
  await makeCrowd(database, size, plugins, MEASURED);
  await first.stop();
  const server = await startPlatform(env);
  stops.push(() => server.stop());
  const tokens = await tokensOf(server.url, ASKING_TENANTS);
  for (const accessToken of tokens) {
    for (let row = 0; row < 20; row++) {
      await request(
        'POST',
        `${server.url}/api/p/${MEASURED}/things`,
        { name: `Thing ${row}`, amount: row },
        accessToken,
      );
    }
  }
  return { server, tokens };
}

function measure({ server, tokens }: World, seconds: number): Promise<Load> {
  return load(
    {
      url: server.url,
      method: 'GET',
      headers: {},
      paths: [`/api/p/${MEASURED}/things`],
      tokens,
    },
    { seconds },
  );
}

/** The same request on a small and on a large platform, and how long each takes to start. */
export async function benchScale(names: readonly string[], report: (line: string) => void): Promise<BenchResult[]> {
  const folder = benchFolder('scale');
  const stops: (() => Promise<void>)[] = [async () => rmSync(folder, { recursive: true, force: true })];
  try {
    const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') });
    stops.push(() => postgres.stop());
    await createDatabases(postgres.connection, ['small', 'large']);
    const small = await world(folder, postgres.connection, 'small', SMALL, stops, report);
    const large = await world(folder, postgres.connection, 'large', LARGE, stops, report);
    for (const each of [small, large]) await measure(each, 2);
    const rounds: { small: Load; large: Load }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      rounds.push({ small: await measure(small, SECONDS), large: await measure(large, SECONDS) });
    }
    const sizes = `${LARGE.plugins} plugins × ${LARGE.tenants} tenants × ${LARGE.licences} licences`;
    const against = `${SMALL.plugins} × ${SMALL.tenants} × ${SMALL.licences}`;
    const memory = `resident ${Math.round(large.server.memoryMb())} MB against ${Math.round(small.server.memoryMb())} MB`;
    const all: BenchResult[] = [
      {
        name: 'scale.p50',
        value: median(rounds.map((round) => round.large.p50)),
        unit: 'ms',
        baseline: median(rounds.map((round) => round.small.p50)),
        ratio: median(rounds.map((round) => round.large.p50 / round.small.p50)),
        p50: median(rounds.map((round) => round.large.p50)),
        p99: median(rounds.map((round) => round.large.p99)),
        note: `list 20, ${sizes} against ${against}; ${memory}`,
      },
      {
        name: 'scale.start',
        value: large.server.startMs,
        unit: 'ms',
        baseline: small.server.startMs,
        ratio: large.server.startMs / small.server.startMs,
        p50: null,
        p99: null,
        note: `second start to ready, ${sizes} against ${against}`,
      },
    ];
    return all.filter(({ name }) => names.includes(name));
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}
