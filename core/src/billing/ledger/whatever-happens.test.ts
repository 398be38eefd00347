import { expect, test } from 'vitest';
import type { ProviderCharge, ProviderDispute, Settlement } from '../gateway/index.ts';
import {
  type Draft,
  type LedgerAccount,
  missing,
  paidOut,
  proportion,
  split,
  takenBack,
  transferReversed,
  transferred,
} from './booking.ts';
import { factsOfCharge, type SettledCharge } from './facts-of-charge.ts';

/** Random numbers that are the same again. */
function dice(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 4_294_967_296) * (most + 1));
  };
}

type Dice = ReturnType<typeof dice>;

const FEE = 1_500;
const AT = new Date('2026-11-21T10:00:00Z');

/**
 * The provider as far as money goes: one balance of the platform's, one of a publisher's account, in euros. Payments in
 * yen are exchanged at a rate that is another each time.
 */
class Provider {
  readonly charges: SettledCharge[] = [];
  platform = 0;
  account = 0;
  #made = 0;
  readonly #next: Dice;

  constructor(next: Dice) {
    this.#next = next;
  }

  #settle(amount: number, currency: string, fee: number): Settlement {
    const rate = currency === 'eur' ? 1_000 : 580 + this.#next(60);
    const settled = { currency: 'eur', amount: proportion(amount, rate, 1_000), fee };
    this.platform += settled.amount - fee;
    return settled;
  }

  pay(): void {
    const amount = 1 + this.#next(100_000);
    const currency = this.#next(2) === 0 ? 'jpy' : 'eur';
    this.#made += 1;
    this.charges.push({
      id: `ch_${this.#made}`,
      customer: 'cus_1',
      intent: null,
      invoice: null,
      amount,
      amountRefunded: 0,
      currency,
      captured: true,
      settled: this.#settle(amount, currency, this.#next(500)),
      returned: 0,
      disputes: [],
      createdAt: AT,
    });
  }

  refund(charge: SettledCharge): void {
    const left = charge.amount - charge.amountRefunded;
    if (left === 0 || charge.disputes.some(({ state }) => state !== 'won')) return;
    const amount = 1 + this.#next(left - 1);
    charge.amountRefunded += amount;
    charge.returned -= this.#settle(-amount, charge.currency, 0).amount;
  }

  /** The payer's bank sends back what was refunded last. */
  refundFails(charge: SettledCharge): void {
    if (charge.amountRefunded === 0) return;
    const amount = 1 + this.#next(charge.amountRefunded - 1);
    charge.amountRefunded -= amount;
    charge.returned -= this.#settle(amount, charge.currency, 0).amount;
  }

  dispute(charge: SettledCharge): void {
    const { amount, currency } = charge;
    const left = amount - charge.amountRefunded;
    if (left === 0 || charge.disputes.some(({ state }) => state !== 'won')) return;
    this.#made += 1;
    const taken = this.#settle(-left, currency, FEE);
    const dispute: ProviderDispute = {
      id: `du_${this.#made}`,
      state: 'open',
      amount: left,
      currency,
      reason: 'general',
      dueAt: AT,
      settlements: [taken],
      createdAt: AT,
    };
    charge.disputes = [dispute, ...charge.disputes];
  }

  /** Open ones end, lost ones may be won after all. */
  decide(charge: SettledCharge): void {
    charge.disputes = charge.disputes.map((dispute) => {
      if (dispute.state === 'won') return dispute;
      if (dispute.state === 'open' && this.#next(1) === 0) return { ...dispute, state: 'lost' };
      const back = this.#settle(dispute.amount, charge.currency, 0);
      return { ...dispute, state: 'won', settlements: [...dispute.settlements, back] };
    });
  }
}

/** What is booked, and what the bookings amount to. */
class Ledger {
  readonly booked = new Map<string, Draft[]>();
  readonly #wholes = new Map<string, ReturnType<typeof split>>();

