import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase, type PluginDatabase } from '../../src/data/index.ts';
import { dataPackage, JOBS } from '../support/plugin-packages.ts';
import { createTestDatabase, seedTenants, silentLogger, type TestDatabase } from '../support/test-database.ts';

let test_: TestDatabase;
let hungry: PluginDatabase;
let honest: PluginDatabase;
let tenantId: string;
beforeAll(async () => {
  test_ = await createTestDatabase({ licensed: true });
  tenantId = (await seedTenants(test_.database)).a;
  const queries = [
    { name: 'hungry', sql: "select length(repeat('x', 900000000))::int as n" },
    {
      name: 'gather',
      // Of long pieces: made letter by letter, it would meet the time limit first on a busy machine.
      sql: "select length(string_agg(repeat(repeat('x', 10000), 100), ''))::int as n from generate_series(1, 1000) n",
    },
    { name: 'add', sql: 'insert into jobs (title) values (:title) returning title' },
  ];
  hungry = await test_.database.plugins.install(dataPackage(JOBS, { queries }));
  honest = await test_.database.plugins.install(dataPackage(JOBS, { queries }));
});
afterAll(async () => {
  await hungry.close();
  await honest.close();
  await test_.drop();
});

const open = (plugin: PluginDatabase, readOnly: boolean) =>
  plugin.open({ tenantId, readOnly, actor: { kind: 'system', userId: null }, requestId: 'r' });

/** Writes a row and commits it. */
async function add(plugin: PluginDatabase): Promise<unknown> {
  const unit = open(plugin, false);
  const rows = await unit.query('add', { title: 'A' });
  await unit.commit();
  return rows;
}

const REFUSED = { code: 'unavailable', reason: 'out-of-memory' };

// Other systems do not enforce the limit.
test.runIf(process.platform === 'linux')(
  'a statement that wants more memory than a session may have is refused, on all connections at once, and nobody else notices',
  async () => {
    // Loses its connection when the server loses a process, and with it all others.
    const witness = await test_.admin();
    const { rows: before } = await witness.query('select pg_backend_pid() as pid');
    const all = await Promise.allSettled([
      ...Array.from({ length: 9 }, () => open(hungry, true).query('hungry', {})),
      // The value would be made bit by bit.
      open(hungry, true).query('gather', {}),
    ]);
    for (const one of all) expect(one).toMatchObject({ status: 'rejected', reason: REFUSED });
    expect(await add(honest)).toEqual([{ title: 'A' }]);
    expect(await add(hungry)).toEqual([{ title: 'A' }]);
    const { rows: after } = await witness.query('select pg_backend_pid() as pid');
    expect(after).toEqual(before);
  },
);

test('after such a statement the work is undone, and its connection serves again', async () => {
  const unit = open(hungry, false);
  await unit.query('add', { title: 'B' });
  await expect(unit.query('hungry', {})).rejects.toMatchObject(REFUSED);
  await expect(unit.commit()).rejects.toMatchObject(REFUSED);
  expect(await open(hungry, true).count('jobs', { title: 'B' })).toBe(0);
});

test('what could not be limited stands among the warnings of the platform', async () => {
  const warning = { code: 'database-memory-unlimited', message: 'for this test' };
  const database = await openDatabase({
    server: { connection: test_.connection, warnings: [warning] },
    secret: 'secret of the tests',
    logger: silentLogger,
  });
  expect(database.warnings).toContainEqual(warning);
  await database.close();
});
