import { describe, expect, it } from 'vitest';
import { isSameOrder, keptTrial, type OrderRequest, orderOf } from './order.ts';

const manifest = (pricing: object) => ({ id: 'crm', name: 'CRM', pricing }) as never;
const EUR = { currency: 'EUR', oneTime: 50000, monthly: 2900 };
const request = (change: Partial<OrderRequest> = {}): OrderRequest => ({
  plugin: 'crm',
  plan: 'monthly',
  method: 'checkout',
  ...change,
});
const NOW = new Date('2026-11-21T10:00:00.500Z');
const inHours = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);

describe('an order', () => {
  it('is of what is offered', () => {
    expect(orderOf(manifest(EUR), request())).toMatchObject({ quantity: 1, seats: null, offer: { unitAmount: 2900 } });
    const perSeat = manifest({ ...EUR, perSeat: true });
    expect(orderOf(perSeat, request({ seats: 7 }))).toMatchObject({ quantity: 7, seats: 7 });
    expect(orderOf(perSeat, request())).toMatchObject({ quantity: 1, seats: 1 });
  });

  it.each<[Partial<OrderRequest>, string]>([
    [{ plan: 'annual' }, '/interval'],
    [{ seats: 2 }, '/seats'],
    [{ plan: 'one-time', method: 'intent', promotionCode: 'HALF' }, '/promotionCode'],
  ])('refuses %o at %s', (change, pointer) => {
    expect(() => orderOf(manifest(EUR), request(change))).toThrow(
      expect.objectContaining({ status: 400, errors: [expect.objectContaining({ pointer })] }) as Error,
    );
  });

  it('is paid on the page when taxes are added there, unless it is a subscription', () => {
    const direct = (plan: OrderRequest['plan']) => orderOf(manifest(EUR), request({ plan, method: 'intent' }), true);
    expect(() => direct('one-time')).toThrow(
      expect.objectContaining({ status: 400, errors: [expect.objectContaining({ pointer: '/method' })] }) as Error,
    );
    expect(direct('monthly')).toMatchObject({ method: 'intent' });
    expect(orderOf(manifest(EUR), request({ plan: 'one-time' }), true)).toMatchObject({ method: 'checkout' });
  });

  it.each([{}, { currency: 'EUR' }, { currency: 'EUR', oneTime: 0 }])('refuses what is not sold: %o', (pricing) => {
    expect(() => orderOf(manifest(pricing), request({ method: 'intent' }))).toThrow(/can not be bought/);
  });
});

describe('the same order again', () => {
  const order = orderOf(manifest({ ...EUR, perSeat: true }), request({ seats: 2 }));
  const open = {
    plan: 'monthly' as const,
    method: 'checkout',
    currency: 'eur',
    unitAmount: 2900,
    seats: 2,
    promotionCode: null,
    expiresAt: inHours(1),
  };
  it.each<[boolean, object]>([
    [true, {}],
    [false, { plan: 'annual' }],
    [false, { seats: 3 }],
    [false, { method: 'intent' }],
    [false, { unitAmount: 3000 }],
    [false, { currency: 'usd' }],
    [false, { promotionCode: 'HALF' }],
    [false, { expiresAt: inHours(0.01) }],
  ])('%s with %o', (same, change) => {
    expect(isSameOrder({ ...open, ...change }, order, NOW)).toBe(same);
  });
});

it.each([
  [null, null],
  [{ kind: 'purchased', expiresAt: inHours(100) }, null],
  [{ kind: 'trial', expiresAt: null }, null],
  [{ kind: 'trial', expiresAt: inHours(-1) }, null],
  [{ kind: 'trial', expiresAt: inHours(48) }, null],
  [{ kind: 'trial', expiresAt: inHours(49) }, '2026-11-23T11:00:01.000Z'],
])('of the trial %o is kept %s', (licence, kept) => {
  expect(keptTrial(licence, NOW)?.toISOString() ?? null).toBe(kept);
});
