import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PluginDatabase, PluginDataError, type PluginDataPackage } from '../../src/data/index.ts';
import { dataPackage, JOBS, nextVersion } from '../support/plugin-packages.ts';
import { createTestDatabase, seedTenants, type TestDatabase } from '../support/test-database.ts';

let test_: TestDatabase;
let tenants: string[];
beforeAll(async () => {
  test_ = await createTestDatabase({ licensed: true });
  const { a, b } = await seedTenants(test_.database);
  tenants = [a, b];
});
afterAll(() => test_.drop());

const plugins = () => test_.database.plugins;
const SKILLS = `create table skills (name text primary key); insert into skills values ('sql'), ('go');`;

const packageWithShared = () =>
  dataPackage([JOBS, SKILLS], {
    sharedTables: ['skills'],
    queries: [{ name: 'titles', sql: 'select title from jobs order by title' }],
  });

async function write<T>(
  plugin: PluginDatabase,
  tenantId: string,
  work: (unit: ReturnType<PluginDatabase['open']>) => Promise<T>,
): Promise<T> {
  const unit = plugin.open({ tenantId, readOnly: false, actor: { kind: 'system', userId: null }, requestId: 'r' });
  try {
    const result = await work(unit);
    await unit.commit();
    return result;
  } finally {
    await unit.rollback();
  }
}

/** Installed, with one job for the first tenant and two for the second. */
async function filled(pkg: PluginDataPackage): Promise<PluginDatabase> {
  const plugin = await plugins().install(pkg);
  const [a = '', b = ''] = tenants;
  await write(plugin, a, (unit) => unit.insert('jobs', [{ title: 'A' }]));
  await write(plugin, b, (unit) => unit.insert('jobs', [{ title: 'B', tags: ['x', 'y'] }, { title: 'C' }]));
  return plugin;
}

/** Everything about who may do what, as the catalogue holds it. */
async function rights(schema: string): Promise<unknown[]> {
  const admin = await test_.admin();
  const { rows } = await admin.query(
    `select c.relname, c.relkind, c.relrowsecurity, c.relforcerowsecurity, c.relowner::regrole::text as owner, c.relacl::text,
        (select json_agg(json_build_array(p.polname, pg_get_expr(p.polqual, c.oid), p.polroles::regrole[]::text) order by 1) from pg_policy p where p.polrelid = c.oid) as policies,
        (select n.nspacl::text from pg_namespace n where n.oid = c.relnamespace) as schema
      from pg_class c where c.relnamespace = $1::regnamespace order by c.relname`,
    [schema],
  );
  return rows;
}

test('parked data is out of reach, counted and exported, and comes back as it went', async () => {
  const pkg = packageWithShared();
  const plugin = await filled(pkg);
  const counts = [
    { table: 'jobs', rows: 3 },
    { table: 'skills', rows: 2 },
  ];
  expect(await plugins().rows(pkg.pluginId)).toEqual(counts);
  const name = pkg.pluginId.replaceAll('-', '_');
  const before = await rights(`p_${name}`);
  expect(before.length).toBeGreaterThan(4);

  for (let twice = 0; twice < 2; twice++) await plugins().park(pkg.pluginId);
  expect(await rights(`parked_${name}`)).toEqual(before);
  expect(await plugins().rows(pkg.pluginId)).toEqual(counts);
  expect(await Array.fromAsync(plugins().export(pkg.pluginId))).toHaveLength(5);
  // Statements that this session has planned, and new ones.
  const [a = ''] = tenants;
  const unit = () =>
    plugin.open({ tenantId: a, readOnly: true, actor: { kind: 'system', userId: null }, requestId: 'r' });
  await expect(unit().find('jobs', {})).rejects.toThrow();
  await expect(unit().query('titles', {})).rejects.toThrow();
  await expect(plugins().install(pkg)).rejects.toThrow(/is parked: restore it, or purge it/);
  await expect(plugins().open(pkg)).rejects.toThrow(PluginDataError);

  for (let twice = 0; twice < 2; twice++) await plugins().restore(pkg.pluginId);
  expect(await rights(`p_${name}`)).toEqual(before);
  expect(await unit().query('titles', {})).toEqual([{ title: 'A' }]);
  expect(await write(plugin, a, (one) => one.count('jobs', {}))).toBe(1);
  await plugin.close();
  const later = nextVersion(pkg, '1.1.0', ['alter table jobs add column city text']);
  await (await plugins().install(later)).close();
});

test('rows are counted that are put aside while they are counted', async () => {
  const pkg = packageWithShared();
  await (await filled(pkg)).close();
  const [holder, observer] = [await test_.admin(), await test_.admin()];
  await holder.query('begin');
  await holder.query(`lock table p_${pkg.pluginId.replaceAll('-', '_')}.jobs`);
  const counted = plugins().rows(pkg.pluginId);
  const waiting = async () => (await observer.query('select from pg_locks where not granted')).rowCount;
  await expect.poll(waiting).toBe(1);
  await plugins().park(pkg.pluginId);
  await holder.query('commit');
  expect(await counted).toContainEqual({ table: 'jobs', rows: 3 });
});

