import type { Manifest } from '@bazaar/sdk';
import type { Database } from '../../data/index.ts';
import type { PaymentGateway } from '../gateway/index.ts';
import type { Interval } from '../types.ts';
import { meterPricesOf, type Offer, priceOf } from './offers.ts';

/** The provider's prices, made when somebody first wants to pay one. Those in use by subscriptions stay as they are. */
export interface PriceBook {
  of(manifest: Manifest, offer: Offer): Promise<string>;
  metersOf(manifest: Manifest, plan: Interval): Promise<{ meter: string; price: string; eventName: string }[]>;
}

interface Row {
  price: string;
  meter: string | null;
}

export function createPriceBook({ platform }: Pick<Database, 'platform'>, gateway: PaymentGateway): PriceBook {
  const { provider } = gateway;

  async function find(lookupKey: string): Promise<Row | undefined> {
    const { rows } = await platform.query<Row>(
      'select price, meter from core.billing_prices where provider = $1 and lookup_key = $2',
      [provider, lookupKey],
    );
    return rows[0];
  }

  async function keep(lookupKey: string, plugin: string, price: string, meter: string | null): Promise<void> {
    await platform.query(
      `insert into core.billing_prices (provider, lookup_key, plugin_id, price, meter) values ($1, $2, $3, $4, $5)
       on conflict do nothing`,
      [provider, lookupKey, plugin, price, meter],
    );
  }

  return {
    async of(manifest, offer) {
      const { spec, lookupKey } = priceOf(manifest, offer);
      const known = await find(lookupKey);
      if (known) return known.price;
      const price = await gateway.ensurePrice(spec, lookupKey);
      await keep(lookupKey, manifest.id, price, null);
      return price;
    },
    async metersOf(manifest, plan) {
      const meters = [];
      for (const { spec, lookupKey } of meterPricesOf(manifest, plan)) {
        const known = await find(lookupKey);
        const made =
          known?.meter === undefined || known.meter === null
            ? await gateway.ensureMeterPrice(spec, lookupKey)
            : { price: known.price, eventName: known.meter };
        if (!known) await keep(lookupKey, manifest.id, made.price, made.eventName);
        meters.push({ meter: spec.meter, ...made });
      }
      return meters;
    },
  };
}
