import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { JsonObject, JsonValue, MeterDeclaration, TenantIdentity, UserIdentity } from '@bazaar/sdk';
import { createChanges } from '../../../src/caching/index.ts';
import type { Database } from '../../../src/data/index.ts';
import type { LicenceDecision, LicenceScope, Licences } from '../../../src/licensing/index.ts';
import { createMetering } from '../../../src/metering/index.ts';
import {
  CapabilityUsage,
  createInlineRuntime,
  createOutgoingHttp,
  createPluginCalls,
  type EndedCall,
  type LoadedPlugins,
  type LoadPluginsOptions,
  loadPlugins,
  lockPlugins,
  type PluginCalls,
} from '../../../src/plugins/index.ts';
import type { RealtimeMessage } from '../../../src/realtime/index.ts';
import { createTenantMembers } from '../../../src/tenancy/index.ts';
import { createTestDatabase, seedTenants, type TestDatabase } from '../../support/test-database.ts';
import { MemoryFiles } from './memory-files.ts';

export const FIXTURES = join(import.meta.dirname, '../../fixtures/plugins');

export interface LogLine {
  level: string;
  data: Record<string, unknown>;
  message: string;
}

export class MemoryLog {
  readonly lines: LogLine[] = [];

  #add(level: string, data: object, message: string): void {
    this.lines.push({ level, data: data as Record<string, unknown>, message });
  }

  debug(data: object, message: string): void {
    this.#add('debug', data, message);
  }

  info(data: object, message: string): void {
    this.#add('info', data, message);
  }

  warn(data: object, message: string): void {
    this.#add('warn', data, message);
  }

  error(data: object, message: string): void {
    this.#add('error', data, message);
  }
}

/** Licences that a test sets: everything active unless said otherwise. */
export class TestLicences implements Licences {
  /** Asked instead, where a test is about licences. */
  real: Licences | undefined;
  readonly states = new Map<string, Partial<LicenceDecision>>();
  readonly disabled = new Set<string>();
  readonly suspendedTenants = new Set<string>();

  async decide(tenantId: string, pluginId: string, scope: LicenceScope = { effect: 'read' }): Promise<LicenceDecision> {
    if (this.real) return this.real.decide(tenantId, pluginId, scope);
    const { state, readable, writable, ...rest }: Omit<LicenceDecision, 'code'> = {
      state: 'active',
      readable: true,
      writable: true,
      plan: 'standard',
      validUntil: null,
      entitlements: {},
      limits: {},
      ...this.states.get(`${tenantId}/${pluginId}`),
    };
    const allowed = scope.effect === 'read' ? readable : writable;
    const code = state === 'none' ? 'licence-required' : allowed ? 'ok' : 'licence-ended';
    return { state, code, readable, writable, ...rest };
  }

  async enabled(tenantId: string, pluginId: string): Promise<boolean> {
    return !this.disabled.has(`${tenantId}/${pluginId}`);
  }

  async suspended(tenantId: string): Promise<boolean> {
    return this.real ? this.real.suspended(tenantId) : this.suspendedTenants.has(tenantId);
  }

  async takeSeat(tenantId: string, pluginId: string, userId: string): Promise<boolean> {
    return this.real ? this.real.takeSeat(tenantId, pluginId, userId) : true;
  }

  async allowance(tenantId: string, pluginId: string, meter: MeterDeclaration) {
    if (this.real) return this.real.allowance(tenantId, pluginId, meter);
    return { meter: meter.name, since: '2026-01-01', cap: null };
  }
}

export interface TestKernel {
  test: TestDatabase;
  lockFile: string;
  tenants: { a: TenantIdentity; b: TenantIdentity };
  users: { a: UserIdentity; b: UserIdentity };
  loaded: LoadedPlugins;
  calls: PluginCalls;
  licences: TestLicences;
  files: MemoryFiles;
  usage: CapabilityUsage;
  /** Invocations that have ended, in that order. */
  ended: EndedCall[];
  log: MemoryLog;
  realtime: RealtimeMessage[];
  settings: JsonObject;
  /** How often the relay was woken. */
  woken(): number;
  /** Invokes an action as tenant A's user. */
  invoke(
    plugin: string,
    action: string,
    input?: JsonObject,
    options?: { user?: UserIdentity | null; tenant?: 'a' | 'b' },
  ): Promise<JsonValue>;
  close(): Promise<void>;
}

