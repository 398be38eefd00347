import type { Manifest } from '@bazaar/sdk';
import type { MeterPriceSpec, PriceSpec } from '../gateway/index.ts';
import type { Interval, Plan } from '../types.ts';

/** One way to pay for a plugin. Amounts in minor units of `currency` (as ISO 4217 writes it). */
export interface Offer {
  plan: Plan;
  currency: string;
  unitAmount: number;
  perSeat: boolean;
  /** Of a year's price against twelve months, in whole percent. */
  savingPercent: number | null;
}

type Priced = Pick<Manifest, 'id' | 'name' | 'pricing'>;

const MONTHS = 12;

/** What is left of twelve monthly prices; `null` when nothing is saved. */
export function savingPercent(monthly: number | undefined, annual: number): number | null {
  if (monthly === undefined || monthly <= 0) return null;
  const percent = Math.round((1 - annual / (monthly * MONTHS)) * 100);
  return percent > 0 ? percent : null;
}

/** The plans of a plugin; none when it is free. Pure. */
export function offersOf({ pricing }: Priced): Offer[] {
  if (!pricing) return [];
  const { currency, oneTime, monthly, annual, perSeat = false } = pricing;
  const offers: Offer[] = [];
  const offer = (plan: Plan, unitAmount: number | undefined, saving: number | null = null) => {
    if (unitAmount !== undefined) offers.push({ plan, currency, unitAmount, perSeat, savingPercent: saving });
  };
  offer('one-time', oneTime);
  offer('monthly', monthly);
  offer('annual', annual, annual === undefined ? null : savingPercent(monthly, annual));
  return offers;
}

/** The provider's price of a plan, and the key under which it is found again: another amount is another price. */
export function priceOf({ id, name }: Priced, { plan, currency, unitAmount, perSeat }: Offer) {
  const spec: PriceSpec = {
    plugin: id,
    pluginName: name,
    plan,
    currency: currency.toLowerCase(),
    unitAmount,
    perSeat,
  };
  const lookupKey = ['bazaar', id, plan, spec.currency, unitAmount, ...(perSeat ? ['seat'] : [])].join(':');
  return { spec, lookupKey };
}

/** The provider's prices of what is counted beyond what a subscription includes. Months are twelve to a year. */
export function meterPricesOf({ id, name, pricing }: Priced, plan: Interval) {
  const meters = pricing?.meters ?? [];
  const currency = pricing?.currency.toLowerCase() ?? '';
  return meters.flatMap(({ name: meter, title, included, unitAmount }) => {
    if (unitAmount === undefined) return [];
    const spec: MeterPriceSpec = {
      plugin: id,
      pluginName: name,
      meter,
      title,
      plan,
      currency,
      included: plan === 'annual' ? included * MONTHS : included,
      unitAmount: String(unitAmount),
    };
    return [
      { spec, lookupKey: ['bazaar', id, 'meter', meter, plan, currency, spec.included, spec.unitAmount].join(':') },
    ];
  });
}
