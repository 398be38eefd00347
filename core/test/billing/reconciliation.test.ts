import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { PASSWORD } from '../support/people.ts';
import { type BillingNode, DISPUTED, startBillingNode, type Tenant } from './support/billing-node.ts';

let node: BillingNode;
let acme: Tenant;
let other: Tenant;

beforeAll(async () => {
  node = await startBillingNode();
  [acme, other] = await Promise.all([node.tenant('acme'), node.tenant('other')]);
  await node.operator();
  await acme.buy('crm');
  await acme.subscribe({ plugin: 'desk', interval: 'monthly', seats: 6 });
  await other.buy('zen', DISPUTED);
  const { data } = await node.stripe('GET', 'disputes');
  const [dispute] = data as { id: string }[];
  await node.stripe('POST', `disputes/${dispute?.id}/close`);
  await node.settle();
}, 60_000);
afterAll(() => node?.close());

test('comparing finds what was tampered with, shows it, and mends it', async () => {
  const { platform } = node.test.database;
  expect(await node.billing.reconciler.compare()).toMatchObject({ differences: [], failures: [] });
  await platform.query(
    "update core.licences set expires_at = now() + interval '99 years' where tenant_id = $1 and plugin_id = 'desk'",
    [acme.id],
  );
  await platform.query("update core.subscriptions set quantity = 99 where tenant_id = $1 and plugin_id = 'desk'", [
    acme.id,
  ]);
  await platform.query(
    `insert into core.licences (tenant_id, plugin_id, kind, source) values ($1, 'desk', 'purchased', 'purchase:${acme.id}')`,
    [other.id],
  );
  const tampered = [
    `update core.purchases set amount_refunded = 1 where tenant_id = $1 and plugin_id = 'crm' and state = 'completed'`,
    `update core.invoices set total = 1 where tenant_id = $1 and plugin_id = 'crm' and number in
       (select min(number) from core.invoices where tenant_id = $1 and plugin_id = 'crm')`,
  ];
  for (const statement of tampered) await platform.query(statement, [acme.id]);
  await platform.query("update core.disputes set state = 'won' where state = 'lost'");
  const seen = await node.billing.reconciler.compare();
  expect(seen.differences.map(({ what, plugin, tenantId }) => [what, plugin, tenantId])).toEqual(
    expect.arrayContaining([
      ['subscription', 'desk', acme.id],
      ['licence', 'desk', acme.id],
      ['licence', 'desk', other.id],
      ['purchase', 'crm', acme.id],
      ['invoice', 'crm', acme.id],
      ['dispute', 'zen', expect.any(String)],
    ]),
  );
  const asText = await reconcile('--check');
  expect(asText.code).toBe(1);
  expect(asText.text).toMatch(/subscription \S+ of desk, tenant \S+: quantity is 99 here, 6 there/);
  expect(asText.text).toMatch(/purchase \S+ of crm, tenant \S+: amountRefunded is 1 here, 0 there/);
  expect(asText.text).toMatch(/invoice \S+ of crm, tenant \S+: total is 1 here, 50000 there/);
  expect(asText.text).toMatch(/dispute \S+ of zen, tenant \S+: state is won here, lost there/);
  expect(asText.text).toMatch(
    new RegExp(`licence desk, tenant ${other.id}: source is purchase:\\S+ here, nothing there`),
  );
  expect(asText.text).toMatch(/\d+ compared, \d+ differ\.$/);
  const asJson = await reconcile('--check', '--json', '--tenant', acme.id);
  expect(asJson.code).toBe(1);
  const { compared, differences } = JSON.parse(asJson.text) as typeof seen;
  expect(compared).toBe(1);
  expect(new Set(differences.map(({ what }) => what))).toEqual(
    new Set(['subscription', 'purchase', 'invoice', 'licence']),
  );
  expect(await acme.licence('desk')).toMatchObject({ seats: { limit: 6 } });
  const mended = await reconcile();
  expect([mended.code, mended.text.split('\n').at(-1)]).toEqual([
    0,
    expect.stringMatching(`, ${seen.differences.length} differ, mended\\.$`),
  ]);
  expect(await reconcile('--check')).toMatchObject({ code: 0, text: expect.stringMatching(/nothing differs\.$/) });
  expect(await node.billing.reconciler.compare()).toMatchObject({ differences: [] });
  expect(await other.licence('desk')).toMatchObject({ state: 'revoked' });
});
/** `bazaar billing reconcile`, as an operator of this node. */
async function reconcile(...args: string[]): Promise<{ code: number; text: string }> {
  vi.stubEnv('BAZAAR_OPERATOR_EMAIL', 'operator@platform.test');
  vi.stubEnv('BAZAAR_OPERATOR_PASSWORD', PASSWORD);
  const lines: string[] = [];
  const say = (line: string) => lines.push(line);
  const output = { out: say, err: say, confirm: async () => false };
  const code = await run(['billing', 'reconcile', ...args, '--url', node.node.url], output);
  vi.unstubAllEnvs();
  return { code, text: lines.join('\n') };
}
