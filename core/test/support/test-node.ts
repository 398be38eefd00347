import type { JsonObject, Manifest } from '@bazaar/sdk';
import { type Logger, pino } from 'pino';
import { auditRoutes } from '../../src/audit/index.ts';
import { createChanges } from '../../src/caching/index.ts';
import type { Database } from '../../src/data/index.ts';
import { createFiles } from '../../src/files/index.ts';
import { createApp, type HttpOptions } from '../../src/http/index.ts';
import { createIdentity, DEFAULT_IDENTITY_CONFIG, type IdentityConfig } from '../../src/identity/index.ts';
import { createLicensing, DEFAULT_POLICY, type Licensing } from '../../src/licensing/index.ts';
import { closeServer, createHttpServer, listen } from '../../src/listener/index.ts';
import { createPictures } from '../../src/pictures/index.ts';
import { createOutgoingHttp, fieldErrors } from '../../src/plugins/index.ts';
import { compileSchema } from '../../src/plugins/manifest/schema-compiler.ts';
import type { Route } from '../../src/routes/index.ts';
import { createSealer, deriveKey } from '../../src/secrets/index.ts';
import { createSettings } from '../../src/settings/index.ts';
import { taskRoutes } from '../../src/tasks/index.ts';

const TEST_SECRET = 'the platform secret of the tests, long enough';

/** A manifest with what a test says of it. */
export function manifest(id: string, parts: Partial<Manifest> = {}): Manifest {
  return {
    id,
    name: id,
    version: '1.0.0',
    sdk: '^1.0.0',
    description: `The plugin ${id}`,
    publisher: 'Bazaar',
    category: 'Tests',
    actions: [],
    ...parts,
  };
}

export interface Reply {
  status: number;
  body: JsonObject;
  headers: Headers;
}

export interface TestCall {
  token?: string;
  body?: unknown;
  /** A body that is a file, in place of a JSON one. */
  file?: Blob;
  cookie?: string;
  ip?: string;
}

/** A node's clock. */
export interface TestClock {
  /** Milliseconds. */
  ahead: number;
  /** The moment at which it stands still; nothing then hangs on how long a test takes. */
  stopped?: number | undefined;
}

export interface TestNodeOptions {
  plugins?: readonly Manifest[];
  config?: Partial<IdentityConfig>;
  clock?: TestClock;
  /** Whose licence files it accepts. */
  issuerKeys?: string;
  /** `host:port` of identity providers. */
  privateTargets?: readonly string[];
  resolveTxt?: (name: string) => Promise<string[][]>;
  /** Where it keeps files; pictures are not part of the node when absent. */
  dataDir?: string;
  /** Further routes, made of what the node has. */
  routes?: (parts: TestNodeParts) => Route[];
}

export interface TestNodeParts {
  licensing: Licensing;
  plugins: { manifest(id: string): Manifest | undefined };
  realtime: { publish(message: { tenantId: string; event: string; payload: JsonObject; permission?: string }): void };
  log: Logger;
  now(): Date;
}

/**
 * One node of the platform without plugin code: identity, licensing, settings, tasks and audit behind the real
 * pipeline, on a port of its own. Addresses come from X-Forwarded-For.
 */
