import type { BillingNode } from './billing-node.ts';

/** Payments by this card are at the platform's disposal at once. */
export const AT_ONCE = '4000000000000077';

/** What the ledger has on each account that is not even. */
export async function balances({ test }: BillingNode): Promise<Record<string, number>> {
  const { rows } = await test.database.platform.query<{ account: string; amount: number }>(
    'select account, sum(amount)::bigint as amount from core.ledger_entries group by account having sum(amount) <> 0',
  );
  return Object.fromEntries(rows.map(({ account, amount }) => [account, amount]));
}
