import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../src/data/index.ts';
import { whenTablesAreFree } from '../../src/data/plugin-schema/migration-locks.ts';
import type { Log } from '../../src/logging/index.ts';
import { dataPackage, JOBS, nextVersion } from '../support/plugin-packages.ts';
import { APPLICATIONS, QUERIES, Serving } from '../support/serving-plugin.ts';
import { createTestDatabase, seedTenants, silentLogger, type TestDatabase } from '../support/test-database.ts';

let test_: TestDatabase;
let tenants: string[];
beforeAll(async () => {
  test_ = await createTestDatabase({ licensed: true });
  const { a, b } = await seedTenants(test_.database);
  tenants = [a, b];
});
afterAll(() => test_.drop());

const plugins = () => test_.database.plugins;

const PATIENT = { timeout: 30_000 };

test('the old version serves on while a migration changes its tables and the new one opens', {
  timeout: 120_000,
}, async () => {
  const one = dataPackage([JOBS, APPLICATIONS], { queries: QUERIES });
  const old = await plugins().install(one);
  const before = old.describe();
  const node = await openDatabase({
    server: { connection: test_.connection },
    secret: 'secret of the tests',
    logger: silentLogger,
  });
  const elsewhere = await node.plugins.open(one, before);
  const serving = new Serving([old, elsewhere], tenants);
  await expect.poll(() => serving.rounds, PATIENT).toBeGreaterThan(50);
  const steps = [
    `alter table jobs add column city text not null default 'Berlin', add column note text;
     alter table applications add column state text not null default 'new', add column title text;
     create index jobs_city on jobs (tenant_id, city);`,
    `create table offers (tenant_id uuid not null default bazaar.current_tenant(), id uuid not null default gen_random_uuid(),
       job_id uuid, application_id uuid, primary key (tenant_id, id),
       foreign key (tenant_id, job_id) references jobs (tenant_id, id),
       foreign key (tenant_id, application_id) references applications (tenant_id, id));
     select bazaar.protect('offers');
     update jobs set note = 'seen'; update applications set state = 'old';`,
    `alter table applications add column since timestamptz; alter table jobs drop column note;
     alter table jobs add constraint city_given check (city <> '');`,
  ];
  // In the new version the result would have two columns "title"; the old one never sees the second.
  const queries = QUERIES.map(({ name, sql }) => ({ name, sql: sql.replace('j.title', 'j.title as job_title') }));
  let version = one;
  for (const [index, step] of steps.entries()) {
    const next = nextVersion(version, `1.${index + 1}.0`, [step], { queries });
    expect((await plugins().rehearse(next, [one])).conflicts).toEqual([]);
    const rounds = serving.rounds;
    const newer = await plugins().install(next);
    await expect.poll(() => serving.rounds, PATIENT).toBeGreaterThan(rounds + 30);
    const unit = newer.open({
      tenantId: tenants[0] ?? '',
      readOnly: true,
      actor: { kind: 'system', userId: null },
      requestId: 'r',
    });
    expect(Object.keys((await unit.query('jobs', {}))[0] ?? {})).toContain('city');
    await newer.close();
    version = next;
  }
  await serving.stop();
  expect(serving.errors).toEqual([]);
  expect(serving.strange).toEqual([]);
  expect(old.describe()).toEqual(before);
  await old.close();
  await elsewhere.close();
  await node.close();
});

test('a migration waits for a transaction that uses its table, and lets others pass meanwhile', {
  timeout: 60_000,
}, async () => {
  const one = dataPackage([JOBS], { queries: QUERIES.filter(({ name }) => name === 'jobs') });
  const old = await plugins().install(one);
  const unit = () =>
    old.open({ tenantId: tenants[0] ?? '', readOnly: false, actor: { kind: 'system', userId: null }, requestId: 'r' });
  const long = unit();
  await long.insert('jobs', [{ title: 'A' }]);
  let migrated = false;
  const migration = plugins()
    .install(nextVersion(one, '1.1.0', ['alter table jobs add column city text']))
    .then((plugin) => {
      migrated = true;
      return plugin.close();
    });
  const until = Date.now() + 3_000;
  let reads = 0;
  while (Date.now() < until) {
    const other = unit();
    await other.query('jobs', {});
    await other.commit();
    reads++;
  }
  expect(reads).toBeGreaterThan(3);
  expect(migrated).toBe(false);
  await long.commit();
  await migration;
  await old.close();
});

test('a vacuum in the way is waited for, as PostgreSQL ends it then', { timeout: 60_000 }, async () => {
  const one = dataPackage([JOBS]);
  await (await plugins().install(one)).close();
  const [vacuum, admin] = [await test_.admin(), await test_.admin()];
  const table = `p_${one.pluginId.replaceAll('-', '_')}.jobs`;
  await vacuum.query(`begin; lock table ${table} in share update exclusive mode`);
  const migration = plugins().install(nextVersion(one, '1.1.0', ['alter table jobs add column city text']));
  const waiting = async () => {
    const { rows } = await admin.query('select from pg_locks where not granted and relation = $1::regclass', [table]);
    return rows.length;
  };
  await expect.poll(waiting, { ...PATIENT, interval: 20 }).toBe(1);
  await vacuum.query('commit');
  await (await migration).close();
});

test('a migration that never gets its table says who keeps it', async () => {
  const one = dataPackage([JOBS]);
  const plugin = await plugins().install(one);
  const schema = `p_${one.pluginId.replaceAll('-', '_')}`;
  const unit = plugin.open({
    tenantId: tenants[0] ?? '',
    readOnly: false,
    actor: { kind: 'system', userId: null },
    requestId: 'r',
  });
  await unit.insert('jobs', [{ title: 'A' }]);
  const [admin, other] = [await test_.admin(), await test_.admin()];
  const attempt = async () => {
    await other.query(`begin; set local lock_timeout = '50ms'`);
    try {
      await other.query(`lock table ${schema}.jobs in access exclusive mode`);
    } finally {
      await other.query('rollback');
    }
  };
  const patience = { pluginId: one.pluginId, schema, owner: 'nobody', milliseconds: 600 };
  await expect(whenTablesAreFree(admin, patience, attempt)).rejects.toThrow(
    /were in use for 1 s, so that its migrations could not begin; nothing has changed\. Since \d+ s, a transaction of \w+ has been using jobs/,
  );
  await unit.rollback();
  await whenTablesAreFree(admin, patience, attempt);
  await plugin.close();
});

test('of two nodes that install the same version one migrates and the other waits', async () => {
  const migrated: unknown[] = [];
  const logger: Log = {
    ...silentLogger,
    info: (facts, message) => {
      if (message === 'plugin migrated') migrated.push(facts);
    },
  };
  const node = () => openDatabase({ server: { connection: test_.connection }, secret: 'secret of the tests', logger });
  const nodes = [await node(), await node(), await node()];
  const pkg = dataPackage([JOBS, APPLICATIONS], { queries: QUERIES });
  const both = await Promise.all(nodes.map(({ plugins: data }) => data.install(pkg)));
  expect(migrated).toEqual([{ plugin: pkg.pluginId, migrations: ['0001-step', '0002-step'] }]);
  for (const plugin of both) expect(plugin.describe()).toEqual(both[0]?.describe());
  await Promise.all(both.map((plugin) => plugin.close()));
  await Promise.all(nodes.map((database) => database.close()));
});
