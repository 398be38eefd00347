import type Stripe from 'stripe';
import { isMissing } from './failures.ts';
import type { MeterPriceSpec, PriceSpec } from './types.ts';

const INTERVAL = { monthly: 'month', annual: 'year' } as const;

const productId = (plugin: string): string => `bazaar-${plugin}`;

async function ensureProduct(stripe: Stripe, plugin: string, name: string): Promise<string> {
  const id = productId(plugin);
  try {
    return (await stripe.products.retrieve(id)).id;
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  const product = { id, name, metadata: { plugin } };
  return (await stripe.products.create(product, { idempotencyKey: `product:${id}` })).id;
}

async function findPrice(stripe: Stripe, lookupKey: string): Promise<string | undefined> {
  const { data } = await stripe.prices.list({ lookup_keys: [lookupKey], limit: 1 });
  return data[0]?.id;
}

export async function ensurePrice(stripe: Stripe, spec: PriceSpec, lookupKey: string): Promise<string> {
  const product = await ensureProduct(stripe, spec.plugin, spec.pluginName);
  const known = await findPrice(stripe, lookupKey);
  if (known !== undefined) return known;
  const price = await stripe.prices.create(
    {
      product,
      currency: spec.currency,
      unit_amount: spec.unitAmount,
      lookup_key: lookupKey,
      metadata: { plugin: spec.plugin, plan: spec.plan, perSeat: String(spec.perSeat) },
      ...(spec.plan === 'one-time' ? {} : { recurring: { interval: INTERVAL[spec.plan] } }),
    },
    { idempotencyKey: `price:${lookupKey}` },
  );
  return price.id;
}

/** Use is reported under one name for each plugin and meter, whatever its price. */
async function ensureMeter(
  stripe: Stripe,
  { plugin, pluginName, meter, title }: MeterPriceSpec,
): Promise<Stripe.Billing.Meter> {
  const eventName = `bazaar.${plugin}.${meter}`;
  for await (const known of stripe.billing.meters.list({ status: 'active', limit: 100 })) {
    if (known.event_name === eventName) return known;
  }
  return stripe.billing.meters.create(
    {
      display_name: `${pluginName}: ${title}`,
      event_name: eventName,
      default_aggregation: { formula: 'sum' },
      customer_mapping: { type: 'by_id', event_payload_key: 'stripe_customer_id' },
      value_settings: { event_payload_key: 'value' },
    },
    { idempotencyKey: `meter:${eventName}` },
  );
}

export async function ensureMeterPrice(
  stripe: Stripe,
  spec: MeterPriceSpec,
  lookupKey: string,
): Promise<{ price: string; eventName: string }> {
  const product = await ensureProduct(stripe, spec.plugin, spec.pluginName);
  const meter = await ensureMeter(stripe, spec);
  const known = await findPrice(stripe, lookupKey);
  if (known !== undefined) return { price: known, eventName: meter.event_name };
  const unit_amount_decimal = stripe.Decimal.from(spec.unitAmount);
  const price = await stripe.prices.create(
    {
      product,
      currency: spec.currency,
      lookup_key: lookupKey,
      nickname: spec.title,
      metadata: { plugin: spec.plugin, meter: spec.meter },
      recurring: { interval: INTERVAL[spec.plan], usage_type: 'metered', meter: meter.id },
      billing_scheme: 'tiered',
      tiers_mode: 'graduated',
      tiers:
        spec.included > 0
          ? [
              { up_to: spec.included, unit_amount: 0 },
              { up_to: 'inf', unit_amount_decimal },
            ]
          : [{ up_to: 'inf', unit_amount_decimal }],
    },
    { idempotencyKey: `price:${lookupKey}` },
  );
  return { price: price.id, eventName: meter.event_name };
}
