import { mkdtempSync, rmSync } from 'node:fs';
import { constants, setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { JsonObject } from '@bazaar/sdk';
import { type Fixture, PASSWORD, type Platform, startPlatform } from '@bazaar/sdk/testing';
import type { Answer, Attack } from './attack.ts';
import { INLINE, SANDBOXED } from './bystanders.ts';
import { CANARIES, kernelCanaries } from './canaries.ts';
import { residentByTitle, residentMegabytes } from './machine.ts';
import { attackPlugin, installAll, type PluginSource } from './packages.ts';
import { type Lap, Prober, type Target } from './prober.ts';

export type Role = 'owner' | 'viewer';

export interface ArenaOptions {
  attacks: readonly Attack[];
  /** Further plugins: victims (inline) and what attacks otherwise (sandboxed). */
  victims?: readonly PluginSource[];
  accomplices?: readonly Attack[];
  /** Tenants besides `first`, `second` and `third`. */
  moreTenants?: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** Modules that are loaded into the kernel before anything else. */
  preload?: readonly string[];
}

const COLLECTOR = join(import.meta.dirname, 'collector-process.ts');

function fixture(plugins: readonly string[], tenants: readonly string[]): Fixture {
  const person = (role: Role, slug: string) => ({
    email: `${role}@${slug}.test`,
    name: `${role} of ${slug}`,
    password: PASSWORD,
    role,
  });
  return {
    tenants: tenants.map((slug) => ({
      slug,
      name: `The ${slug} tenant`,
      users: [person('owner', slug), person('viewer', slug)],
      licences: [...plugins],
    })),
  };
}

/** A real kernel with hostile plugins in it and innocent ones beside them, watched from outside. */
export class Arena {
  readonly platform: Platform;
  /** Handed to every attack as `input.known`. */
  readonly known: JsonObject = {};
  /** What was seen while nothing was done. */
  readonly quietLaps: Lap[] = [];
  readonly #folder: string;
  readonly #prober: Prober;
  readonly #tokens: ReadonlyMap<string, string>;

  private constructor(platform: Platform, folder: string, prober: Prober, tokens: ReadonlyMap<string, string>) {
    this.platform = platform;
    this.#folder = folder;
    this.#prober = prober;
    this.#tokens = tokens;
  }

  static async open({
    attacks,
    victims = [],
    accomplices = [],
    moreTenants = [],
    env,
    preload = [],
  }: ArenaOptions): Promise<Arena> {
    const folder = mkdtempSync(join(tmpdir(), 'bazaar-attacks-'));
    const sandboxed = [...SANDBOXED, ...[...accomplices, ...attacks].map(attackPlugin)];
    const inline = [...INLINE, ...victims];
    const lockFile = await installAll(folder, { sandboxed, inline });
    const tenants = ['first', 'second', 'third', ...moreTenants];
    const platform = await startPlatform({
      plugins: [],
      fixture: fixture(
        [...sandboxed, ...inline].map(({ id }) => id),
        tenants,
      ),
      env: {
        ...kernelCanaries,
        BAZAAR_PLUGINS_LOCK: lockFile,
        BAZAAR_RATE_LIMIT: '0',
        ...env,
        NODE_OPTIONS: [COLLECTOR, ...preload].map((file) => `--import ${pathToFileURL(file)}`).join(' '),
      },
    });
    const tokens = new Map<string, string>();
    for (const tenant of tenants) {
      for (const role of ['owner', 'viewer'] as const) {
        if (role === 'viewer' && tenant !== 'first') continue;
        const email = `${role}@${tenant}.test`;
        tokens.set(email, (await platform.signIn(email)).accessToken);
      }
    }
    const watched = targets(platform.url, tokens);
    await warmUp(watched);
    const prober = await Prober.start(watched);
    // Attackers have machines of their own: what these tests compute comes after all that is measured.
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
    return new Arena(platform, folder, prober, tokens);
  }

  /** Calls the action `run` of a plugin, or another one. */
  async call(
    plugin: string,
    { input = {}, action = 'run', role = 'owner' as Role, tenant = 'first' } = {},
  ): Promise<Answer> {
    const begun = performance.now();
    const path = `/api/p/${plugin}/actions/${action}`;
    const response = await this.client(role, tenant).fetch('POST', path, { body: { ...input, known: this.known } });
    const text = await response.text();
    const answer = { status: response.status, text, body: parsed(text), ms: performance.now() - begun };
    for (const secret of CANARIES) if (text.includes(secret)) throw new Error(`a secret was given away: ${text}`);
    return answer;
  }

  client(role: Role, tenant = 'first') {
    return this.platform.client(this.#tokens.get(`${role}@${tenant}.test`) ?? '');
  }

  /** What the bystanders and `/healthz` have seen since it was last asked. */
  lap(): Promise<Lap> {
    return this.#prober.lap();
  }

  /** The same so far; it goes on being counted. */
  look(): Promise<Lap> {
    return this.#prober.look();
  }

  /** The same as a lap for a while in which nothing else is done. */
  async quiet(milliseconds: number): Promise<Lap> {
    await this.lap();
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    return this.lap();
  }

  /** Of the kernel, which is given a moment to hand back what is free then. */
  async collectGarbage(): Promise<void> {
    process.kill(this.platform.pid, 'SIGUSR2');
    await new Promise((resolve) => setTimeout(resolve, 500));
  }

  residentMegabytes(): number {
    return residentMegabytes(this.platform.pid);
  }

  /** What the platform's megabytes are held by, for people to read. */
  weights(): string {
    const held = [...residentByTitle(this.platform.pid)].sort(([, a], [, b]) => b.megabytes - a.megabytes);
    return held
      .map(([title, { processes, megabytes }]) => `${megabytes.toFixed(0)} MB in ${processes} ${title}`)
      .join('\n');
  }

  /** The plugin as /readyz and an administrator's list of plugins have it. */
  async stateOf(plugin: string): Promise<{ ready: JsonObject | undefined; listed: JsonObject | undefined }> {
    const [readiness, list] = await Promise.all([
      this.platform.visitor().fetch('GET', '/readyz'),
      this.client('owner').json<{ items: JsonObject[] }>('GET', '/api/plugins', { query: { limit: 100 } }),
    ]);
    const { plugins } = (await readiness.json()) as { plugins: JsonObject[] };
    const isIt = ({ id }: JsonObject) => id === plugin;
    return { ready: plugins.find(isIt), listed: list.items.find(isIt) };
  }

  async close(): Promise<void> {
    this.#prober.stop();
    await this.platform.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function parsed(text: string): JsonObject {
  try {
    return JSON.parse(text) as JsonObject;
  } catch {
    return {};
  }
}

/** Everything the bystanders need is there before anything is measured. */
async function warmUp(watched: readonly Target[]): Promise<void> {
  for (const { url, method, token = '', body = null } of watched) {
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
    for (let count = 0; count < 5; count += 1) {
      const response = await fetch(url, { method, headers, body });
      if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
      await response.arrayBuffer();
    }
  }
}

function targets(url: string, tokens: ReadonlyMap<string, string>): Target[] {
  const bystanders = [...SANDBOXED, ...INLINE].flatMap(({ id }) => {
    const token = tokens.get('owner@first.test');
    const of = (action: string) => ({
      name: `${id}.${action}`,
      url: `${url}/api/p/${id}/actions/${action}`,
      method: 'POST' as const,
      expected: `"plugin":"${id}","tenant":"first"`,
      ...(token === undefined ? {} : { token }),
    });
    return [
      { ...of('look'), body: '{}', everyMs: 20 },
      { ...of('write'), body: '{"body":"a row"}', everyMs: 60 },
    ];
  });
  return [{ name: 'healthz', url: `${url}/healthz`, method: 'GET', expected: 'ok', everyMs: 10 }, ...bystanders];
}
