import { expect, it } from 'vitest';
import { Ledger } from './ledger.ts';

it('forgets the oldest accounts that are idle, where there are more than it may keep', () => {
  const ledger = new Ledger(() => new Date(0), 2);
  const crm = ledger.of('crm');
  const [busy, running] = ['busy', 'running'].map((id) => ledger.tenantOf(crm, id));
  for (const id of ['old', 'older', 'new']) ledger.tenantOf(crm, id).add('rows', 1, 0);
  busy?.add('rows', 1, 50_000);
  if (running) running.running = 1;

  ledger.sweep(30_000);
  expect([...crm.tenants.keys()]).toEqual(['busy', 'running', 'old', 'older', 'new']);
  ledger.sweep(61_000);
  expect([...crm.tenants.keys()]).toEqual(['busy', 'running']);
  expect(busy?.used('rows', 61_000)).toBe(1);
});

it('keeps what idle accounts have used', () => {
  const ledger = new Ledger(() => new Date(0));
  const crm = ledger.of('crm');
  const account = ledger.tenantOf(crm, 'a');
  account.totals.rowsRead = 7;
  account.add('rows', 7, 0);
  ledger.sweep(61_000);
  expect(crm.tenants.get('a')?.totals.rowsRead).toBe(7);
  expect(account.used('rows', 61_000)).toBe(0);
  account.add('rows', 2, 62_000);
  expect(account.used('rows', 62_000)).toBe(2);
});
