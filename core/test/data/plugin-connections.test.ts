import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase, type PluginDatabase } from '../../src/data/index.ts';
import { dataPackage, JOBS } from '../support/plugin-packages.ts';
import { createTestDatabase, seedTenants, silentLogger, type TestDatabase } from '../support/test-database.ts';

const BUDGET = 6;
const PLUGINS = 60;

let test_: TestDatabase;
let small: Database;
let tenant: string;
beforeAll(async () => {
  test_ = await createTestDatabase({ licensed: true });
  tenant = (await seedTenants(test_.database)).a;
  small = await openDatabase({
    server: { connection: test_.connection },
    secret: 'secret of the tests',
    logger: silentLogger,
    pluginConnections: BUDGET,
  });
});
afterAll(async () => {
  await small.close();
  await test_.drop();
});

/** Connections of plugins' runtime roles to this database. */
async function connections(): Promise<number> {
  const { rows } = await (await test_.admin()).query<{ n: number }>(
    `select count(*)::int as n from pg_stat_activity where datname = current_database() and usename like '%\\_p\\_%'`,
  );
  return rows[0]?.n ?? 0;
}

test('what a plugin’s sorts may put on the disk is limited from its installation on, and of old ones at the next start', async () => {
  const pkg = dataPackage(JOBS);
  await (await small.plugins.install(pkg)).close();
  const role = `%\\_p\\_${pkg.pluginId.replaceAll('-', '\\_')}`;
  const admin = await test_.admin();
  const limits = async () => {
    const { rows } = await admin.query(
      'select rolname as role, rolconfig as settings from pg_roles where rolname like $1',
      [role],
    );
    return rows as { role: string; settings: string[] | null }[];
  };
  const limited = [expect.objectContaining({ settings: ['temp_file_limit=32MB'] })];
  expect(await limits()).toEqual(limited);
  // As versions of the platform left it that did not know the limit.
  await admin.query(`alter role ${(await limits())[0]?.role} reset temp_file_limit`);
  const again = await openDatabase({
    server: { connection: test_.connection },
    secret: 'secret of the tests',
    logger: silentLogger,
  });
  await again.close();
  expect(again.warnings).toEqual(small.warnings);
  expect(await limits()).toEqual(limited);
});

test('many plugins share few connections: opening one costs none, idle ones give way, all are served', async () => {
  const pkg = dataPackage(JOBS, {
    queries: [{ name: 'add', sql: 'insert into jobs (title) values (:title) returning *' }],
  });
  const first = await small.plugins.install(pkg);
  const known = first.describe();
  await first.close();
  await expect.poll(connections).toBe(0);
  // Pools belong to opened versions, hence these are as many plugins to the budget.
  const opened: PluginDatabase[] = [];
  for (let index = 0; index < PLUGINS; index++) opened.push(await small.plugins.open(pkg, known));
  expect(await connections()).toBe(0);

  let most = 0;
  const use = async (plugin: PluginDatabase, readOnly: boolean) => {
    const unit = plugin.open({ tenantId: tenant, readOnly, actor: { kind: 'system', userId: null }, requestId: 'r' });
    try {
      if (readOnly) await unit.count('jobs', {});
      else await unit.query('add', { title: 'A' });
      await unit.commit();
    } finally {
      await unit.rollback();
    }
  };
  const watch = setInterval(() => {
    void connections().then((now) => {
      most = Math.max(most, now);
    });
  }, 20);
  for (let round = 0; round < 3; round++) {
    const queue = opened.map((plugin, index) => () => use(plugin, index % 2 === 0));
    await Promise.all(
      Array.from({ length: 10 }, async () => {
        for (let work = queue.shift(); work; work = queue.shift()) await work();
      }),
    );
  }
  clearInterval(watch);
  expect(await test_.database.plugins.rows(pkg.pluginId)).toEqual([{ table: 'jobs', rows: (3 * PLUGINS) / 2 }]);
  // Connections that give way may still be closing on the server, whose processes come after everything else.
  expect(most).toBeLessThan(PLUGINS);
  await expect.poll(connections).toBeLessThanOrEqual(BUDGET);
  await Promise.all(opened.map((plugin) => plugin.close()));
});
