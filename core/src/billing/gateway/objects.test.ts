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
  it.each<[string | undefined, string | null]>([
    [undefined, null],
    ['warning_needs_response', null],
    ['warning_under_review', null],
    ['warning_closed', null],
    ['needs_response', 'open'],
    ['under_review', 'open'],
    ['won', 'won'],
    ['lost', 'lost'],
  ])('that is %s: %s', (status, dispute) => {
    const disputes = status === undefined ? [] : [{ status, balance_transactions: [] }];
    expect(toCharge({ id: 'ch_1', created: 0 } as never, disputes as never, []).dispute).toBe(dispute);
  });
});
