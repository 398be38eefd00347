import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PluginDataError, type PluginDataPackage } from '../../src/data/index.ts';
import { dataPackage, JOBS, nextVersion } from '../support/plugin-packages.ts';
import { createTestDatabase, seedTenants, type TestDatabase } from '../support/test-database.ts';

let test_: TestDatabase;
let a: string;
let b: string;
beforeAll(async () => {
  test_ = await createTestDatabase({ licensed: true });
  ({ a, b } = await seedTenants(test_.database));
});
afterAll(() => test_.drop());

const plugins = () => test_.database.plugins;
const SHARED = { sharedTables: ['lookup'] };
const LOOKUP = 'create table lookup (key text primary key);';

/** Version 1.0.0, serving, with a job of each tenant. */
async function installed(): Promise<PluginDataPackage> {
  const pkg = dataPackage([`${JOBS} ${LOOKUP}`], SHARED);
  await (await plugins().install(pkg)).close();
  await sql(pkg, `insert into jobs (tenant_id, title) values ('${a}', 'secret of a'), ('${b}', 'secret of b')`);
  return pkg;
}

const schemaOf = ({ pluginId }: PluginDataPackage) => `p_${pluginId.replaceAll('-', '_')}`;

async function sql(pkg: PluginDataPackage, text: string): Promise<Record<string, unknown>[]> {
  const admin = await test_.admin();
  await admin.query(`set search_path = ${schemaOf(pkg)}`);
  return (await admin.query(text)).rows;
}

async function rolesOf(pkg: PluginDataPackage): Promise<{ owner: string; runtime: string; schema: string }> {
  const rows = await sql(pkg, `select kind, role from core.plugin_roles where plugin_id = '${pkg.pluginId}'`);
  const role = (kind: string) => String(rows.find((row) => row.kind === kind)?.role);
  return { owner: role('owner'), runtime: role('runtime'), schema: schemaOf(pkg) };
}

async function upgrade(pkg: PluginDataPackage, step: string, extra: Partial<PluginDataPackage> = {}): Promise<void> {
  const next = nextVersion(pkg, '1.1.0', [step], { ...SHARED, ...extra });
  await plugins().rehearse(next, [pkg]);
  await (await plugins().install(next)).close();
}

const jobs = (pkg: PluginDataPackage) =>
  sql(pkg, `select tenant_id as of, title from jobs order by tenant_id = '${b}', title`);

describe('rows of tenants in migrations', () => {
  test('what changes rows of tenants changes those of each', async () => {
    const pkg = await installed();
    await upgrade(pkg, "update jobs set title = upper(title); insert into lookup values ('SECRET');");
    expect(await jobs(pkg)).toEqual([
      { of: a, title: 'SECRET OF A' },
      { of: b, title: 'SECRET OF B' },
    ]);
    expect(await sql(pkg, 'select key from lookup')).toEqual([{ key: 'SECRET' }]);
  });

  test('rows of their own are made for everybody who has or had a licence', async () => {
    const pkg = await installed();
    await sql(pkg, `delete from jobs; insert into lookup values ('Welcome')`);
    await upgrade(pkg, 'insert into jobs (title) select key from lookup;');
    expect(await jobs(pkg)).toEqual([
      { of: a, title: 'Welcome' },
      { of: b, title: 'Welcome' },
    ]);
  });

  test('rows are changed whose tenant has no licence any more', async () => {
    const pkg = await installed();
    await sql(pkg, `delete from core.licences where plugin_id = '${pkg.pluginId}'`);
    await upgrade(pkg, 'delete from jobs;');
    expect(await jobs(pkg)).toEqual([]);
  });

  test('a table is filled from another, and dropped, in one migration', async () => {
    const pkg = await installed();
    await upgrade(
      pkg,
      `create table titles (tenant_id uuid not null default bazaar.current_tenant(), title text, primary key (tenant_id, title));
       select bazaar.protect('titles');
       insert into titles (title) select title from jobs;
       alter table titles add column length integer;
       with long as (select title from titles where length(title) > 5) update titles set length = 6 where title in (select title from long);
       drop table jobs;`,
    );
    expect(await sql(pkg, `select tenant_id as of, title, length from titles order by tenant_id = '${b}'`)).toEqual([
      { of: a, title: 'secret of a', length: 6 },
      { of: b, title: 'secret of b', length: 6 },
    ]);
  });

  test('more tenants than go into one message', async () => {
    const pkg = await installed();
    await sql(pkg, "insert into jobs (tenant_id, title) select gen_random_uuid(), 'x' from generate_series(1, 250)");
    await upgrade(pkg, "update jobs set title = 'y' where title = 'x';");
    expect(await sql(pkg, 'select title, count(*)::integer as rows from jobs group by title order by title')).toEqual([
      { title: 'secret of a', rows: 1 },
      { title: 'secret of b', rows: 1 },
      { title: 'y', rows: 250 },
    ]);
  });

  test('an error names the line of the statement, whoever it met', async () => {
    const pkg = await installed();
    const step = 'create table more (key text);\ndrop table more;\n\nupdate jobs\n  set title = \n  nothing;\n';
    await expect(upgrade(pkg, step)).rejects.toThrow('Migration 0002-step (line 6): column "nothing" does not exist');
  });
});

