import type { Pricing } from '@bazaar/sdk';
import { priceStep } from '@bazaar/sdk/money';
import { listed, type Review, reportRepeated } from './review.ts';

export function checkPricing(review: Review): void {
  const { manifest, report } = review;
  const { pricing } = manifest;
  const meters = pricing?.meters ?? [];
  reportRepeated(
    review,
    meters.map(({ name }, index) => [`/pricing/meters/${index}/name`, name] as const),
    'meter',
  );
  const isSubscribed = pricing?.monthly !== undefined || pricing?.annual !== undefined;
  if (pricing?.perSeat === true && !isSubscribed && pricing.oneTime === undefined) {
    report('/pricing/perSeat', 'there is no price that could be for each seat; add one or leave this out');
  }
  if (pricing) checkAmounts(review, pricing);
  for (const [index, { name, included, unitAmount, hardCap }] of meters.entries()) {
    const pointer = `/pricing/meters/${index}`;
    // Seats and meters share one list of limits.
    if (name === 'seats') report(`${pointer}/name`, '"seats" counts people; choose another name');
    if (hardCap !== undefined && hardCap < included) {
      report(`${pointer}/hardCap`, `is less than the ${included} that are included`);
    }
    if (unitAmount !== undefined && !isSubscribed) {
      report(`${pointer}/unitAmount`, 'is charged with a subscription; add "monthly" or "annual", or leave this out');
    }
  }
  checkCounted(review, new Set(meters.map(({ name }) => name)));
}

/** Amounts that the payment provider would refuse at the first purchase. */
function checkAmounts({ report }: Review, pricing: Pricing): void {
  const step = priceStep(pricing.currency);
  for (const plan of ['oneTime', 'monthly', 'annual'] as const) {
    if ((pricing[plan] ?? 0) % step === 0) continue;
    report(`/pricing/${plan}`, `must be a multiple of ${step}: nothing between can be paid in ${pricing.currency}`);
  }
}

function checkCounted({ manifest, report }: Review, meters: ReadonlySet<string>): void {
  const check = (pointer: string, meter: string | undefined): void => {
    if (meter === undefined || meters.has(meter)) return;
    report(pointer, `there is no meter "${meter}" under "pricing"; its meters are ${listed(meters)}`);
  };
  for (const [index, { meter, effect }] of manifest.actions.entries()) {
    check(`/actions/${index}/meter`, meter);
    if (meter !== undefined && effect !== 'write') {
      report(`/actions/${index}/meter`, 'only write actions are counted: what is read leaves no trace');
    }
  }
  for (const [index, { meter }] of (manifest.subscriptions ?? []).entries()) {
    check(`/subscriptions/${index}/meter`, meter);
  }
}