  see(charge: ProviderCharge & { settled: Settlement }, terms: { tax: number; percent: number }): void {
    const { id, settled } = charge;
    const whole =
      this.#wholes.get(id) ?? split(settled.amount, proportion(settled.amount, terms.tax, 100), terms.percent);
    this.#wholes.set(id, whole);
    const earlier = this.booked.get(id) ?? [];
    const payment = { ...factsOfCharge(charge, 'eur', whole.amount), split: whole };
    const drafts = missing({ ...payment, booked: earlier });
    this.booked.set(id, [...earlier, ...drafts]);
    if (missing({ ...payment, booked: [...earlier, ...drafts] }).length > 0)
      throw new Error('books what it has booked');
  }

  add(draft: Draft): void {
    this.booked.set(draft.key, [draft]);
  }

  wholeOf(charge: string): ReturnType<typeof split> {
    return this.#wholes.get(charge) ?? split(0, 0, 0);
  }

  get drafts(): Draft[] {
    return [...this.booked.values()].flat();
  }

  sum(account: LedgerAccount): number {
    const entries = this.drafts.flatMap((draft) => draft.entries).filter((entry) => entry.account === account);
    return entries.reduce((sum, { amount }) => sum + amount, 0);
  }
}

function life(seed: number): { provider: Provider; ledger: Ledger } {
  const next = dice(seed);
  const provider = new Provider(next);
  const ledger = new Ledger();
  const terms = { tax: next(20), percent: next(10_000) / 100 };
  for (let step = 0; step < 60; step += 1) {
    const charge = provider.charges[next(provider.charges.length)];
    const happening = next(8);
    if (charge === undefined || happening === 0) provider.pay();
    else if (happening === 1) provider.refund(charge);
    else if (happening === 2) provider.refundFails(charge);
    else if (happening === 3) provider.dispute(charge);
    else if (happening === 4) provider.decide(charge);
    else if (happening === 5) payPublisher(`${step}`, provider, ledger, next);
    // Webhooks come of any payment, at any time, or never.
    else ledger.see(charge, terms);
  }
  for (const charge of provider.charges.toReversed()) ledger.see(charge, terms);
  return { provider, ledger };
}

/** The share goes to the account and comes back, the account's money to its bank and back. */
function payPublisher(id: string, provider: Provider, ledger: Ledger, next: Dice): void {
  const due = -ledger.sum('publisher-share');
  if (due > 0) {
    provider.platform -= due;
    provider.account += due;
    ledger.add(transferred(id, due));
  } else if (due < 0 && provider.account > 0) {
    const back = Math.min(-due, provider.account);
    provider.account -= back;
    provider.platform += back;
    ledger.add(transferReversed(id, back));
  }
  if (provider.account === 0 || next(1) === 0) return;
  const amount = provider.account;
  ledger.add(paidOut(id, amount, false));
  if (next(2) === 0) ledger.add(paidOut(id, amount, true));
  else provider.account = 0;
}

test('the ledger balances, and says of money what the provider says of it', () => {
  for (let seed = 1; seed <= 150; seed += 1) {
    const { provider, ledger } = life(seed);
    const odd = ledger.drafts.filter(
      ({ entries }) =>
        entries.reduce((sum, { amount }) => sum + amount, 0) !== 0 ||
        entries.some(({ amount }) => !Number.isSafeInteger(amount) || amount === 0),
    );
    expect(odd).toEqual([]);
    expect(new Set(ledger.drafts.map(({ key }) => key)).size).toBe(ledger.drafts.length);
    expect(ledger.sum('provider-balance')).toBe(provider.platform + provider.account);
    expect(ledger.sum('publisher-account') + 0).toBe(0 - provider.account);
    const held = provider.charges.flatMap(({ disputes }) => disputes).filter(({ state }) => state === 'open');
    expect(ledger.sum('disputed') + 0).toBe(
      held.reduce((sum, { settlements }) => sum - (settlements[0]?.amount ?? 0), 0),
    );
    // What is left to each is the division less what was taken back, whatever way led there.
    let tax = 0;
    for (const charge of provider.charges) {
      const whole = ledger.wholeOf(charge.id);
      const lost = charge.disputes.filter(({ state }) => state === 'lost').reduce((sum, { amount }) => sum + amount, 0);
      const gone = Math.min(
        whole.amount,
        proportion(whole.amount, charge.amountRefunded, charge.amount) + proportion(whole.amount, lost, charge.amount),
      );
      tax += whole.tax - takenBack(whole, gone).tax;
    }
    expect(ledger.sum('tax') + 0).toBe(0 - tax);
  }
});
