import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { PluginDatabase, PluginDataPackage } from '../../src/data/index.ts';
import { dataPackage, JOBS, nextVersion } from '../support/plugin-packages.ts';
import { createTestDatabase, seedTenants, type TestDatabase } from '../support/test-database.ts';

let test_: TestDatabase;
let tenant: string;
beforeAll(async () => {
  test_ = await createTestDatabase({ licensed: true });
  tenant = (await seedTenants(test_.database)).a;
});
afterAll(() => test_.drop());

let opened: PluginDatabase[] = [];
afterEach(async () => {
  await Promise.all(opened.map((one) => one.close()));
  opened = [];
});

async function keep(opening: Promise<PluginDatabase>): Promise<PluginDatabase> {
  const plugin = await opening;
  opened.push(plugin);
  return plugin;
}

const plugins = () => test_.database.plugins;
const unit = (plugin: PluginDatabase, readOnly = false) =>
  plugin.open({ tenantId: tenant, readOnly, actor: { kind: 'system', userId: null }, requestId: 'r' });

async function committed<T>(plugin: PluginDatabase, work: (one: ReturnType<typeof unit>) => Promise<T>): Promise<T> {
  const one = unit(plugin);
  try {
    const result = await work(one);
    await one.commit();
    return result;
  } finally {
    await one.rollback();
  }
}

const QUERIES: PluginDataPackage['queries'] = [
  { name: 'all', sql: 'select * from jobs where title = :title' },
  {
    name: 'pairs',
    sql: `select a.*, 'x' as mark, count(*) over () as n, b.* from jobs a
      cross join (select title as other_title, tags as other_tags from jobs) b`,
  },
  { name: 'add', sql: 'insert into jobs (title) values (:title) returning *' },
  { name: 'change', sql: 'update jobs j set salary_max = :max where title = :title returning j.*' },
  { name: 'remove', sql: 'delete from jobs where title = :title returning *, 1 as one' },
];

test('a version opened by what it knows serves as it did, without asking the database', async () => {
  const pkg = dataPackage(JOBS, { queries: QUERIES });
  const first = await keep(plugins().install(pkg));
  const known = JSON.parse(JSON.stringify(first.describe()));
  expect(known).toEqual(first.describe());
  const again = await keep(plugins().open(pkg, known));
  expect(again.describe()).toEqual(known);
  const added = await committed(again, (one) => one.query('add', { title: 'Engineer' }));
  expect(await unit(again, true).query('all', { title: 'Engineer' })).toEqual(added);
  expect(await unit(first, true).query('pairs', {})).toEqual(await unit(again, true).query('pairs', {}));
  expect(await unit(again, true).find('jobs', {})).toHaveLength(1);
  await expect(committed(again, (one) => one.insert('jobs', [{ title: '' }]))).rejects.toMatchObject({
    code: 'invalid-input',
    errors: [{ pointer: '/title' }],
  });
});

test('tables and columns that came later stay invisible to it', async () => {
  const one = dataPackage(JOBS, { queries: QUERIES });
  const known = (await keep(plugins().install(one))).describe();
  const two = nextVersion(one, '1.1.0', [
    `alter table jobs add column city text; create table cities (tenant_id uuid not null default bazaar.current_tenant(), name text, primary key (tenant_id, name));
     select bazaar.protect('cities');`,
  ]);
  const newer = await keep(plugins().install(two));
  const older = await keep(plugins().open(one, known));
  const [row] = await committed(older, (unit_) => unit_.query('add', { title: 'A' }));
  expect(Object.keys(row ?? {})).not.toContain('city');
  expect(await committed(older, (unit_) => unit_.query('change', { title: 'A', max: 1 }))).toEqual([
    { ...row, salaryMax: 1 },
  ]);
  expect(Object.keys((await unit(older, true).find('jobs', {}))[0] ?? {})).not.toContain('city');
  expect(Object.keys((await unit(newer, true).query('all', { title: 'A' }))[0] ?? {})).toContain('city');
  await expect(unit(older, true).find('cities', {})).rejects.toThrow(/no table “cities”/);
  expect(await plugins().misfits(one, known)).toEqual([]);
});

test('it is opened on the schema as it is: what does not fit is named, nothing is migrated', async () => {
  const one = dataPackage(JOBS, { queries: QUERIES });
  const known = (await keep(plugins().install(one))).describe();
  const two = nextVersion(one, '2.0.0', ['alter table jobs drop column title'], { queries: [] });
  await expect(plugins().open({ ...two, queries: [{ name: 'q', sql: 'select nothing from jobs' }] })).rejects.toThrow(
    /Query "q" does not fit the tables/,
  );
  await keep(plugins().open(two));
  expect(await plugins().pending(two)).toEqual(['0002-step']);
  await keep(plugins().install(two));
  await expect(plugins().open(one)).rejects.toThrow(/"all" does not fit.*"pairs" does not fit.*"add" does not fit/);
  expect((await plugins().misfits(one, known)).slice(0, 2)).toEqual([
    'column "title" of table "jobs" is gone or has another name',
    'query "all" no longer works: column "title" does not exist',
  ]);
});

test('a version that was never installed has nothing to open', async () => {
  await expect(plugins().open(dataPackage(JOBS))).rejects.toThrow(/has no tables here: install it first/);
});
