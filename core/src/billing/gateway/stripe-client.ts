import type Stripe from 'stripe';
import type { Provider } from '../types.ts';

/** How the provider is reached. */
export interface StripeAccess {
  provider: Provider;
  secretKey: string;
  publishableKey: string;
  /** Any of them may have signed a delivery: two while one takes the other's place. */
  webhookSecrets: readonly string[];
  /** Of the double; Stripe itself when absent. */
  address?: string;
}

const TIMEOUT_MS = 20_000;
const RETRIES = 3;

/** The SDK is large: it is loaded when there is something to pay. */
export async function stripeClient({ secretKey, address }: StripeAccess): Promise<Stripe> {
  const { default: Sdk } = await import('stripe');
  const { hostname, port } = new URL(address ?? 'https://api.stripe.com');
  return new Sdk(secretKey, {
    maxNetworkRetries: RETRIES,
    timeout: TIMEOUT_MS,
    telemetry: false,
    ...(address === undefined ? {} : { host: hostname, port, protocol: 'http' }),
    appInfo: { name: 'Bazaar' },
  });
}
