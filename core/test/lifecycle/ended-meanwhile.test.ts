import { afterAll, beforeAll, expect, test } from 'vitest';
import { Journal } from '../../src/lifecycle/journal.ts';
import { PLATFORM } from '../../src/lifecycle/operator-audit.ts';
import { Switches } from '../../src/lifecycle/switches.ts';
import { createTestDatabase, seedTenants, type TestDatabase } from '../support/test-database.ts';

let platform: TestDatabase;
let tenant: string;
beforeAll(async () => {
  platform = await createTestDatabase();
  tenant = (await seedTenants(platform.database)).a;
  await platform.database.platform.query(`insert into core.plugins (id) values ('stock')`);
});
afterAll(() => platform.drop());

test.each(['undone', 'failed', 'done'] as const)(
  'what another node has ended as %s takes no effect any more',
  async (state) => {
    const sql = platform.database.platform;
    const journal = new Journal(sql);
    const generation = async () => (await sql.query('select value from core.plugin_generation')).rows;
    const before = await generation();
    const id = await journal.begin('pin', 'stock', {}, PLATFORM);
    // The node that began it has lost its lock without knowing.
    await journal.end(id, state, { recovered: true });
    await expect(new Switches(sql).of({ id }).pin('stock', tenant, null, PLATFORM)).rejects.toThrow(
      'another node has ended it',
    );
    expect(await generation()).toEqual(before);
    expect((await sql.query(`select from core.tenant_plugins where plugin_id = 'stock'`)).rows).toEqual([]);
    expect((await sql.query(`select from core.audit_log where plugin_id = 'stock'`)).rows).toEqual([]);
  },
);
