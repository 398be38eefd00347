import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openDatabase, type PluginDatabase, PluginDataError, type PluginDataPackage } from '../../src/data/index.ts';
import { dataPackage, JOBS, nextVersion } from '../support/plugin-packages.ts';
import { createTestDatabase, silentLogger, type TestDatabase } from '../support/test-database.ts';

let test_: TestDatabase;
beforeAll(async () => {
  test_ = await createTestDatabase({ licensed: true });
});
afterAll(() => test_.drop());

let opened: PluginDatabase[] = [];
afterEach(async () => {
  await Promise.all(opened.map((one) => one.close()));
  opened = [];
  expect(await leftovers()).toEqual([]);
});

const plugins = () => test_.database.plugins;

async function install(pkg: PluginDataPackage): Promise<PluginDatabase> {
  const plugin = await plugins().install(pkg);
  opened.push(plugin);
  return plugin;
}

/** Schemas and roles of rehearsals in this database. */
async function leftovers(): Promise<string[]> {
  const admin = await test_.admin();
  const { rows } = await admin.query<{ name: string }>(
    `select nspname::text as name from pg_namespace where nspname like 'rehearsal%'
     union all select rolname from pg_roles, pg_database d
       where d.datname = current_database() and rolname like '%\\_r\\_' || d.oid || '\\_%'`,
  );
  return rows.map(({ name }) => name);
}

const QUERIES = [
  { name: 'everything', sql: 'select * from jobs where title = :title' },
  { name: 'titles', sql: 'select id, title from jobs' },
  { name: 'raise', sql: 'update jobs set salary_max = salary_max + :by returning *' },
];

test('a first version is rehearsed: what it knows comes back, nothing stays', async () => {
  const pkg = dataPackage(JOBS, { queries: QUERIES });
  expect(await plugins().pending(pkg)).toEqual(['0001-step']);
  const { conflicts, ...description } = await plugins().rehearse(pkg, []);
  expect(conflicts).toEqual([]);
  expect(await leftovers()).toEqual([]);
  const admin = await test_.admin();
  const { rows } = await admin.query('select to_regnamespace($1) as live', [`p_${pkg.pluginId.replaceAll('-', '_')}`]);
  expect(rows).toEqual([{ live: null }]);
  expect(await plugins().pending(pkg)).toEqual(['0001-step']);
  expect((await install(pkg)).describe()).toEqual(description);
  expect(await plugins().pending(pkg)).toEqual([]);
});

test('the schema may be named in migrations and queries, also as an alias and a column', async () => {
  const schema = 'p_rehearsed_here';
  const pkg = dataPackage(
    [
      `create type ${schema}.mood as enum ('ok');
       create table ${schema}.notes (tenant_id uuid not null default bazaar.current_tenant(), id uuid not null default
         gen_random_uuid(), body text default 'p_rehearsed_here.x', mood ${schema}.mood, primary key (tenant_id, id));
       select bazaar.protect('${schema}.notes');
       create table "${schema}"."${schema}" (tenant_id uuid not null default bazaar.current_tenant(), ${schema} text,
         primary key (tenant_id, ${schema})); -- ${schema}
       select bazaar.protect('"${schema}"."${schema}"');`,
    ],
    {
      pluginId: 'rehearsed-here',
      queries: [
        { name: 'alias', sql: `select ${schema}.id, ${schema}.body from P_REHEARSED_HERE.notes ${schema}` },
        { name: 'column', sql: `select x.${schema} from "${schema}".${schema} x where '${schema}.' <> :other` },
        { name: 'mood', sql: `select :mood::${schema}.mood as mood, id from ${schema}.notes` },
      ],
    },
  );
  const { conflicts, ...description } = await plugins().rehearse(pkg, []);
  expect(conflicts).toEqual([]);
  expect((await install(pkg)).describe()).toEqual(description);
});

test.each<[string, string, string[], Partial<PluginDataPackage>, RegExp]>([
  ['a statement that fails', 'alter table nothing add a int', [], {}, /Migration 0002-step.*"nothing" does not exist/],
  ['an unprotected table', 'create table t (id uuid)', [], {}, /Migration 0002-step was rolled back: table "t" has no/],
  [
    'queries that do not fit',
    'alter table jobs drop column title',
    [],
    { queries: [...QUERIES, { name: 'more', sql: 'select nothing from jobs' }] },
    /"everything" does not fit.*"titles" does not fit.*"more" does not fit/,
  ],
  [
    'a forbidden statement',
    'create extension citext',
    [],
    {},
    /Migration 0002-step .line 1, “create extension citext”.: .*operator’s decision/,
  ],
  ['a forbidden down half', 'alter table jobs add a int -- down drop schema public', [], {}, /0002-step \(down\)/],
  ['a down half that fails', 'alter table jobs add a int -- down alter table jobs drop column b', [], {}, /\(down\)/],
  [
    'a down half that leaves something',
    'alter table jobs add a int; alter table jobs add b int -- down alter table jobs drop column b',
    [],
    {},
    /0002-step \(down\) leaves column jobs\.a int4\./,
  ],
  [
    'a down half that takes too much',
    'alter table jobs add a int -- down alter table jobs drop column a; drop index jobs_created',
    [],
    {},
    /0002-step \(down\) does not bring back index jobs_created\./,
  ],
])('a version that is wrong is refused and changes nothing: %s', async (_what, step, _more, extra, message) => {
  const one = dataPackage(JOBS, { queries: QUERIES });
  const before = (await install(one)).describe();
  const wrong = nextVersion(one, '1.1.0', [step], extra);
  const refusal = plugins().rehearse(wrong, [one]);
  await expect(refusal).rejects.toThrow(PluginDataError);
  await expect(refusal).rejects.toThrow(message);
  await expect(refusal).rejects.not.toThrow(/rehearsal/);
  expect((await install(one)).describe()).toEqual(before);
});

