import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openDatabase, PluginDataError, type PluginDataPackage } from '../../src/data/index.ts';
import { findViolations } from '../../src/data/plugin-schema/verify.ts';
import { JOBS, dataPackage as pkg } from '../support/plugin-packages.ts';
import { createTestDatabase, silentLogger, type TestDatabase } from '../support/test-database.ts';

let test_: TestDatabase;
beforeAll(async () => {
  test_ = await createTestDatabase({ licensed: true });
});
afterAll(() => test_.drop());

let opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(opened.map((one) => one.close()));
  opened = [];
});

async function install(from: PluginDataPackage) {
  const plugin = await test_.database.plugins.install(from);
  opened.push(plugin);
  return plugin;
}

async function tablesOf(id: string): Promise<string[]> {
  const admin = await test_.admin();
  const { rows } = await admin.query(
    'select relname from pg_class where relnamespace = to_regnamespace($1)::oid and relkind = $2',
    [`p_${id.replaceAll('-', '_')}`, 'r'],
  );
  return rows.map((row) => row.relname);
}

test('a plugin is installed, described, and installed again without effect', async () => {
  const one = pkg(JOBS, {
    queries: [
      { name: 'perLevel', sql: 'select level, count(*) as jobs, max(created_at) from jobs group by level' },
      { name: 'byTitle', sql: 'select id, title, salary_max, tags from jobs where title = :title limit :count' },
      { name: 'raise', sql: 'update jobs set salary_max = salary_max + :by where id = :id returning id, salary_max' },
    ],
  });
  const description = (await install(one)).describe();
  expect(description.tables.map((table) => table.name)).toEqual(['jobs']);
  expect(description.tables[0]?.columns.find((column) => column.name === 'salaryMax')).toEqual({
    name: 'salaryMax',
    column: 'salary_max',
    type: 'int4',
    nullable: true,
    hasDefault: false,
    generated: false,
  });
  const [perLevel, byTitle, raise] = description.queries;
  expect(perLevel?.columns.map(({ name, type, nullable }) => [name, type, nullable])).toEqual([
    ['level', 'level', true],
    ['jobs', 'int8', false],
    ['max', 'timestamptz', true],
  ]);
  expect(byTitle?.params.map(({ name, type }) => [name, type])).toEqual([
    ['title', 'text'],
    ['count', 'int8'],
  ]);
  expect(byTitle?.columns.map(({ name, type, nullable }) => [name, type, nullable])).toEqual([
    ['id', 'uuid', false],
    ['title', 'text', false],
    ['salaryMax', 'int4', true],
    ['tags', '_text', false],
  ]);
  expect(raise).toMatchObject({
    statement: 'update',
    params: [
      { name: 'by', type: 'int4' },
      { name: 'id', type: 'uuid' },
    ],
  });
  expect((await install(one)).describe()).toEqual(description);
});

test('two nodes install the same plugin at the same time', async () => {
  const second = await openDatabase({
    server: { connection: test_.connection },
    secret: 'secret of the tests',
    logger: silentLogger,
  });
  const one = pkg(JOBS);
  const both = await Promise.all([test_.database.plugins.install(one), second.plugins.install(one)]);
  opened.push(...both);
  expect(both[0].describe()).toEqual(both[1].describe());
  await Promise.all(opened.map((plugin) => plugin.close()));
  opened = [];
  await second.close();
});

