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

test('what could not be ended yet says why, and makes way for the next operation', async () => {
  const journal = new Journal(platform.database.platform);
  const id = await journal.begin('upgrade', 'stock', {}, PLATFORM);
  await journal.giveUp('stock');
  expect([await journal.isRunning('stock'), (await journal.get(id))?.state]).toEqual([true, 'running']);
  await journal.postpone(id, 'The disk is full.');
  expect(await journal.get(id)).toMatchObject({ state: 'running', error: 'The disk is full.', finishedAt: null });
  // It is taken up again, unless something else is asked for.
  expect(await journal.running()).toEqual([{ id, plugin: 'stock' }]);
  expect(await journal.isRunning('stock')).toBe(false);
  await journal.giveUp('stock');
  const ended = await journal.get(id);
  expect(ended).toMatchObject({ state: 'failed', error: 'The disk is full.', outcome: { recovered: true } });
  expect(ended?.finishedAt).not.toBeNull();
  expect(await journal.running()).toEqual([]);
});

test('what was ended in the end has no error', async () => {
  const journal = new Journal(platform.database.platform);
  const id = await journal.begin('upgrade', 'stock', {}, PLATFORM);
  await journal.postpone(id, 'The disk is full.');
  await journal.end(id, 'done', { recovered: true });
  expect(await journal.get(id)).toMatchObject({ state: 'done', error: null });
});