export interface TestKernelOptions {
  /** `false` when the test gives out the licences that the database asks for itself. */
  licensed?: boolean;
  /** Folders of packages; locked with everything granted. */
  plugins: readonly string[];
  grant?: 'all' | readonly string[];
  privateTargets?: readonly string[];
  actionDeadlineMs?: number;
  validateOutputs?: boolean;
  wakeRelay?(): void;
}

/** The packages of these tests import nothing: they run from their sources wherever they lie. */
export const SOURCES_AS_THEY_ARE: LoadPluginsOptions['builder'] = {
  server: async ({ folder, entry }) => ({ file: join(folder, entry) }),
  ui: async () => undefined,
  forget: async () => undefined,
};

const PERMISSIONS = ['notes:notes.read', 'notes:notes.write', 'journal:journal.read'];

/** The plugin room on a database; other rooms stand in by what their ports promise. */
export async function composeKernel(
  database: Database,
  lockFile: string,
  options: Pick<TestKernelOptions, 'privateTargets' | 'actionDeadlineMs' | 'validateOutputs' | 'wakeRelay'> = {},
) {
  const log = new MemoryLog();
  const loaded = await loadPlugins({
    lockFile,
    packagesFolder: join(dirname(lockFile), 'packages'),
    revisionsFolder: join(dirname(lockFile), 'lock-revisions'),
    database,
    runtimes: { inline: createInlineRuntime },
    builder: SOURCES_AS_THEY_ARE,
    log,
  });
  const licences = new TestLicences();
  const files = new MemoryFiles();
  const usage = new CapabilityUsage();
  const realtime: RealtimeMessage[] = [];
  const settings: JsonObject = { greeting: 'Hello' };
  const metering = createMetering({
    db: database,
    changes: createChanges(database.bus, log),
    plugins: loaded.registry,
    log,
    now: () => new Date(),
  });
  const ended: EndedCall[] = [];
  const http = createOutgoingHttp({ privateTargets: options.privateTargets ?? [] });
  let woken = 0;
  const calls = createPluginCalls({
    plugins: loaded.registry,
    licences,
    services: {
      files,
      documents: {
        extract: async (path) => ({ format: 'text', pages: [], text: `text of ${path.length > 0}` }),
        close: async () => {},
      },
      settings: { get: async () => structuredClone(settings) },
      members: createTenantMembers(database),
      realtime: { publish: (message) => realtime.push(message) },
      http,
      usage,
      meter: metering.meter,
      observe: (call) => ended.push(call),
      log,
    },
    wakeRelay: () => {
      woken += 1;
      options.wakeRelay?.();
    },
    validateOutputs: options.validateOutputs ?? true,
    actionDeadlineMs: options.actionDeadlineMs ?? 5_000,
  });
  const close = async () => {
    await loaded.close();
    await http.close();
  };
  return { ended, log, loaded, licences, files, usage, realtime, settings, calls, woken: () => woken, close };
}

/** A kernel with a database of its own, two tenants and a user in each. */
export async function startTestKernel(options: TestKernelOptions): Promise<TestKernel> {
  const folder = mkdtempSync(join(tmpdir(), 'bazaar-kernel-'));
  const lockFile = join(folder, 'plugins.lock.json');
  await lockPlugins(lockFile, options.plugins, { tier: 'inline', grant: options.grant ?? 'all' });
  const test = await createTestDatabase({ licensed: options.licensed ?? true });
  const seeded = await seedTenants(test.database);
  const tenant = (id: string, slug: string): TenantIdentity => ({ id, slug, name: slug });
  const user = (id: string, name: string): UserIdentity => ({
    id,
    name,
    email: `${name}@example.test`,
    permissions: PERMISSIONS,
  });
  const tenants = { a: tenant(seeded.a, 'tenant-a'), b: tenant(seeded.b, 'tenant-b') };
  const users = { a: user(seeded.userA, 'ann'), b: user(seeded.userB, 'bob') };
  const kernel = await composeKernel(test.database, lockFile, options);
  return {
    ...kernel,
    test,
    lockFile,
    tenants,
    users,
    invoke: (id, action, input = {}, { user: given, tenant: which = 'a' } = {}) => {
      const caller = given === undefined ? users[which] : given;
      return kernel.loaded.registry.use(id, tenants[which].id, (plugin) =>
        kernel.calls.invoker.invoke(plugin, action, {
          tenant: tenants[which],
          user: caller,
          actor: { kind: caller ? 'user' : 'visitor', userId: caller?.id ?? null, ip: '192.0.2.1' },
          requestId: 'request-1',
          input,
        }),
      );
    },
    close: async () => {
      await kernel.close();
      await test.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
