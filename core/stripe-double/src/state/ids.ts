import { randomBytes } from 'node:crypto';

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

export function randomText(length: number): string {
  let text = '';
  for (const byte of randomBytes(length)) text += LETTERS[byte % LETTERS.length];
  return text;
}

/** As Stripe's: `cus_` and letters that nobody guesses. */
export function newId(prefix: string): string {
  return `${prefix}_${randomText(24)}`;
}

const KINDS: readonly (readonly [prefix: string, kind: string])[] = [
  ['acct_', 'account'],
  ['bpc_', 'billing_portal.configuration'],
  ['cbtxn_', 'customer_balance_transaction'],
  ['ch_', 'charge'],
  ['clock_', 'test_helpers.test_clock'],
  ['cn_', 'credit_note'],
  ['cs_', 'checkout.session'],
  ['cus_', 'customer'],
  ['di_', 'discount'],
  ['du_', 'dispute'],
  ['evt_', 'event'],
  ['fee_', 'application_fee'],
  ['fr_', 'fee_refund'],
  ['ii_', 'invoiceitem'],
  ['in_', 'invoice'],
  ['inpay_', 'invoice_payment'],
  ['mtr_', 'billing.meter'],
  ['pi_', 'payment_intent'],
  ['pm_', 'payment_method'],
  ['po_', 'payout'],
  ['price_', 'price'],
  ['prod_', 'product'],
  ['promo_', 'promotion_code'],
  ['py_', 'charge'],
  ['re_', 'refund'],
  ['seti_', 'setup_intent'],
  ['sub_', 'subscription'],
  ['tr_', 'transfer'],
  ['trr_', 'transfer_reversal'],
  ['txi_', 'tax_id'],
  ['txn_', 'balance_transaction'],
  ['txr_', 'tax_rate'],
];

/** The kind of object that an id names, for `expand[]`. Coupons and products may have ids of the caller's choice. */
export function kindOf(id: string): string | undefined {
  return KINDS.find(([prefix]) => id.startsWith(prefix))?.[1];
}
