import type { JsonValue, Manifest, PersonExportRequest } from '@bazaar/sdk';
import { createChanges } from '../../src/caching/index.ts';
import type { Database } from '../../src/data/index.ts';
import { createFiles } from '../../src/files/index.ts';
import type { PluginCalls, PluginRegistry, PrivacyCall } from '../../src/plugins/index.ts';
import { createPrivacy, type Privacy } from '../../src/privacy/index.ts';
import { silentLogger } from '../support/test-database.ts';
import { manifest } from '../support/test-node.ts';

export const SECRET = 'the platform secret of the tests, long enough';

/** A plugin that keeps rows, and what it says of people. */
export interface StagedPlugin {
  manifest: Manifest;
  /** Whether it can be asked. */
  running: boolean;
  answer(hook: 'exportPerson' | 'erasePerson', person: PersonExportRequest): Promise<JsonValue>;
}

export function stagedPlugin(id: string, answer: StagedPlugin['answer']): StagedPlugin {
  return { manifest: manifest(id, { privacy: { export: true, erase: true } }), running: true, answer };
}

export interface Stage {
  privacy: Privacy;
  /** Tenants whose payments were ended. */
  ended: string[];
  /** What was said to the payment provider of renewals. */
  renewals: { log: string[]; renewing: string[]; away: boolean };
}

/** The privacy of one node, with plugins that are only played. */
export function startPrivacy(database: Database, dataDir: string, plugins: readonly StagedPlugin[]): Stage {
  const ended: string[] = [];
  const renewals: Stage['renewals'] = { log: [], renewing: [], away: false };
  const say = async (what: string) => {
    if (renewals.away) throw new Error('the provider is away');
    renewals.log.push(what);
  };
  const running = () => plugins.filter((plugin) => plugin.running);
  const registry = {
    all: running,
    manifest: (id: string) => plugins.find((plugin) => plugin.manifest.id === id)?.manifest,
    statuses: () => plugins.map(({ manifest: { id } }) => ({ id, reason: 'It was uninstalled.' })),
    use: (id: string, _tenant: string, work: (plugin: StagedPlugin) => Promise<unknown>) => {
      const plugin = running().find((one) => one.manifest.id === id);
      return plugin ? work(plugin) : Promise.reject(new Error(`${id} does not run`));
    },
  } as unknown as PluginRegistry;
  const calls = {
    privacy: async (plugin: StagedPlugin, _tenant: unknown, { hook, person, accept }: PrivacyCall) =>
      accept(await plugin.answer(hook, person)),
  } as unknown as PluginCalls;
  const files = createFiles({ dataDir, database });
  const privacy = createPrivacy({
    db: database,
    plugins: registry,
    calls,
    files: files.store,
    scratch: files.scratch,
    mailer: { wake: () => {}, publicOrigin: () => 'http://bazaar.test' },
    changes: createChanges(database.bus, silentLogger),
    endBilling: async (tenantId) => void ended.push(tenantId),
    windDown: {
      renewing: async () => renewals.renewing,
      begin: () => say('stop'),
      undo: (_tenantId, subscriptions) => say(`resume ${subscriptions.join()}`),
    },
    secret: SECRET,
    log: silentLogger,
    now: () => new Date(),
    timing: { pollMs: 20, leaseMs: 600, waitMs: 60, retryMs: () => 60 },
  });
  return { privacy, ended, renewals };
}
