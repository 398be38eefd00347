import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../src/data/index.ts';
import { packArchive, readPluginPackage, writeLock } from '../src/plugins/index.ts';
import { CROWD_EMAIL, CROWD_PASSWORD } from './crowd.ts';
import { request } from './environment.ts';
import { benchFolder } from './folder.ts';
import { benchSettings, startPlatform } from './processes.ts';
import { type BenchResult, median } from './result.ts';
import { writeToyPlugin } from './toy-plugin.ts';

export const INSTALL_NAMES = ['install.time'];

const ROUNDS = 5;
const TABLES = 5;
const QUERIES = 20;

async function archiveOf(folder: string): Promise<Uint8Array<ArrayBuffer>> {
  const { files } = await readPluginPackage(folder, 'folder');
  return new Uint8Array(await packArchive(folder, [...files]));
}

/** What PostgreSQL alone needs for the same tables and queries. */
async function bareInstall(client: pg.Client, folder: string, name: string): Promise<number> {
  const tables = readFileSync(join(folder, 'migrations/0001-things.sql'), 'utf8')
    .replaceAll('bazaar.current_tenant()', 'gen_random_uuid()')
    .replaceAll(/select bazaar\.protect\('(\w+)'\);/g, 'alter table $1 enable row level security;');
  const query = readFileSync(join(folder, 'queries/newest-things.sql'), 'utf8');
  const since = performance.now();
  await client.query(`begin; create schema ${name}; set local search_path to ${name}; ${tables}`);
  for (let number = 0; number < QUERIES; number++) {
    await client.query({ name: `${name}-${number}`, text: query.replace('limit 20', `limit ${number + 1}`) });
  }
  await client.query('commit');
  return performance.now() - since;
}

/** From handing over a package to the first answer of its route, the plugin sandboxed. */
export async function benchInstall(report: (line: string) => void): Promise<BenchResult[]> {
  const folder = benchFolder('install');
  const stops: (() => Promise<void>)[] = [async () => rmSync(folder, { recursive: true, force: true })];
  try {
    report(`installing a plugin of ${TABLES} tables and ${QUERIES} queries, ${ROUNDS} times …`);
    const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') });
    stops.push(() => postgres.stop());
    const { host, port, user } = postgres.connection;
    const lock = join(folder, 'plugins.lock.json');
    await writeLock(lock, []);
    const server = await startPlatform({
      ...benchSettings(postgres.connection, join(folder, 'data')),
      BAZAAR_PLUGINS_LOCK: lock,
    });
    stops.push(() => server.stop());
    const owner = { tenantName: 'Bench', name: 'Bench', email: CROWD_EMAIL, password: CROWD_PASSWORD };
    const { accessToken } = await request<{ accessToken: string }>('POST', `${server.url}/api/setup`, owner);
    const client = new pg.Client({ host, port, user, database: 'postgres' });
    await client.connect();
    stops.push(() => client.end());
    // Before anybody asks: licences that come past the kernel are not seen where others were remembered.
    await client.query(
      `insert into core.licences (tenant_id, plugin_id, kind)
         select id, 'toy-' || round, 'purchased' from core.tenants, generate_series(0, $1) round`,
      [ROUNDS - 1],
    );
    const rounds: { install: number; bare: number }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const id = `toy-${round}`;
      const plugin = writeToyPlugin(folder, { id, tables: TABLES, queries: QUERIES });
      const body = await archiveOf(plugin);
      const since = performance.now();
      await install(server.url, accessToken, body);
      await request('GET', `${server.url}/api/p/${id}/things`, undefined, accessToken);
      rounds.push({ install: performance.now() - since, bare: await bareInstall(client, plugin, `bare_${round}`) });
    }
    return [
      {
        name: 'install.time',
        value: median(rounds.map((round) => round.install)),
        unit: 'ms',
        baseline: median(rounds.map((round) => round.bare)),
        ratio: median(rounds.map((round) => round.install / round.bare)),
        p50: null,
        p99: null,
        note: `${TABLES} tables, ${QUERIES} queries, sandboxed; baseline: PostgreSQL alone creating and preparing the same`,
      },
    ];
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

async function install(url: string, token: string, body: Uint8Array<ArrayBuffer>): Promise<void> {
  const response = await fetch(`${url}/api/operator/plugins?tier=sandbox&grantAll=true`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/gzip' },
    body,
  });
  if (!response.ok) throw new Error(`the installation answered ${response.status}: ${await response.text()}`);
}
