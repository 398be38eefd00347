/** What a booking moves money between. Assets and expenses gain by positive amounts, debts and income by negative. */
export type LedgerAccount =
  /** Money at the provider, of the platform and of its publishers' accounts. */
  | 'provider-balance'
  /** What the provider kept. */
  | 'provider-fees'
  /** Taken away by a payer's bank while a dispute lasts. */
  | 'disputed'
  /** Owed to the tax office. */
  | 'tax'
  /** What the platform earned. */
  | 'platform-fee'
  /** Owed to the publisher, not transferred yet. */
  | 'publisher-share'
  /** In the publisher's account at the provider, not paid out yet. */
  | 'publisher-account';

export type BookingKind =
  | 'purchase'
  | 'provider-fee'
  | 'refund'
  | 'refund-failed'
  | 'dispute'
  | 'dispute-fee'
  | 'dispute-won'
  | 'dispute-lost'
  | 'transfer'
  | 'payout'
  | 'payout-failed';

/** Amounts in minor units; their sum is zero. */
export interface Entry {
  account: LedgerAccount;
  amount: number;
}

export interface Draft {
  kind: BookingKind;
  /** The same for the same happening, whoever books it. */
  key: string;
  entries: Entry[];
}

/** How a payment is divided, in minor units. The parts add up to `amount`. */
export interface Split {
  amount: number;
  tax: number;
  fee: number;
  share: number;
}

function entriesOf(amounts: Readonly<Partial<Record<LedgerAccount, number>>>): Entry[] {
  return Object.entries(amounts)
    .filter(([, amount]) => amount !== 0)
    .map(([account, amount]) => ({ account: account as LedgerAccount, amount }));
}

/** Half away from zero, exact for whole numbers: `part` of `whole`, times `amount`. */
export function proportion(amount: number, part: number, whole: number): number {
  if (whole === 0) return 0;
  const doubled = 2n * BigInt(amount) * BigInt(part);
  const by = BigInt(whole);
  const half = doubled < 0n ? -by : by;
  return Number((doubled + half) / (2n * by));
}

/**
 * Divides what was paid: the tax goes to the tax office, of the rest the platform keeps its percentage, the publisher
 * gets what remains. `feePercent` up to two decimals; 100 for the platform's own plugins.
 */
export function split(amount: number, tax: number, feePercent: number): Split {
  const net = amount - tax;
  const fee = proportion(net, Math.round(feePercent * 100), 10_000);
  return { amount, tax, fee, share: net - fee };
}

/** What of each part has been taken back when `refunded` of the whole has: never loses or makes a unit. */
export function takenBack(whole: Split, refunded: number): Split {
  const tax = proportion(whole.tax, refunded, whole.amount);
  const fee = proportion(whole.fee, refunded, whole.amount);
  return { amount: refunded, tax, fee, share: refunded - tax - fee };
}

function difference(later: Split, earlier: Split): Split {
  return {
    amount: later.amount - earlier.amount,
    tax: later.tax - earlier.tax,
    fee: later.fee - earlier.fee,
    share: later.share - earlier.share,
  };
}

/** A payment as it is now, and what was booked of it. Amounts in minor units. */
export interface Payment {
  charge: string;
  split: Split;
  /** What the provider kept; `null` while it does not say. */
  providerFee: number | null;
  refunded: number;
  dispute: 'open' | 'won' | 'lost' | null;
  /** What the provider takes for a dispute. */
  disputeFee: number;
  booked: readonly BookedPart[];
}

/** One earlier booking of a payment. */
export interface BookedPart {
  kind: BookingKind;
  entries: readonly Entry[];
}

function sumOf(booked: readonly BookedPart[], kinds: readonly BookingKind[], account: LedgerAccount): number {
  return booked
    .filter(({ kind }) => kinds.includes(kind))
    .flatMap(({ entries }) => entries)
    .reduce((sum, entry) => (entry.account === account ? sum + entry.amount : sum), 0);
}

