import type { CoreModels } from '../../data/index.ts';
import type { BillingDependencies } from '../dependencies.ts';
import type { Facts } from './facts.ts';
import type { FieldChange } from './rows.ts';

/** Where what is stored was not what the provider has. */
export interface Difference {
  tenantId: string;
  plugin: string | null;
  what: 'subscription' | 'purchase' | 'invoice' | 'dispute' | 'licence';
  id: string;
  changes: FieldChange[];
}

/** One projection of a tenant's objects, in one transaction of the platform. */
export interface Projection {
  deps: BillingDependencies;
  models: CoreModels;
  tenantId: string;
  facts: Facts;
  /** It follows an event; otherwise it was found by comparing, and may be long ago. */
  isNews: boolean;
  /** Plugins about which something may have changed. */
  touched: Set<string>;
  /** Plugins whose licence did change. */
  licensed: Set<string>;
  differences: Difference[];
}
