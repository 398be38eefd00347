import { describe, expect, it } from 'vitest';
import { owedSince, toCharge } from './objects.ts';

const invoice = (status: string, reason: string, ...starts: number[]) =>
  ({ status, billing_reason: reason, lines: { data: starts.map((start) => ({ period: { start } })) } }) as never;
const CYCLE = 'subscription_cycle';

describe('what is owed', () => {
  it.each<[string, never[], number | null]>([
    ['nothing without invoices', [], null],
    ['nothing when the last period was paid', [invoice('paid', CYCLE, 300), invoice('open', CYCLE, 200)], null],
    ['the last period', [invoice('open', CYCLE, 300), invoice('paid', CYCLE, 200)], 300],
    [
      'all periods since the last that was paid',
      [invoice('draft', CYCLE, 400), invoice('uncollectible', CYCLE, 300), invoice('paid', CYCLE, 200)],
      300,
    ],
    [
      'never a change within a period',
      [invoice('open', 'subscription_update', 350), invoice('paid', CYCLE, 300)],
      null,
    ],
    [
      'a period, not the use that was metered before it',
      [invoice('open', CYCLE, 200, 300), invoice('paid', CYCLE, 200)],
      300,
    ],
    ['the first period', [invoice('open', 'subscription_create', 100)], 100],
  ])('is %s', (_what, invoices, since) => {
    expect(owedSince(invoices)?.getTime() ?? null).toBe(since === null ? null : since * 1000);
  });
});

describe('a dispute', () => {
  it.each<[string, string | null]>([
    ['warning_needs_response', null],
    ['warning_under_review', null],
    ['warning_closed', null],
    ['needs_response', 'open'],
    ['under_review', 'open'],
    ['appeal_needs_response', 'open'],
    ['won', 'won'],
    ['prevented', 'won'],
    ['lost', 'lost'],
  ])('that is %s: %s', (status, state) => {
    const dispute = { status, created: 0, evidence_details: { due_by: 60 }, balance_transactions: [] } as never;
    const { disputes } = toCharge(PLAIN, { ...ALONE, disputes: [dispute] });
    expect(disputes.map((one) => one.state)).toEqual(state === null ? [] : [state]);
    for (const { dueAt } of disputes) expect(dueAt).toEqual(new Date(60_000));
  });
});

const PLAIN = { id: 'ch_1', created: 0, amount: 15_000, currency: 'jpy', amount_refunded: 5_000 } as never;
const ALONE = { disputes: [], refunds: [], payments: [] };
const movement = (currency: string, amount: number, fee = 0) => ({ currency, amount, fee });

describe('what a payment brought', () => {
  const paid = (transaction: object | string | null) =>
    ({ ...(PLAIN as object), balance_transaction: transaction }) as never;

  it.each<[string, object | string | null, object | null]>([
    ['is not told yet', null, null],
    ['was not asked for', 'txn_1', null],
    ['is kept in its own currency', movement('jpy', 15_000, 465), { currency: 'jpy', amount: 15_000, fee: 465 }],
    ['is exchanged, and so is the fee', movement('eur', 9_200, 297), { currency: 'eur', amount: 9_200, fee: 297 }],
  ])('%s', (_what, transaction, settled) => {
    expect(toCharge(paid(transaction), ALONE).settled).toEqual(settled);
  });

  it('goes back at the rate of the day of the refund', () => {
    const refunds = [
      { balance_transaction: movement('eur', -3_100), failure_balance_transaction: null },
      { balance_transaction: movement('eur', -3_000), failure_balance_transaction: movement('eur', 3_010) },
    ] as never;
    expect(toCharge(paid(movement('eur', 9_200, 297)), { ...ALONE, refunds }).returned).toBe(3_090);
  });
});
