/**
 * What a plugin's data access costs beside the driver alone: `node core/test/data/table-api.bench.ts [seconds]`.
 * Same server, same rows, 16 callers, 10 connections each; operations per second, best of three interleaved rounds.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openDatabase, type PluginUnitOfWork, startEmbeddedPostgres } from '../../src/data/index.ts';
import { silentLogger } from '../support/test-database.ts';

const SECONDS = Number(process.argv[2] ?? 3);
const CALLERS = 16;
const ROWS = 10_000;
const TABLE = `
  create table items (tenant_id uuid not null default bazaar.current_tenant(), id uuid not null default gen_random_uuid(),
    title text not null, state text not null default 'open', data jsonb not null default '{}',
    created_at timestamptz not null default clock_timestamp(), primary key (tenant_id, id));
  select bazaar.protect('items');
  create index items_created on items (tenant_id, created_at desc, id desc);`;

const folder = mkdtempSync(join(tmpdir(), 'bazaar-bench-'));
// Root's PostgreSQL runs as somebody else, who must get here.
chmodSync(folder, 0o755);
const server = await startEmbeddedPostgres({ dataDir: join(folder, 'pg') });
const database = await openDatabase({ server, secret: 'secret of the benchmark', logger: silentLogger });
const tenant = '00000000-0000-4000-8000-000000000001';
const plugin = await database.plugins.install({
  pluginId: 'bench',
  version: '1.0.0',
  migrations: [{ name: '0001-items', up: TABLE, down: '' }],
  queries: [
    { name: 'get', sql: 'select id, title, state, data, created_at from items where id = :id' },
    {
      name: 'list',
      sql: 'select id, title, state, data, created_at from items order by created_at desc, id desc limit 20',
    },
  ],
  sharedTables: [],
});
const scope = { tenantId: tenant, actor: { kind: 'system', userId: null }, requestId: 'bench' } as const;
const data = { n: 1, tags: ['a', 'b', 3], note: 'x'.repeat(100) };
const fill = plugin.open({ ...scope, readOnly: false });
const ids: string[] = [];
for (let done = 0; done < ROWS; done += 1000) {
  const rows = await fill.insert(
    'items',
    Array.from({ length: 1000 }, (_, i) => ({ title: `item ${done + i}`, data })),
  );
  ids.push(...rows.map((row) => row.id as string));
}
await fill.commit();
const admin = new pg.Pool({ ...server.connection, database: 'bazaar', max: 10 });
await admin.query('create table public.items as select * from p_bench.items');
await admin.query('alter table public.items add primary key (id), alter id set default gen_random_uuid()');
await admin.query(`alter table public.items alter created_at set default now(), alter state set default 'open'`);
await admin.query('create index on public.items (tenant_id, created_at desc, id desc)');
await admin.query('analyze');

const anyId = () => ids[Math.floor(Math.random() * ids.length)] ?? '';
const columns = 'id, title, state, data, created_at';
const raw = (name: string, text: string, values: unknown[]) => admin.query({ name, text, values });
const reading = () => plugin.open({ ...scope, readOnly: true });
async function writing(work: (unit: PluginUnitOfWork) => Promise<unknown>): Promise<void> {
  const unit = plugin.open({ ...scope, readOnly: false });
  await work(unit);
  await unit.commit();
}

const cases: Record<string, () => Promise<unknown>> = {
  'get: driver, no isolation': () =>
    raw('get', `select ${columns} from public.items where id = $1 and tenant_id = $2`, [anyId(), tenant]),
  'get: table API': () => reading().find('items', { where: { id: anyId() }, limit: 2 }),
  'get: named query': () => reading().query('get', { id: anyId() }),
  'list 20: driver, no isolation': () =>
    raw('list', `select ${columns} from public.items where tenant_id = $1 order by created_at desc, id desc limit 20`, [
      tenant,
    ]),
  'list 20: table API page': () => reading().page('items', { order: ['-createdAt'] }),
  'list 20: named query': () => reading().query('list', {}),
  'insert: driver, no isolation': () =>
    raw('insert', `insert into public.items (tenant_id, title, data) values ($1, $2, $3) returning ${columns}`, [
      tenant,
      'new',
      JSON.stringify(data),
    ]),
  'insert: table API': () => writing((unit) => unit.insert('items', [{ title: 'new', data }])),
  'insert: table API with audit': () =>
    writing(async (unit) => {
      await unit.insert('items', [{ title: 'new', data }]);
      unit.audit({ action: 'items.create', entityId: 'x' });
    }),
  'insert: table API with audit and event': () =>
    writing(async (unit) => {
      await unit.insert('items', [{ title: 'new', data }]);
      unit.audit({ action: 'items.create', entityId: 'x' });
      unit.emit({ name: 'items.created', version: 1, subject: 'x', payload: { id: 'x' } });
    }),
};

async function measure(run: () => Promise<unknown>): Promise<number> {
  let stop = false;
  let count = 0;
  const callers = Array.from({ length: CALLERS }, async () => {
    while (!stop) {
      await run();
      count++;
    }
  });
  await new Promise((resolve) => setTimeout(resolve, 300));
  count = 0;
  const start = performance.now();
  await new Promise((resolve) => setTimeout(resolve, SECONDS * 1000));
  const perSecond = count / ((performance.now() - start) / 1000);
  stop = true;
  await Promise.all(callers);
  return perSecond;
}

const best = new Map<string, number>();
for (let round = 0; round < 3; round++) {
  for (const [name, run] of Object.entries(cases)) best.set(name, Math.max(best.get(name) ?? 0, await measure(run)));
}
for (const [name, perSecond] of best) process.stdout.write(`${name.padEnd(40)} ${Math.round(perSecond)}/s\n`);

await plugin.close();
await admin.end();
await database.close();
await server.stop();
rmSync(folder, { recursive: true, force: true });
