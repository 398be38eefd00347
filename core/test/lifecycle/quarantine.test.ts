import { afterAll, beforeAll, expect, test } from 'vitest';
import { OperatedPlatform } from './support/operated-platform.ts';
import { packed, spinning } from './support/stock-package.ts';
import type { TestSession } from './support/test-session.ts';

let platform: OperatedPlatform;
let admin: TestSession;
beforeAll(async () => {
  platform = await OperatedPlatform.start();
  admin = await platform.admin();
}, 120_000);
afterAll(() => platform?.stop());

const add = async (name: string) =>
  (await platform.fetch('POST', '/api/p/stock/goods', { name }, 'acme-staffing')).status;
/** What waits for the tenant's admin. */
const told = () =>
  admin.rows(`select state, priority from core.tasks where kind = 'PLUGIN_QUARANTINED' and state = 'open'`);
const state = async () => {
  const {
    state: now,
    reason,
    versions,
  } = await platform.call<{
    state: string;
    reason: string | null;
    versions: { quarantine: string | null }[];
  }>('GET', '/api/operator/plugins/stock');
  return { now, reason, quarantine: versions[0]?.quarantine ?? null };
};

test('a version that does harm is stopped, says why, and runs again when the operator says so', {
  timeout: 180_000,
}, async () => {
  const archive = await packed(platform.folder, spinning());
  await platform.call('POST', '/api/operator/plugins?grantAll=true', archive);
  await platform.call('POST', '/api/licences/stock/trial', {}, 'acme-staffing');
  expect(await add('fine')).toBe(200);
  for (let round = 0; round < 2; round += 1) {
    await expect
      .poll(
        async () => {
          await add('spin');
          return (await state()).now;
        },
        { timeout: 80_000 },
      )
      .toBe('quarantined');
    const { reason, quarantine } = await state();
    expect(reason).toMatch(/\w{4}/);
    expect(quarantine).toBe(reason);
    // The tenant's admin sees what it is, that it was stopped and why, and is offered nothing that cannot be done.
    expect(await platform.call('GET', '/api/plugins/stock', undefined, 'acme-staffing')).toMatchObject({
      state: 'quarantined',
      reason,
      publisher: expect.stringMatching(/./),
      description: expect.stringMatching(/./),
      trial: { available: false },
    });
    expect(await add('fine')).toBe(503);
    expect(await told()).toEqual([{ state: 'open', priority: 'urgent' }]);
    expect(await platform.call('POST', '/api/operator/plugins/stock/enable', {})).toMatchObject({
      tenant: null,
      operation: { kind: 'release', state: 'done' },
    });
    expect(await state()).toEqual({ now: 'active', reason: null, quarantine: null });
    expect(await add('fine')).toBe(200);
    expect(await told()).toEqual([]);
  }
  // There is nothing to be lifted any more, and nothing to be told of it.
  await platform.call('POST', '/api/operator/plugins/stock/enable', {});
  const log = await admin.rows(
    `select action, actor_kind as kind, plugin_id as plugin, entity_id as entity, detail from core.audit_log
       where action like 'plugin.quarantine%' order by at`,
  );
  const about = { plugin: 'stock', entity: 'stock' };
  const stopped = {
    action: 'plugin.quarantined',
    kind: 'system',
    ...about,
    detail: { version: '1.0.0', reason: expect.stringMatching(/\w{4}/) },
  };
  const lifted = { action: 'plugin.quarantine-lifted', kind: 'user', ...about, detail: { versions: ['1.0.0'] } };
  expect(log).toEqual([stopped, lifted, stopped, lifted]);
});
