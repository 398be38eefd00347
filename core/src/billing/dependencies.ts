import type { JsonObject, Manifest } from '@bazaar/sdk';
import type { Database } from '../data/index.ts';
import type { LicenceWriter } from '../licensing/index.ts';
import type { Log } from '../logging/index.ts';
import type { Mailer } from '../mail/index.ts';
import type { MarketTerms } from './connect/terms.ts';
import type { PaymentGateway } from './gateway/index.ts';

export interface BillingDependencies {
  db: Pick<Database, 'asPlatform' | 'queryInTenant' | 'platform' | 'locks' | 'bus'>;
  gateway: PaymentGateway;
  writer: LicenceWriter;
  plugins: {
    /** What a known plugin declares, also while it does not serve. */
    manifest(id: string, tenantId?: string): Manifest | undefined;
  };
  realtime: {
    publish(message: { tenantId: string; permission: string; event: string; payload: JsonObject }): void;
  };
  mailer: Mailer;
  /** How money is shared with publishers. */
  terms?: MarketTerms;
  log: Log;
  now(): Date;
}

/** Who may see and change what the tenant pays. */
export const BILLING_PERMISSION = 'core:billing.manage';