/** What is still to be booked, so that the ledger says what the payment has become. Nothing when it does already. */
export function missing(payment: Payment): Draft[] {
  const { charge, providerFee, booked } = payment;
  const drafts: Draft[] = [];
  const has = (kind: BookingKind) => booked.some((part) => part.kind === kind);
  if (!has('purchase')) {
    const { amount, tax, fee, share } = payment.split;
    const entries = entriesOf({
      'provider-balance': amount,
      tax: -tax,
      'platform-fee': -fee,
      'publisher-share': -share,
    });
    if (entries.length < 2) return [];
    drafts.push({ kind: 'purchase', key: `purchase:${charge}`, entries });
  }
  if (providerFee !== null && providerFee !== 0 && !has('provider-fee')) {
    const entries = entriesOf({ 'provider-fees': providerFee, 'provider-balance': -providerFee });
    drafts.push({ kind: 'provider-fee', key: `provider-fee:${charge}`, entries });
  }
  drafts.push(...refunds(payment), ...disputes(payment, has));
  return drafts;
}

const BACK: readonly BookingKind[] = ['refund', 'refund-failed'];

function refunds({ charge, split: whole, refunded, booked }: Payment): Draft[] {
  const before = -sumOf(booked, BACK, 'provider-balance');
  if (refunded === before) return [];
  const back = difference(takenBack(whole, refunded), takenBack(whole, before));
  const times = booked.filter(({ kind }) => BACK.includes(kind)).length;
  const kind = back.amount > 0 ? 'refund' : 'refund-failed';
  const entries = entriesOf({
    'provider-balance': -back.amount,
    tax: back.tax,
    'platform-fee': back.fee,
    'publisher-share': back.share,
  });
  return [{ kind, key: `refund:${charge}:${times}:${refunded}`, entries }];
}

/** A bank takes back what was not refunded. When it keeps it, each party loses its part; the fee is the platform's. */
function disputes(payment: Payment, has: (kind: BookingKind) => boolean): Draft[] {
  const { charge, split: whole, refunded, dispute, disputeFee } = payment;
  const left = whole.amount - refunded;
  if (dispute === null || left <= 0) return [];
  const drafts: Draft[] = [];
  if (!has('dispute')) {
    const entries = entriesOf({ disputed: left, 'provider-balance': -left });
    drafts.push({ kind: 'dispute', key: `dispute:${charge}`, entries });
    if (disputeFee > 0) {
      const kept = entriesOf({ 'provider-fees': disputeFee, 'provider-balance': -disputeFee });
      drafts.push({ kind: 'dispute-fee', key: `dispute-fee:${charge}`, entries: kept });
    }
  }
  if (dispute === 'open' || has('dispute-won') || has('dispute-lost')) return drafts;
  if (dispute === 'won') {
    const entries = entriesOf({ 'provider-balance': left, disputed: -left });
    return [...drafts, { kind: 'dispute-won', key: `dispute-won:${charge}`, entries }];
  }
  const lost = difference(takenBack(whole, whole.amount), takenBack(whole, refunded));
  const entries = entriesOf({
    disputed: -lost.amount,
    tax: lost.tax,
    'platform-fee': lost.fee,
    'publisher-share': lost.share,
  });
  return [...drafts, { kind: 'dispute-lost', key: `dispute-lost:${charge}`, entries }];
}

/** A publisher's share goes to its account at the provider. */
export function transferred(id: string, amount: number): Draft {
  const entries = entriesOf({ 'publisher-share': amount, 'publisher-account': -amount });
  return { kind: 'transfer', key: `transfer:${id}`, entries };
}

/** The provider pays out to the publisher's bank; a payout that failed comes back. */
export function paidOut(id: string, amount: number, failed: boolean): Draft {
  const out = failed ? -amount : amount;
  const kind = failed ? 'payout-failed' : 'payout';
  return { kind, key: `${kind}:${id}`, entries: entriesOf({ 'publisher-account': out, 'provider-balance': -out }) };
}
