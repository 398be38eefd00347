import { rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../src/data/index.ts';
import { lockPlugins } from '../src/plugins/index.ts';
import { benchFolder } from './folder.ts';
import { load } from './load.ts';
import { benchSettings, type RunningServer, startBareServer, startPlatform } from './processes.ts';

/** Both servers on one database, with the same rows and a caller signed in to each. */
export interface Environment {
  platform: RunningServer;
  bare: RunningServer;
  /** The same plugins on the same rows, each in a sandbox. */
  sandboxed?: RunningServer;
  accessToken: string;
  bareToken: string;
  jobIds: string[];
  stop(): Promise<void>;
}

export const JOBS = 10_000;
const BARE_SECRET = 'a secret of at least thirty-two bytes';
const CONTENT = { 'content-type': 'application/json' };

export const NEW_JOB = {
  title: 'Registered nurse, intensive care',
  description: 'You look after ten beds together with a team of twelve. '.repeat(10),
  employmentType: 'FULL_TIME',
  city: 'Lyon',
  requiredSkills: ['Intensive care', 'Ventilation', 'Triage'],
  preferredSkills: ['Dialysis'],
  salaryMin: 42_000,
  salaryMax: 51_000,
  salaryUnit: 'YEAR',
};

export async function request<Body>(method: string, url: string, body?: object, token?: string): Promise<Body> {
  const response = await fetch(url, {
    method,
    headers: { ...CONTENT, ...(token ? { authorization: `Bearer ${token}` } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Body;
}

async function signUp(url: string): Promise<{ accessToken: string; tenant: { id: string } }> {
  const owner = { tenantName: 'Bench', name: 'Bench', email: 'bench@bench.test', password: 'a-long-bench-password' };
  const session = await request<{ accessToken: string; tenant: { id: string } }>('POST', `${url}/api/setup`, owner);
  await request('POST', `${url}/api/licences/job-board/trial`, {}, session.accessToken);
  return session;
}

async function fillWithJobs(url: string, token: string): Promise<string[]> {
  await load(
    {
      url,
      method: 'POST',
      headers: { ...CONTENT, authorization: `Bearer ${token}` },
      paths: ['/api/p/job-board/jobs'],
      body: JSON.stringify(NEW_JOB),
    },
    { requests: JOBS },
  );
  const ids: string[] = [];
  let cursor = '';
  while (ids.length < 1000) {
    const page = await request<{ items: { id: string }[]; nextCursor: string }>(
      'GET',
      `${url}/api/p/job-board/jobs?limit=100${cursor && `&cursor=${cursor}`}`,
      undefined,
      token,
    );
    ids.push(...page.items.map((job) => job.id));
    cursor = page.nextCursor;
  }
  return ids;
}

/** What autovacuum does within a minute; without statistics both servers would be measured on a bad plan. */
async function analyse(database: pg.ClientConfig): Promise<void> {
  const client = new pg.Client(database);
  await client.connect();
  await client.query('analyze');
  await client.end();
}

export async function prepare(report: (line: string) => void, wanted: { sandboxed: boolean }): Promise<Environment> {
  const folder = benchFolder('http');
  const stops: (() => Promise<void>)[] = [async () => rmSync(folder, { recursive: true, force: true })];
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  try {
    return { ...(await startServers(folder, stops, report, wanted)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A second node of the platform whose operator trusts none of the plugins. */
async function startSandboxed(folder: string, env: Record<string, string>): Promise<RunningServer> {
  const lock = join(folder, 'sandboxed.lock.json');
  const plugins = ['job-board', 'cv-analysis', 'crm'].map((id) => join(import.meta.dirname, '../../plugins', id));
  await lockPlugins(lock, plugins, { tier: 'sandbox', grant: 'all' });
  return startPlatform({ ...env, BAZAAR_PLUGINS_LOCK: lock, BAZAAR_ROLE: 'web' });
}

/** A figure of one tier must not be taken for one of the other: a node may refuse its file, or follow the other's. */
async function requireTier({ url }: RunningServer, wanted: string): Promise<void> {
  const { plugins } = await request<{ plugins: { id: string; tier: string }[] }>('GET', `${url}/readyz`);
  const others = plugins.filter(({ tier }) => tier !== wanted).map(({ id }) => id);
  if (others.length > 0) throw new Error(`not ${wanted} on ${url}: ${others.join(', ')}`);
}

async function startServers(
  folder: string,
  stops: (() => Promise<void>)[],
  report: (line: string) => void,
  wanted: { sandboxed: boolean },
): Promise<Omit<Environment, 'stop'>> {
  report('starting PostgreSQL and both servers …');
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') });
  stops.push(() => postgres.stop());
  const { host, port, user } = postgres.connection;
  const env = benchSettings(postgres.connection, join(folder, 'data'));
  const platform = await startPlatform(env);
  stops.push(() => platform.stop());
  const { accessToken, tenant } = await signUp(platform.url);
  report(`filling the job board with ${JOBS} jobs …`);
  const jobIds = await fillWithJobs(platform.url, accessToken);
  await analyse({ host, port, user, database: 'postgres' });
  const bare = await startBareServer({
    database: { host, port, user, database: 'postgres' },
    secret: BARE_SECRET,
    tenantId: tenant.id,
  });
  stops.push(() => bare.stop());
  const sandboxed = wanted.sandboxed ? await startSandboxed(folder, env) : undefined;
  if (sandboxed) {
    stops.push(() => sandboxed.stop());
    await requireTier(sandboxed, 'sandbox');
    await requireTier(platform, 'inline');
  }
  const { token: bareToken } = await request<{ token: string }>('POST', `${bare.url}/token`);
  return { platform, bare, ...(sandboxed ? { sandboxed } : {}), accessToken, bareToken, jobIds };
}