const PARTS = `create table parts (tenant_id uuid not null default bazaar.current_tenant(), title text, primary key (tenant_id, title))
  partition by list (tenant_id);`;

/** Upgrades that would show rows of one tenant to another, each with what it is told. */
const HOSTILE: [string, string, RegExp, Partial<PluginDataPackage>?][] = [
  ['to a table of all', 'insert into lookup select title from jobs', /writes to "lookup".*rows of tenants in "jobs"/],
  [
    'to a table of all, by WITH',
    'with x as (insert into lookup select title from jobs returning key) select count(*) from x',
    /writes to "lookup"/,
  ],
  [
    'to a table of all, removing them',
    'with x as (delete from jobs returning title) insert into lookup select title from x',
    /writes to "lookup"/,
  ],
  [
    'to a table of all, through a table without tenants',
    'create table carrier (title text); insert into carrier select title from jobs; insert into lookup select title from carrier; drop table carrier;',
    /writes to "carrier"/,
  ],
  [
    'to a table of all, through a view',
    'create view v with (security_invoker) as select title from jobs; insert into lookup select title from v; drop view v;',
    /writes to "lookup"/,
  ],
  [
    'to a table of all, through a view that can be written to',
    'create view v with (security_invoker) as select key from lookup; insert into v select title from jobs; drop view v;',
    /writes to "v"/,
  ],
  [
    'to others by a view with the rights of the owner',
    'create view v as select title from jobs; insert into jobs (title) select title from v; drop view v;',
    /view "v" reads with its owner's rights/,
  ],
  ['to another tenant', `update jobs set tenant_id = '{b}'`, /row-level security policy/],
  [
    'to another tenant, copied',
    `insert into jobs (tenant_id, title) select '{b}', title from jobs`,
    /row-level security policy/,
  ],
  [
    'through a table that is not protected yet',
    `create table late (tenant_id uuid not null default bazaar.current_tenant(), title text, primary key (tenant_id, title));
     insert into late select '{b}', title from jobs; select bazaar.protect('late');`,
    /"late" are read or written before it is protected/,
  ],
  [
    'through a partition that is not protected',
    `${PARTS} select bazaar.protect('parts'); create table part partition of parts default;
     insert into parts (title) select title from jobs; alter table parts detach partition part;
     insert into lookup select title from part; drop table part;`,
    /"part" are read or written before it is protected/,
  ],
  [
    'as a partition of a table that is not protected',
    `create table parts (like jobs including all) partition by list (tenant_id); alter table parts attach partition jobs default;
     insert into lookup select title from parts; alter table parts detach partition jobs; drop table parts;`,
    /"parts" are read or written before it is protected/,
  ],
  ['by dropping whose they are', 'alter table jobs drop column tenant_id cascade', /tenant_id tells whose a row is/],
  ['by renaming whose they are', 'alter table jobs rename column tenant_id to other', /tenant_id tells whose a row is/],
  ['by renaming something else', 'alter table jobs rename column id to tenant_id', /tenant_id tells whose a row is/],
  [
    'by computing whose they are',
    `alter table jobs alter column tenant_id type uuid using '{b}'::uuid`,
    /tenant_id tells whose a row is/,
  ],
  [
    'by dropping the type of whose they are',
    `create domain whose as uuid;
     create table parts (tenant_id whose not null default bazaar.current_tenant(), title text);
     select bazaar.protect('parts'); insert into parts (title) select title from jobs; drop domain whose cascade;`,
    /"parts" is declared in sharedTables but was protected/,
    { sharedTables: ['lookup', 'parts'] },
  ],
  [
    'by dropping the type of whose they are, and reading on',
    `create domain whose as uuid;
     create table parts (tenant_id whose not null default bazaar.current_tenant(), title text);
     select bazaar.protect('parts'); insert into parts (title) select title from jobs; drop domain whose cascade;
     insert into lookup select title from parts;`,
    /"parts" has lost its tenant_id/,
  ],
  ['on the way to protect', "select bazaar.protect('lookup') from jobs", /bazaar.protect is called alone/],
  ['by a name to protect', 'select bazaar.protect((select title from jobs limit 1))', /bazaar.protect is called alone/],
];

describe('rows of tenants do not get to others', () => {
  test.each(HOSTILE)('%s', async (_name, step, why, extra = {}) => {
    const pkg = await installed();
    const before = await jobs(pkg);
    const failure = await upgrade(pkg, step.replaceAll('{b}', b), extra).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PluginDataError);
    expect((failure as Error).message).toMatch(why);
    expect(await jobs(pkg)).toEqual(before);
    expect(await sql(pkg, 'select key from lookup')).toEqual([]);
  });

  test('and the database refuses it as well: the role in which they run reads of one tenant, and writes nowhere else', async () => {
    const pkg = await installed();
    await upgrade(pkg, "update jobs set title = title || '!'");
    const { owner, runtime, schema } = await rolesOf(pkg);
    const session = new Client({ ...test_.connection, user: owner, options: `-c search_path=${schema}` });
    await session.connect();
    await session.query(`begin; set local role "${runtime}"; set local app.tenant_id = '${a}'`);
    const { rows } = await session.query('select title from jobs');
    expect(rows).toEqual([{ title: 'secret of a!' }]);
    await expect(session.query('insert into lookup select title from jobs')).rejects.toThrow(
      'permission denied for table lookup',
    );
    await session.end();
  });
});