export async function startTestNode(database: Database, options: TestNodeOptions = {}) {
  const clock: TestClock = options.clock ?? { ahead: 0 };
  const now = () => new Date((clock.stopped ?? Date.now()) + clock.ahead);
  const log = pino({ level: 'silent' });
  const pushed: { tenantId: string; event: string; payload: JsonObject; permission?: string }[] = [];
  const released: string[] = [];
  const manifests = [...(options.plugins ?? [])];
  const plugins = {
    get: (id: string) => plugins.all().find((plugin) => plugin.manifest.id === id),
    all: () => manifests.map((one) => ({ manifest: one })),
    manifest: (id: string) => manifests.find((one) => one.id === id),
    statuses: () =>
      manifests.map(({ id, name, version }) => ({
        id,
        name,
        version,
        tier: 'inline' as const,
        state: 'active' as const,
      })),
  };
  const changes = createChanges(database.bus, log);
  const unused = (): never => {
    throw new Error('not part of this node');
  };
  const realtime = { publish: (message: (typeof pushed)[number]) => void pushed.push(message) };
  const providerHttp = createOutgoingHttp({ privateTargets: options.privateTargets ?? [] });
  const findTenant = async (slug: string) => {
    const tenant = await database.asPlatform((models) => models.Tenant.findOne({ where: { slug } }));
    return tenant && { id: tenant.id, slug, name: tenant.name };
  };
  const { dataDir } = options;
  const pictures =
    dataDir === undefined
      ? null
      : createPictures({
          files: createFiles({ dataDir, database }).store,
          sql: database.platform,
          findTenant,
          log,
        });
  const identity = createIdentity({
    db: database,
    changes,
    plugins,
    log,
    now,
    publicOrigin: () => 'http://localhost:4000',
    providers: { http: providerHttp, privateTargets: new Set(options.privateTargets) },
    resolveTxt: options.resolveTxt ?? (async () => []),
    mailer: { wake: () => {} },
    pictures: pictures ?? { change: unused },
    config: { secret: TEST_SECRET, demo: true, ...DEFAULT_IDENTITY_CONFIG, ...options.config },
  });
  const licensing = createLicensing({
    db: database,
    changes,
    plugins,
    realtime,
    releaseHeld: async (tenantId, plugin) => void released.push(`${tenantId}/${plugin}`),
    mailer: { wake: () => {}, publicOrigin: () => 'http://localhost:4000' },
    findTenant,
    log,
    now,
    policy: DEFAULT_POLICY,
    ...(options.issuerKeys === undefined ? {} : { issuerKeys: options.issuerKeys }),
  });
  const settings = createSettings({
    db: database,
    changes,
    plugins,
    sealer: createSealer(deriveKey(TEST_SECRET, 'settings')),
    compile: (schema) => {
      const validator = compileSchema(schema);
      return (values) => fieldErrors(validator.errorsOf(values));
    },
  });
  const routes = [
    ...identity.routes,
    ...licensing.routes,
    ...settings.routes,
    ...taskRoutes({ db: database, realtime, now }),
    ...auditRoutes({ db: database }),
    ...(pictures?.routes ?? []),
    ...(options.routes?.({ licensing, plugins, realtime, log, now }) ?? []),
  ];
  const app = createApp({
    routes,
    plugins: { get: () => undefined, all: () => [], statuses: () => [] },
    invoker: { invoke: unused, admit: unused },
    files: { store: unused, info: unused, read: unused, localPath: unused, delete: unused, grant: unused },
    pages: { show: unused, submit: unused },
    authenticate: identity.authenticate,
    findTenant: async () => null,
    readiness: unused,
    metrics: { contentType: 'text/plain', text: unused },
    shellFolder: import.meta.dirname,
    secure: false,
    trustProxy: true,
    requestLimit: async () => undefined,
    uploadLimit: 1,
    log,
  } as unknown as HttpOptions);
  const server = createHttpServer(app.callback());
  const port = await listen(server, '127.0.0.1', 0);

  async function call(method: string, path: string, { token, body, file, cookie, ip }: TestCall = {}): Promise<Reply> {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(cookie === undefined ? {} : { Cookie: cookie }),
        'X-Forwarded-For': ip ?? '192.0.2.1',
        'User-Agent': 'tests',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(file === undefined ? {} : { body: file }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: text === '' ? {} : (JSON.parse(text) as JsonObject),
      headers: response.headers,
    };
  }

  return {
    url: `http://127.0.0.1:${port}`,
    call,
    identity,
    licensing,
    settings,
    changes,
    pictures,
    /** What realtime was asked to push. */
    pushed,
    /** Tenants and plugins whose held deliveries were released. */
    released,
    /** As if a plugin had been installed or removed. */
    async setPlugins(...now: Manifest[]): Promise<void> {
      manifests.splice(0, manifests.length, ...now);
      await changes.announce('plugin', { plugin: 'any' });
    },
    async close(): Promise<void> {
      await closeServer(server, 0);
      await identity.close();
      await providerHttp.close();
      licensing.close();
      settings.close();
    },
  };
}

export type TestNode = Awaited<ReturnType<typeof startTestNode>>;
