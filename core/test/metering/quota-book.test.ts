import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { SYSTEM_TRACE } from '../../src/audit/index.ts';
import { createChanges } from '../../src/caching/index.ts';
import { type Database, openDatabase } from '../../src/data/index.ts';
import { QuotaBook } from '../../src/metering/quota-book.ts';
import { createTestDatabase, seedTenants, silentLogger, type TestDatabase } from '../support/test-database.ts';

vi.setConfig({ hookTimeout: 60_000 });

let test: TestDatabase;
let elsewhere: Database;
let tenant: string;
beforeAll(async () => {
  test = await createTestDatabase();
  elsewhere = await openDatabase({
    server: { connection: test.connection },
    secret: 'secret of the tests',
    logger: silentLogger,
  });
  tenant = (await seedTenants(test.database)).a;
});
afterAll(async () => {
  await elsewhere.close();
  await test.drop();
});

const open = (db: Database) => new QuotaBook({ db, changes: createChanges(db.bus, silentLogger), log: silentLogger });

it('tells the other nodes of what was changed, and knows it again after a start', async () => {
  const [here, there] = [open(test.database), open(elsewhere)];
  await Promise.all([here.start(), there.start()]);
  await here.change('crm', { tenant: { rows: 7 } }, tenant, SYSTEM_TRACE);
  expect(here.of('crm').tenant.rows).toBe(7);
  await vi.waitFor(() => expect(there.of('crm').tenant.rows).toBe(7), { timeout: 20_000 });

  await there.change('*', { call: { rows: 9 } }, tenant, SYSTEM_TRACE);
  await vi.waitFor(() => expect(here.of('other').call.rows).toBe(9), { timeout: 20_000 });
  expect(here.of('crm')).toMatchObject({ tenant: { rows: 7 }, call: { rows: 9 } });

  const later = open(test.database);
  await later.start();
  expect(later.of('crm')).toEqual(here.of('crm'));
  for (const book of [here, there, later]) book.stop();
});

it('the last of many changes at a time is what holds', async () => {
  const book = open(test.database);
  await book.start();
  for (let rows = 1; rows <= 20; rows += 1) {
    await book.change('crm', { call: { rows } }, tenant, SYSTEM_TRACE);
    expect(book.of('crm').call.rows).toBe(rows);
  }
  await Promise.all([3, 4, 5].map((rows) => book.change('crm', { call: { rows } }, tenant, SYSTEM_TRACE)));
  const { rows } = await test.database.platform.query<{ rows: number }>(
    `select (changes -> 'call' ->> 'rows')::int as rows from core.plugin_quotas where plugin_id = 'crm'`,
  );
  await vi.waitFor(() => expect(book.of('crm').call.rows).toBe(rows[0]?.rows), 20_000);
  book.stop();
});
