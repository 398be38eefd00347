import type { ProviderCharge, ProviderDispute, Settlement } from '../gateway/index.ts';
import { type DisputedPart, type Payment, proportion } from './booking.ts';

/** A payment of which the provider has said what it brought. */
export type SettledCharge = ProviderCharge & { settled: Settlement };

export function isSettled(charge: ProviderCharge): charge is SettledCharge {
  return charge.captured && charge.amount > 0 && charge.settled !== null;
}

/**
 * What a payment has become, in the currency of the ledger, of which the payment is worth `whole`. Parts are taken at
 * the payment's own rate, so that all of it is all of it; what was moved is what the provider says. Pure.
 */
export function factsOfCharge(
  charge: SettledCharge,
  currency: string,
  whole: number,
): Pick<Payment, 'charge' | 'providerFee' | 'refunded' | 'disputes'> {
  const partOf = (amount: number) => Math.min(whole, proportion(whole, amount, charge.amount));
  const refunded = partOf(charge.amountRefunded);

  function disputed({ state, amount, currency: theirs, settlements }: ProviderDispute): DisputedPart {
    const part = theirs === charge.currency ? partOf(amount) : whole;
    const moved = settlements.map((settlement) => inCurrency(settlement, currency, part));
    return {
      state,
      part,
      taken: moved.reduce((sum, one) => sum + Math.max(0, -one.amount), 0),
      returned: moved.reduce((sum, one) => sum + Math.max(0, one.amount), 0),
      fee: moved.reduce((sum, { fee }) => sum + fee, 0),
    };
  }

  return {
    charge: charge.id,
    providerFee: inCurrency(charge.settled, currency, whole).fee,
    refunded: { part: refunded, amount: charge.settled.currency === currency ? charge.returned : refunded },
    disputes: charge.disputes.map(disputed),
  };
}

/** What moved `worth`, in the ledger's currency. Amounts lead from one currency to the other: no rate, no decimals. */
function inCurrency(settlement: Settlement, currency: string, worth: number): Settlement {
  if (settlement.currency === currency) return settlement;
  const { amount, fee } = settlement;
  return { currency, amount: Math.sign(amount) * worth, fee: proportion(fee, worth, Math.abs(amount)) };
}
