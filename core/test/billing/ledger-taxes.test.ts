import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { AT_ONCE, balances } from './support/balances.ts';
import { type BillingNode, type Order, startBillingNode, type Tenant } from './support/billing-node.ts';

let node: BillingNode;
let buyer: Tenant;

beforeAll(async () => {
  node = await startBillingNode({ tax: true });
  buyer = await node.tenant('taxed');
}, 60_000);
afterAll(() => node?.close());

test('with taxes, a payment is booked when its invoice says how much of it is tax, also where the payer returns before that', async () => {
  const body = { plugin: 'wares' };
  const order = await buyer.ok<Order>('POST', '/api/billing/purchases', body);
  await node.control('POST', '/deliveries/pause');
  await buyer.pay(order.checkoutUrl, AT_ONCE, { country: 'DE' });
  const { charge } = node.gateway;
  const early = vi.spyOn(node.gateway, 'charge').mockImplementation(async (id) => {
    const found = await charge(id);
    return found && { ...found, invoice: null };
  });
  const session = order.checkoutUrl.split('/').at(-1);
  expect(await buyer.ok('POST', '/api/billing/confirm', { session })).toMatchObject({ state: 'completed' });
  expect(await buyer.licence('wares')).toMatchObject({ state: 'active' });
  expect(await balances(node)).toEqual({});
  early.mockRestore();
  await node.control('POST', '/deliveries/start');
  await node.settle();
  const { items } = await buyer.ok<{ items: { total: number; tax: number }[] }>('GET', '/api/billing/invoices');
  expect(items).toEqual([expect.objectContaining({ total: 11_900, tax: 1_900 })]);
  expect(await balances(node)).toMatchObject({ tax: -1_900, 'platform-fee': -1_500, 'publisher-share': -8_500 });
  const operate = await node.operator();
  await operate('POST', `/api/operator/billing/purchases/${order.id}/refund`, { amount: 5_950 });
  await node.settle();
  expect(await balances(node)).toMatchObject({ tax: -950, 'platform-fee': -750, 'publisher-share': -4_250 });
});
