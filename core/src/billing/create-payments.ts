import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../data/index.ts';
import type { Log } from '../logging/index.ts';
import { createDoubleKeeper } from './double/double-keeper.ts';
import { createGateway, type PaymentGateway } from './gateway/index.ts';

/** The payment provider as it is configured. */
export interface StripeConfig {
  /** Without it a double takes the provider's place, and no money moves. */
  secretKey?: string;
  publishableKey?: string;
  webhookSecrets: readonly string[];
  /** Whether the provider calculates taxes. */
  tax: boolean;
  /** Of the double. */
  doublePort?: number;
}

export interface PaymentsOptions {
  stripe: StripeConfig;
  db: Pick<Database, 'locks' | 'platform'>;
  dataDir: string;
  /** Port that was asked for; 0 for any. */
  port: number;
  /** Where this process is reached from this machine. */
  localOrigin: string;
  /** Signs the double's events. The same on all nodes. */
  doubleSecret: string;
  /** This node answers requests. */
  serves: boolean;
  log: Log;
}

export interface Payments {
  gateway: PaymentGateway;
  /** No secret of a webhook endpoint is configured: events are fetched. */
  fetchesEvents: boolean;
  /** Starts the double, where there is one and its pages may be in use. */
  start(): void;
  stop(): Promise<void>;
}

/** The way to the payment provider, or to the double that is run in its place. */
export function createPayments(options: PaymentsOptions): Payments {
  const { stripe, db, dataDir, port, localOrigin, doubleSecret, serves, log } = options;
  const { secretKey, publishableKey = '', webhookSecrets, tax } = stripe;
  if (secretKey !== undefined) {
    const provider = secretKey.includes('_live_') ? 'live' : 'test';
    const access = { provider, secretKey, publishableKey, webhookSecrets } as const;
    return {
      gateway: createGateway({ provider, access: async () => access, automaticTax: tax }),
      fetchesEvents: webhookSecrets.length === 0,
      start: () => undefined,
      stop: async () => undefined,
    };
  }
  const stateFile = join(dataDir, 'stripe-double.journal');
  const keeper = createDoubleKeeper({
    db,
    log,
    mayRun: serves,
    settings: {
      port: stripe.doublePort ?? (port === 0 ? 0 : port + 1),
      portIsFixed: stripe.doublePort !== undefined,
      stateFile,
      webhook: `${localOrigin}/api/billing/stripe/webhook`,
      secret: `whsec_${doubleSecret}`,
    },
  });
  return {
    gateway: createGateway({ provider: 'double', access: keeper.access, automaticTax: tax }),
    fetchesEvents: false,
    start() {
      // On a port chosen at random nobody can be waiting for it: it starts when something is to be paid, or was before.
      if (port !== 0 || existsSync(stateFile)) keeper.start();
    },
    stop: keeper.stop,
  };
}