test('an added table and column are no conflict, a removed or changed one is', async () => {
  const one = dataPackage(JOBS, { queries: QUERIES });
  await install(one);
  const two = nextVersion(one, '1.1.0', [
    `alter table jobs add column remote boolean not null default false, add column city text;
     create table cities (tenant_id uuid not null default bazaar.current_tenant(), name text, primary key (tenant_id, name));
     select bazaar.protect('cities');
     -- down
     drop table cities; alter table jobs drop column remote, drop column city;`,
  ]);
  const { conflicts, tables } = await plugins().rehearse(two, [one]);
  expect(conflicts).toEqual([]);
  expect(tables.map(({ table }) => table)).toEqual(['cities', 'jobs']);
  const three = nextVersion(
    one,
    '2.0.0',
    [
      `alter table jobs rename column title to name;
     alter table jobs alter column salary_max type bigint;
     alter table jobs add column city text not null`,
    ],
    { queries: [] },
  );
  expect((await plugins().rehearse(three, [one, { ...one, version: '0.9.0', queries: [] }])).conflicts).toEqual([
    {
      version: '1.0.0',
      reasons: [
        'column "title" of table "jobs" is gone or has another name',
        'column "salary_max" of table "jobs" is int8 and was int4',
        'new rows of table "jobs" need a value for "name", which this version does not know',
        'new rows of table "jobs" need a value for "city", which this version does not know',
        'query "everything" no longer works: column "title" does not exist',
        'query "titles" no longer works: column "title" does not exist',
        'query "raise" no longer works: column "title" does not exist',
      ],
    },
    {
      version: '0.9.0',
      reasons: expect.arrayContaining(['column "title" of table "jobs" is gone or has another name']),
    },
  ]);
});

test('a serving version is held to what its own migrations made, not to what came later', async () => {
  const one = dataPackage(JOBS);
  const two = nextVersion(one, '1.1.0', ['alter table jobs add column city text']);
  await install(two);
  const three = nextVersion(two, '1.2.0', ['alter table jobs drop column city']);
  const { conflicts } = await plugins().rehearse(three, [one, two]);
  expect(conflicts.map(({ version }) => version)).toEqual(['1.1.0']);
});

test('a fault of a serving version is told as its own', async () => {
  const one = dataPackage(JOBS);
  await install(one);
  const broken = { ...one, version: '0.8.0', queries: [{ name: 'q', sql: 'select nothing from jobs' }] };
  const two = nextVersion(one, '1.1.0', ['alter table jobs add column city text']);
  expect((await plugins().rehearse(two, [one, broken])).conflicts).toEqual([
    { version: '0.8.0', reasons: [expect.stringMatching(/Query "q" does not fit/)] },
  ]);
});

test('what only works in a later transaction is found out: a value of an enum that is used as soon as it is added', async () => {
  const one = dataPackage(JOBS);
  await install(one);
  const two = nextVersion(one, '1.1.0', [
    `alter type level add value 'lead'; alter table jobs alter column level set default 'lead'`,
  ]);
  await expect(plugins().rehearse(two, [one])).rejects.toThrow(/0002-step.*unsafe use of new value "lead"/);
});

test('rehearsals at the same time, here and on another node', async () => {
  const node = await openDatabase({
    server: { connection: test_.connection },
    secret: 'secret of the tests',
    logger: silentLogger,
  });
  const [one, other] = [dataPackage(JOBS, { queries: QUERIES }), dataPackage(JOBS)];
  const all = await Promise.all([
    plugins().rehearse(one, []),
    node.plugins.rehearse(one, []),
    plugins().rehearse(other, []),
    node.plugins.rehearse(one, []),
  ]);
  expect(all.map(({ tables }) => tables.length)).toEqual([1, 1, 1, 1]);
  await node.close();
});

test('what a killed process has left is removed by the next rehearsal, of whichever plugin', async () => {
  const admin = await test_.admin();
  const { rows } = await admin.query(
    `select prefix || '_r_' || (select oid from pg_database where datname = current_database()) as role from core.installation`,
  );
  const pkg = dataPackage(JOBS);
  const own = pkg.pluginId.replaceAll('-', '_');
  for (const name of ['gone', own]) {
    await admin.query(`create role ${rows[0].role}_${name}; create schema rehearsal_${name};
      create table rehearsal_${name}.t (); alter table rehearsal_${name}.t owner to ${rows[0].role}_${name}`);
  }
  expect(await leftovers()).toHaveLength(4);
  await plugins().rehearse(pkg, []);
  expect(await leftovers()).toEqual([]);
});
