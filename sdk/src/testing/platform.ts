import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type ApiClient, createClient } from './client.ts';
import { type Fixture, OPERATOR, PASSWORD, type RoleName, standardFixture } from './fixture.ts';
import { startProcess } from './process.ts';

type Tier = 'inline' | 'sandbox';

export interface PlatformOptions {
  /** Folders of the plugins to run, those they require included. Their files are vouched for as they are. */
  plugins: readonly string[];
  /** Where these plugins run; when absent, what `BAZAAR_TEST_TIER` says, so that one suite tries both; else inline. */
  tier?: Tier;
  /** With the demo tenants and the plugins' demo data. */
  demo?: boolean;
  /** Further settings of the kernel, e.g. `{ BAZAAR_UPLOAD_LIMIT: '1024' }`. */
  env?: Readonly<Record<string, string>>;
  /** Tenants, people and licences instead of the standard ones. */
  fixture?: Fixture;
}

export interface SignInResult {
  accessToken: string;
  refreshToken: string;
  tenant: { id: string; slug: string; name: string };
  user: { id: string; name: string; email: string };
}

/** A real kernel on a throw-away database. */
export interface Platform {
  /** Base address, without a trailing slash. */
  readonly url: string;
  readonly pid: number;
  /** Signs a person in; the standard people are `<role>@first.test` and `<role>@second.test`. */
  signIn(email: string, password?: string): Promise<SignInResult>;
  /** A client for the person of this role. Signs in once. */
  as(role: RoleName, tenant?: string): Promise<ApiClient>;
  /** A client for the operator of the platform (`operator@platform.test`). */
  operator(): Promise<ApiClient>;
  /**
   * Runs a schedule of a plugin now for a tenant, and waits. Rejects with what it failed with, or why there was nothing
   * to do (no licence, switched off).
   */
  runSchedule(plugin: string, schedule: string, tenant?: string): Promise<void>;
  /** A client for somebody who is not signed in. */
  visitor(tenant?: string): ApiClient;
  /** A client with a token of one's own. */
  client(accessToken: string): ApiClient;
  /** The kernel's log so far. */
  log(): string;
  stop(): Promise<void>;
}

function tierOfRun(): Tier {
  const { BAZAAR_TEST_TIER: tier = 'inline' } = process.env;
  if (tier === 'inline' || tier === 'sandbox') return tier;
  throw new Error(`BAZAAR_TEST_TIER must be "inline" or "sandbox", not "${tier}"`);
}

async function pluginId(folder: string): Promise<string> {
  const { id } = JSON.parse(await readFile(join(folder, 'plugin.json'), 'utf8')) as { id: string };
  return id;
}

/**
 * Starts a real kernel with the given plugins on a database of its own, filled with two tenants (`first`, `second`)
 * that have a person for each built-in role and a licence for each plugin. Stop it when the tests are done.
 */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const folders = options.plugins.map((folder) => resolve(folder));
  const fixture = options.fixture ?? standardFixture(await Promise.all(folders.map(pluginId)));
  const scratch = await mkdtemp(join(tmpdir(), 'bazaar-harness-'));
  const fixtureFile = join(scratch, 'fixture.json');
  await writeFile(fixtureFile, JSON.stringify(fixture));
  const args = ['--throwaway', '--fixture', fixtureFile, ...folders.flatMap((folder) => ['--plugin', folder])];
  if (folders.length > 0) args.push('--tier', options.tier ?? tierOfRun());
  const platform = await startProcess(args, {
    PORT: '0',
    BAZAAR_DEMO: options.demo ? '1' : '0',
    ...options.env,
  }).finally(() => rm(scratch, { recursive: true, force: true }));
  const { url, pid } = platform;
  const signedIn = new Map<string, Promise<ApiClient>>();

  async function signIn(email: string, password = PASSWORD): Promise<SignInResult> {
    return createClient(url, {}).json('POST', '/api/auth/sign-in', { body: { email, password } });
  }

  function clientOf(email: string): Promise<ApiClient> {
    const known = signedIn.get(email) ?? signIn(email).then(({ accessToken }) => createClient(url, { accessToken }));
    signedIn.set(email, known);
    return known;
  }

  return {
    url,
    pid,
    signIn,
    as: (role, tenant = 'first') => clientOf(`${role}@${tenant}.test`),
    operator: () => clientOf(OPERATOR),
    async runSchedule(plugin, schedule, tenant = 'first') {
      const operator = await clientOf(OPERATOR);
      const path = `/api/operator/plugins/${plugin}/schedules/${schedule}/run`;
      const run = await operator.json<{ outcome: string; detail: string | null }>('POST', path, { body: { tenant } });
      if (run.outcome !== 'done') throw new Error(`${plugin}: schedule "${schedule}" ${run.outcome}: ${run.detail}`);
    },
    visitor: (tenant = 'first') => createClient(url, { tenant }),
    client: (accessToken) => createClient(url, { accessToken }),
    log: () => platform.errors(),
    stop: () => platform.stop(),
  };
}