test.each<[string, string, RegExp]>([
  [
    'no tenant_id',
    'create table t (id uuid primary key)',
    /table "t" has no "tenant_id uuid not null" column.*sharedTables/,
  ],
  ['nullable tenant_id', 'create table t (tenant_id uuid, id uuid)', /table "t" has no "tenant_id uuid not null"/],
  [
    'row security forgotten',
    'create table t (tenant_id uuid not null, id uuid, primary key (tenant_id, id))',
    /table "t" is not protected.*select bazaar\.protect\('t'\)/,
  ],
  [
    'row security only enabled',
    'create table t (tenant_id uuid not null, id uuid, primary key (tenant_id, id)); alter table t enable row level security, force row level security',
    /not protected/,
  ],
  [
    'an unprotected partition',
    `create table t (tenant_id uuid not null, at timestamptz, primary key (tenant_id, at)) partition by range (at);
     select bazaar.protect('t'); create table t_1 partition of t default;`,
    /table "t_1" is not protected/,
  ],
  [
    'primary key without tenant',
    `create table t (tenant_id uuid not null, id uuid primary key); select bazaar.protect('t')`,
    /primary key of table "t" does not begin with tenant_id/,
  ],
  [
    'no primary key',
    `create table t (tenant_id uuid not null); select bazaar.protect('t')`,
    /primary key of table "t"/,
  ],
  [
    'index without tenant',
    `${JOBS} create index by_title on jobs (title)`,
    /index "by_title" of table "jobs" does not begin with tenant_id/,
  ],
  ['unique constraint across tenants', `${JOBS} create unique index by_title on jobs (title)`, /index "by_title"/],
  [
    'foreign key without tenant',
    `${JOBS} create unique index j on jobs (tenant_id, id);
     create table kids (tenant_id uuid not null, id uuid, job uuid, primary key (tenant_id, id), foreign key (job, tenant_id) references jobs (id, tenant_id));
     select bazaar.protect('kids');`,
    /foreign key "kids_job_tenant_id_fkey".*does not begin with tenant_id/,
  ],
  [
    'foreign key that would null the tenant',
    `${JOBS} create table kids (tenant_id uuid not null, id uuid, job uuid, primary key (tenant_id, id),
       foreign key (tenant_id, job) references jobs (tenant_id, id) on delete set null);
     select bazaar.protect('kids');`,
    /would set tenant_id to null/,
  ],
  ['view with owner rights', `${JOBS} create view v as select * from jobs`, /view "v" reads with its owner's rights/],
  ['syntax error', 'create tabel t (id uuid)', /Migration 0001-step: is not valid SQL/],
  [
    'unknown type',
    `create table t (\n\n  id citext2)`,
    /Migration 0001-step \(line 3\): type "citext2" does not exist/,
  ],
  ['other schema', 'create table core.t (id uuid)', /names “core.t”/],
  [
    'session settings',
    `set local app.tenant_id = 'x'; ${JOBS}`,
    /line 1, “set local app.tenant_id = 'x'”.: .*settings of the session belong to the kernel/,
  ],
])('rolled back: %s', async (_what, sql, message) => {
  const one = pkg(sql);
  await expect(test_.database.plugins.install(one)).rejects.toThrow(message);
  expect(await tablesOf(one.pluginId)).toEqual([]);
});

test('all pending migrations succeed together or not at all', async () => {
  const id = 'all-or-nothing';
  const bad = pkg([JOBS, 'alter table jobs add column remote boolean', 'create table broken (id uuid)'], {
    pluginId: id,
  });
  await expect(test_.database.plugins.install(bad)).rejects.toThrow(
    /Migrations 0001-step to 0003-step were rolled back: table "broken"/,
  );
  expect(await tablesOf(id)).toEqual([]);
  const good = pkg([JOBS, 'alter table jobs add column remote boolean'], { pluginId: id });
  expect((await install(good)).describe().tables[0]?.columns.map((column) => column.name)).toContain('remote');
});

test('an applied migration must not change, and none may come before it', async () => {
  const one = pkg(JOBS);
  await install(one);
  const changed = { ...one, migrations: [{ name: '0001-step', up: `${JOBS} -- changed`, down: '' }] };
  await expect(test_.database.plugins.install(changed)).rejects.toThrow(/0001-step has changed since it was applied/);
  const windows = { ...one, migrations: [{ name: '0001-step', up: JOBS.replaceAll('\n', '\r\n'), down: '' }] };
  await install(windows);
  const later = pkg([JOBS], { migrations: [{ name: '0005-first', up: JOBS, down: '' }] });
  await install(later);
  const earlier = {
    ...later,
    migrations: [...later.migrations, { name: '0002-early', up: 'alter table jobs add a int', down: '' }],
  };
  await expect(test_.database.plugins.install(earlier)).rejects.toThrow(/0002-early comes before 0005-first/);
});

test.each<[string, string, RegExp]>([
  ['unknown column', 'select nothing from jobs', /Query "q" does not fit the tables: column "nothing" does not exist/],
  ['unknown table', 'select * from nowhere', /relation "nowhere" does not exist/],
  ['another plugin', 'select * from p_other.jobs', /names “p_other.jobs”/],
  ['core', 'select * from core.users', /names “core.users”/],
  ['unknowable parameter', 'select :what as what_is_it, :x is null as y from jobs', /Query "q"/],
  ['unnamed result', 'select 1 + 1 from jobs', /column without a name/],
  ['same name twice', 'select a.id, b.id from jobs a, jobs b', /two columns named "id"/],
  ['a parameter setting', `select set_config('app.tenant_id', :t, true)`, /set_config/],
])('a query that does not fit leaves nothing behind: %s', async (_what, sql, message) => {
  const one = pkg(JOBS, { queries: [{ name: 'q', sql }] });
  await expect(test_.database.plugins.install(one)).rejects.toThrow(message);
  expect(await tablesOf(one.pluginId)).toEqual([]);
});

test('shared tables are readable by every tenant and by nobody writable', async () => {
  const up = `create table skills (name text primary key); insert into skills values ('sql'), ('go');`;
  await expect(test_.database.plugins.install(pkg(up))).rejects.toThrow(/table "skills" has no "tenant_id/);
  await expect(test_.database.plugins.install(pkg(up, { sharedTables: ['skills', 'nothing'] }))).rejects.toThrow(
    /sharedTables names "nothing", which is not a table/,
  );
  await expect(test_.database.plugins.install(pkg(JOBS, { sharedTables: ['jobs'] }))).rejects.toThrow(
    /"jobs" is declared in sharedTables but has a tenant_id/,
  );
  const one = pkg(up, {
    sharedTables: ['skills'],
    queries: [{ name: 'add', sql: 'insert into skills (name) values (:name)' }],
  });
  const plugin = await install(one);
  const unit = plugin.open({
    tenantId: '00000000-0000-4000-8000-000000000001',
    readOnly: false,
    actor: { kind: 'system', userId: null },
    requestId: 'r',
  });
  expect(await unit.count('skills', {})).toBe(2);
  await expect(unit.query('add', { name: 'x' })).rejects.toThrow(/permission denied/);
  await unit.rollback();
});

test('names and ids that are not ours to use', async () => {
  await expect(test_.database.plugins.install({ ...pkg(JOBS), pluginId: `x"; drop` })).rejects.toThrow(PluginDataError);
  const misnamed = { ...pkg(JOBS), migrations: [{ name: 'first', up: JOBS, down: '' }] };
  await expect(test_.database.plugins.install(misnamed)).rejects.toThrow(/NNNN-name/);
  // A plugin named like another's owner role, or like one of the kernel's, gets roles of its own.
  await install(pkg(JOBS, { pluginId: 'tenant' }));
  await install(pkg(JOBS, { pluginId: 'platform' }));
  const admin = await test_.admin();
  const { rows } = await admin.query(
    `select count(distinct role)::int as n from core.plugin_roles where plugin_id in ('tenant', 'platform')`,
  );
  expect(rows[0].n).toBe(4);
});

test('what the check of statements keeps out, the catalogue would find as well', async () => {
  const one = pkg(JOBS);
  await install(one);
  const schema = `p_${one.pluginId.replaceAll('-', '_')}`;
  const admin = await test_.admin();
  const { rows } = await admin.query(
    `select max(role::text) filter (where kind = 'owner') as owner, max(role::text) filter (where kind = 'runtime') as runtime
       from core.plugin_roles where plugin_id = $1`,
    [one.pluginId],
  );
  const scope = { schema, owner: rows[0].owner, runtime: rows[0].runtime, sharedTables: [] };
  const after = async (sql: string) => {
    await admin.query('begin');
    await admin.query(`set local search_path = ${schema}; set local role ${scope.owner}`);
    await admin.query('reset role').then(() => admin.query(sql));
    await admin.query(`set local search_path = pg_catalog`);
    const found = await findViolations(admin, scope);
    await admin.query('rollback');
    return found.join('\n');
  };
  expect(await after('select 1')).toBe('');
  expect(await after('create policy open on jobs using (true)')).toMatch(/policy "open", which could open it/);
  expect(await after('alter table jobs disable row level security')).toMatch(/"jobs" is not protected/);
  expect(await after('alter table jobs no force row level security')).toMatch(/"jobs" is not protected/);
  expect(await after('create function f() returns int language sql security definer as $$ select 1 $$')).toMatch(
    /"f" is SECURITY DEFINER/,
  );
  expect(await after(`create function f() returns int language sql set work_mem = '1GB' as $$ select 1 $$`)).toMatch(
    /"f" sets configuration/,
  );
  expect(await after('create function f() returns int language plpgsql as $$ begin return 1; end $$')).toMatch(
    /"f" is not written in plain SQL/,
  );
  expect(
    await after(
      'create function f() returns trigger language plpgsql as $$ begin return new; end $$; create trigger t before insert on jobs for each row execute function f()',
    ),
  ).toMatch(/trigger "t"/);
  expect(await after('create rule r as on delete to jobs do instead nothing')).toMatch(/rule "r"/);
  expect(await after('create table words (title text); alter table jobs inherit words')).toMatch(
    /"jobs" inherits from "words", whose readers would see its rows/,
  );
  expect(await after('create materialized view m as select * from jobs')).toMatch(/materialised view "m"/);
  expect(await after('create unlogged table u (tenant_id uuid not null primary key)')).toMatch(/"u" is unlogged/);
  expect(
    await after('alter table jobs add constraint apart exclude using gist (int4range(1, length(title)) with &&)'),
  ).toMatch(/constraint "apart" of table "jobs" would let tenants exclude each other/);
  expect(await after('create view v as select * from jobs')).toMatch(/view "v" reads with its owner's rights/);
  expect(await after('alter table jobs alter tenant_id drop default')).toMatch(
    /tenant_id of table "jobs" has no default/,
  );
  expect(await after('grant select on jobs to public')).toMatch(/"jobs" is granted to/);
  expect(await after('grant select (title) on jobs to public')).toMatch(/column "title" of "jobs" is granted/);
  expect(await after(`create table core.stray (id int); alter table core.stray owner to ${scope.owner}`)).toMatch(
    /core.*outside|outside the plugin's schema/,
  );
});
