import { timesDecimal } from '../money.ts';
import type { Price, Tier } from '../state/tables.ts';

function tierAmount(tier: Tier, quantity: number): number {
  const flat = tier.flat_amount_decimal === null ? 0 : timesDecimal(tier.flat_amount_decimal, 1);
  return flat + (tier.unit_amount_decimal === null ? 0 : timesDecimal(tier.unit_amount_decimal, quantity));
}

/** What a quantity costs, in minor units. */
export function amountOf(price: Price, quantity: number): number {
  const { tiers, transform_quantity: transform } = price;
  if (price.billing_scheme === 'tiered' && tiers !== undefined) {
    if (price.tiers_mode === 'volume') {
      const tier = tiers.find(({ up_to: upTo }) => upTo === null || quantity <= upTo);
      return tier === undefined ? 0 : tierAmount(tier, quantity);
    }
    let below = 0;
    let amount = 0;
    for (const tier of tiers) {
      const top = Math.min(quantity, tier.up_to ?? quantity);
      // The first tier's flat amount is due even when nothing is used.
      if (top > below || (below === 0 && quantity === 0)) amount += tierAmount(tier, top - below);
      below = Math.max(below, top);
      if (below >= quantity) break;
    }
    return amount;
  }
  if (price.unit_amount_decimal === null) return 0;
  const parts = transform === null ? quantity : quantity / transform.divide_by;
  const units = transform === null ? quantity : transform.round === 'up' ? Math.ceil(parts) : Math.floor(parts);
  return timesDecimal(price.unit_amount_decimal, units);
}
