import { describe, expect, it } from 'vitest';
import { entitlement } from './entitlement.ts';

const EARLY = new Date('2026-11-01T00:00:00.000Z');
const LATE = new Date('2026-12-01T00:00:00.000Z');

const purchase = (change: object = {}) => ({
  id: 'p1',
  plan: 'one-time' as const,
  state: 'completed',
  seats: null,
  ...change,
});
const subscription = (change: object = {}) => ({
  id: 'sub_1',
  plan: 'monthly' as const,
  quantity: 3,
  perSeat: false,
  paidUntil: EARLY,
  dispute: null,
  ...change,
});
const of = (purchases: ReturnType<typeof purchase>[], subscriptions: ReturnType<typeof subscription>[]) =>
  entitlement('tenant', 'crm', purchases, subscriptions);

describe('entitlement', () => {
  it('is nothing without a payment', () => {
    expect(of([], [])).toBeNull();
    expect(of([purchase({ state: 'pending' }), purchase({ state: 'expired' })], [])).toBeNull();
    expect(of([purchase({ plan: 'monthly' })], [subscription({ paidUntil: null })])).toBeNull();
  });

  it('is for ever when bought for ever, whatever was subscribed besides', () => {
    expect(of([purchase({ seats: 5 })], [subscription({ paidUntil: LATE })])).toMatchObject({
      kind: 'purchased',
      plan: 'one-time',
      expiresAt: null,
      seats: 5,
      source: 'purchase:p1',
    });
  });

  it.each(['refunded', 'reversed', 'cancelled'])('counts nothing that was %s', (state) => {
    expect(of([purchase({ state })], [])).toBeNull();
    expect(of([purchase({ state })], [subscription()])).toMatchObject({ source: 'subscription:sub_1' });
  });

  it('follows the subscription that is paid for longest, in any order', () => {
    const two = [subscription(), subscription({ id: 'sub_2', plan: 'annual', paidUntil: LATE })];
    for (const subscriptions of [two, [...two].reverse()]) {
      expect(of([], subscriptions)).toMatchObject({ plan: 'annual', expiresAt: LATE, source: 'subscription:sub_2' });
    }
  });

  it('counts seats only where they are paid for', () => {
    expect(of([], [subscription()])?.seats).toBeNull();
    expect(of([], [subscription({ perSeat: true })])?.seats).toBe(3);
  });

  it('counts no subscription whose payment was taken back', () => {
    expect(of([], [subscription({ dispute: 'lost' })])).toBeNull();
    expect(of([], [subscription({ dispute: 'open' })])).not.toBeNull();
  });
});