test('what was opened to others while it was parked is not restored', async () => {
  const pkg = packageWithShared();
  await (await filled(pkg)).close();
  await plugins().park(pkg.pluginId);
  const admin = await test_.admin();
  const parked = `parked_${pkg.pluginId.replaceAll('-', '_')}`;
  await admin.query(`alter table ${parked}.jobs disable row level security`);
  await expect(plugins().restore(pkg.pluginId)).rejects.toThrow(/"jobs" is not protected/);
  await admin.query(`alter table ${parked}.jobs enable row level security`);
  await plugins().restore(pkg.pluginId);
});

test.each(['in use', 'parked'])('purged data is gone, and so is everything about it: %s', async (state) => {
  const pkg = packageWithShared();
  const plugin = await filled(pkg);
  if (state === 'parked') await plugins().park(pkg.pluginId);
  for (let twice = 0; twice < 2; twice++) await plugins().purge(pkg.pluginId);
  await plugin.close();
  const admin = await test_.admin();
  const { rows } = await admin.query(
    `select (select count(*)::int from pg_namespace where nspname like '%' || $2) as schemas,
        (select count(*)::int from pg_roles where rolname like (select prefix from core.installation) || '%' || $2) as roles,
        (select count(*)::int from core.plugin_migrations where plugin_id = $1) as migrations,
        (select count(*)::int from core.plugin_roles where plugin_id = $1) as registered`,
    [pkg.pluginId, pkg.pluginId.replaceAll('-', '_')],
  );
  expect(rows).toEqual([{ schemas: 0, roles: 0, migrations: 0, registered: 0 }]);
  expect(await plugins().rows(pkg.pluginId)).toEqual([]);
  expect(await Array.fromAsync(plugins().export(pkg.pluginId))).toEqual([]);
  expect(await plugins().pending(pkg)).toEqual(['0001-step', '0002-step']);
  const again = await plugins().install(pkg);
  const [a = ''] = tenants;
  expect(await write(again, a, (unit) => unit.count('jobs', {}))).toBe(0);
  await again.close();
});

test('nothing to park, restore or purge is no error; an id that is none is', async () => {
  await plugins().park('never-seen');
  await plugins().restore('never-seen');
  await plugins().purge('never-seen');
  for (const work of ['park', 'restore', 'purge', 'rows'] as const) {
    await expect(plugins()[work](`x"; drop`)).rejects.toThrow(PluginDataError);
  }
});

test('an export is complete, exact and of one moment', async () => {
  const pkg = dataPackage(
    `create table facts (tenant_id uuid not null default bazaar.current_tenant(), id integer, big bigint, many bigint[],
       amount numeric(20, 4), at timestamptz, data jsonb, bytes bytea, body text, primary key (tenant_id, id));
     select bazaar.protect('facts');`,
  );
  const plugin = await plugins().install(pkg);
  const admin = await test_.admin();
  const table = `p_${pkg.pluginId.replaceAll('-', '_')}.facts`;
  await admin.query(
    `insert into ${table} select t, n, 9007199254740993, '{9007199254740993, 1}', 12345678901234.5678,
        '2026-11-21T03:00:00.123456Z', '{"a": [1, "ü"]}', '\\x00ff', case when n % 1000 = 0 then repeat('x', 300000) else 'y' end
      from unnest($1::uuid[]) t, generate_series(1, 5000) n`,
    [tenants],
  );
  const seen = new Set<string>();
  let rows = 0;
  for await (const { table: name, row } of plugins().export(pkg.pluginId)) {
    expect(name).toBe('facts');
    if (rows === 0) {
      expect(row).toMatchObject({
        tenant_id: expect.any(String),
        id: 1,
        big: '9007199254740993',
        many: ['9007199254740993', 1],
      });
      expect(row).toMatchObject({
        amount: '12345678901234.5678',
        at: '2026-11-21T03:00:00.123456Z',
        data: { a: [1, 'ü'] },
        bytes: 'AP8=',
      });
    }
    // Written while it is read: not of that moment.
    if (rows++ === 100) await admin.query(`update ${table} set id = id + 100000 where id > 2000`);
    seen.add(`${row.tenant_id} ${row.id}`);
  }
  expect(rows).toBe(10_000);
  expect([...seen].filter((key) => Number(key.split(' ')[1]) > 5000)).toEqual([]);
  expect(new Set([...seen].map((key) => key.split(' ')[0]))).toEqual(new Set(tenants));

  // Left in the middle: the connection goes back.
  for await (const { row } of plugins().export(pkg.pluginId)) if (row.id) break;
  await expect
    .poll(async () => {
      const { rows: sessions } = await admin.query(
        `select from pg_stat_activity where datname = current_database() and usename like '%\\_o\\_%'`,
      );
      return sessions.length;
    })
    .toBe(0);
  await plugin.close();
});
