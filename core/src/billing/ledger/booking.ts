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
  | 'dispute-overturned'
  | 'transfer'
  | 'transfer-reversed'
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

type Amounts = Readonly<Partial<Record<LedgerAccount, number>>>;

function entriesOf(amounts: Amounts): Entry[] {
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

/** A payment as it is now, and what was booked of it. Amounts in minor units of one currency. */
export interface Payment {
  charge: string;
  split: Split;
  /** What the provider kept. */
  providerFee: number;
  refunded: {
    /** As much of the payment as was given back: each party gives back its part of it. */
    part: number;
    /** What that took from the balance: not the same where it was exchanged at another rate. */
    amount: number;
  };
  disputes: readonly DisputedPart[];
  booked: readonly BookedPart[];
}

/** What a payer's bank asked back, and what that has moved. */
export interface DisputedPart {
  state: 'open' | 'won' | 'lost';
  /** As much of the payment as is disputed. */
  part: number;
  /** From the balance. */
  taken: number;
  /** To the balance, when the bank decided for us. */
  returned: number;
  /** What the provider kept for it, won or lost. */
  fee: number;
}

/** One earlier booking of a payment. */
export interface BookedPart {
  kind: BookingKind;
  entries: readonly Entry[];
}

/** Bookings of one sort: what their sum is to be by now. */
interface Target {
  kind: BookingKind;
  /** How the same is called when it goes the other way: when `account` gains. */
  back?: { kind: BookingKind; account: LedgerAccount };
  amounts: Amounts;
}

const total = <T>(all: readonly T[], of: (one: T) => number): number => all.reduce((sum, one) => sum + of(one), 0);

/**
 * What the ledger says of a payment, from the provider's facts alone: how they came to be does not matter. What a bank
 * keeps is lost by each party in its proportion; fees, and what an exchange rate made of it, are the platform's.
 */
function targets({ split: whole, providerFee, refunded, disputes }: Payment): Target[] {
  // One of which no money was taken has nothing to lose yet.
  const lost = disputes.filter(({ state, taken, returned }) => state === 'lost' && taken > returned);
  const taken = total(disputes, (dispute) => dispute.taken);
  const returned = total(disputes, (dispute) => dispute.returned);
  const fees = total(disputes, ({ fee }) => fee);
  // Came back at another rate than it went.
  const exchanged = total(
    disputes.filter((dispute) => dispute.state === 'won' && dispute.returned > 0),
    (dispute) => dispute.taken - dispute.returned,
  );
  const kept = total(lost, (dispute) => dispute.taken - dispute.returned);
  const back = takenBack(whole, refunded.part);
  // A bank may want more than is left of a payment.
  const gone = Math.min(whole.amount, refunded.part + total(lost, ({ part }) => part));
  const forfeited = difference(takenBack(whole, gone), back);
  return [
    {
      kind: 'purchase',
      amounts: {
        'provider-balance': whole.amount,
        tax: -whole.tax,
        'platform-fee': -whole.fee,
        'publisher-share': -whole.share,
      },
    },
    { kind: 'provider-fee', amounts: { 'provider-fees': providerFee, 'provider-balance': -providerFee } },
    {
      kind: 'refund',
      back: { kind: 'refund-failed', account: 'provider-balance' },
      amounts: {
        'provider-balance': -refunded.amount,
        tax: back.tax,
        'platform-fee': back.fee + refunded.amount - back.amount,
        'publisher-share': back.share,
      },
    },
    { kind: 'dispute', amounts: { disputed: taken, 'provider-balance': -taken } },
    { kind: 'dispute-fee', amounts: { 'provider-fees': fees, 'provider-balance': -fees } },
    {
      kind: 'dispute-won',
      amounts: { 'provider-balance': returned, disputed: -returned - exchanged, 'platform-fee': exchanged },
    },
    {
      kind: 'dispute-lost',
      back: { kind: 'dispute-overturned', account: 'disputed' },
      amounts: {
        disputed: -kept,
        tax: forfeited.tax,
        'platform-fee': forfeited.fee + kept - forfeited.amount,
        'publisher-share': forfeited.share,
      },
    },
  ];
}

/** What is still to be booked, so that the ledger says what the payment has become. Nothing when it does already. */
export function missing(payment: Payment): Draft[] {
  return targets(payment).flatMap(({ kind, back, amounts }) => {
    const earlier = payment.booked.filter((part) => part.kind === kind || part.kind === back?.kind);
    const rest: Partial<Record<LedgerAccount, number>> = { ...amounts };
    for (const { account, amount } of earlier.flatMap(({ entries }) => entries)) {
      rest[account] = (rest[account] ?? 0) - amount;
    }
    const entries = entriesOf(rest);
    if (entries.length === 0) return [];
    const times = earlier.length === 0 ? '' : `:${earlier.length}`;
    const isBack = back !== undefined && (rest[back.account] ?? 0) > 0;
    return [{ kind: isBack ? back.kind : kind, key: `${kind}:${payment.charge}${times}`, entries }];
  });
}

/** A publisher's share goes to its account at the provider. */
export function transferred(id: string, amount: number): Draft {
  const entries = entriesOf({ 'publisher-share': amount, 'publisher-account': -amount });
  return { kind: 'transfer', key: `transfer:${id}`, entries };
}

/** What was transferred and given back to payers since comes back from the publisher's account. */
export function transferReversed(id: string, amount: number): Draft {
  const entries = entriesOf({ 'publisher-account': amount, 'publisher-share': -amount });
  return { kind: 'transfer-reversed', key: `transfer-reversed:${id}`, entries };
}

/** The provider pays out to the publisher's bank; a payout that failed comes back. */
export function paidOut(id: string, amount: number, failed: boolean): Draft {
  const out = failed ? -amount : amount;
  const kind = failed ? 'payout-failed' : 'payout';
  return { kind, key: `${kind}:${id}`, entries: entriesOf({ 'publisher-account': out, 'provider-balance': -out }) };
}
