import type { Context, MemberPageOptions, TenantIdentity, UserIdentity } from '../context.ts';
import type { JsonObject } from '../json.ts';
import type { FindOptions, PageOptions, TableApi, Where } from '../query-language.ts';
import type { Host } from './operations.ts';

/** What the kernel says of one invocation; plain data. */
export interface Invocation {
  plugin: { id: string; version: string };
  tenant: TenantIdentity;
  user: UserIdentity | null;
  requestId: string;
}

type Row = JsonObject;

function tableApi(host: Host, table: string): TableApi<Row, Row> {
  return {
    find: (options: FindOptions<Row> = {}) => host.call('db.find', { table, options }),
    findOne: async (where: Where<Row>) => {
      const rows = await host.call('db.find', { table, options: { where, limit: 2 } });
      if (rows.length > 1) throw new Error(`findOne on ${table} matched more than one row`);
      return rows[0] ?? null;
    },
    page: (options: PageOptions<Row> = {}) => host.call('db.page', { table, options }),
    count: (where: Where<Row> = {}) => host.call('db.count', { table, where }),
    insert: async (row: Row) => {
      const [stored] = await host.call('db.insert', { table, rows: [row] });
      if (!stored) throw new Error(`insert into ${table} returned no row`);
      return stored;
    },
    insertMany: (rows: readonly Row[]) => host.call('db.insert', { table, rows }),
    update: (where: Where<Row>, set: Row) => host.call('db.update', { table, where, set }),
    delete: (where: Where<Row>) => host.call('db.delete', { table, where }),
  };
}

/** Members are made on first use and remembered: a handler names few of them. */
function byName<Value>(make: (name: string) => Value): Record<string, Value> {
  const made = new Map<string, Value>();
  return new Proxy(Object.create(null) as Record<string, Value>, {
    get(_target, name) {
      if (typeof name !== 'string' || name === 'then') return undefined;
      let value = made.get(name);
      if (value === undefined) {
        value = make(name);
        made.set(name, value);
      }
      return value;
    },
    set: () => false,
  });
}

function log(host: Host): Context['log'] {
  const write =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (message: string, data: JsonObject = {}) => {
      host.call('log.write', { level, message, data }).catch(() => {
        // A log line that the kernel refuses (quota, size) must not fail the work it describes; the kernel counts it.
      });
    };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

/** Builds the context a handler receives from plain data and a host. Runs on the plugin's side of the boundary. */
export function createContext(invocation: Invocation, host: Host): Context {
  const context: Context = {
    ...invocation,
    db: byName((table) => tableApi(host, table)) as Context['db'],
    queries: byName(
      (query) => (params: object) => host.call('db.query', { query, params: params as JsonObject }),
    ) as Context['queries'],
    events: {
      emit: async (event, payload) => {
        await host.call('events.emit', { event, payload: payload as JsonObject });
      },
    },
    actions: {
      call: ((action: string, input: object) =>
        host.call('actions.call', { action, input: input as JsonObject })) as Context['actions']['call'],
      available: (action) => host.call('actions.available', { action }),
    },
    settings: { get: () => host.call('settings.get', {}) },
    files: {
      info: (id) => host.call('files.info', { id }),
      readText: (id) => host.call('files.readText', { id }),
      delete: async (id) => {
        await host.call('files.delete', { id });
      },
      importAsset: (path) => host.call('files.importAsset', { path }),
    },
    documents: { extract: (fileId) => host.call('documents.extract', { fileId }) },
    tasks: {
      raise: async (task) => {
        await host.call('tasks.raise', { task });
      },
      resolve: async (key) => {
        await host.call('tasks.resolve', { key });
      },
    },
    users: {
      page: (options: MemberPageOptions = {}) => host.call('users.page', { options }),
      find: (ids) => host.call('users.find', { ids }),
    },
    progress: {
      report: async (subject, stage, percent) => {
        await host.call('progress.report', { subject, stage, percent });
      },
    },
    http: { fetch: (request) => host.call('http.fetch', { request }) },
    log: log(host),
  };
  return context;
}
