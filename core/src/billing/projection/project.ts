import type { CoreModels } from '../../data/index.ts';
import type { BillingDependencies } from '../dependencies.ts';
import { projectLedger } from '../ledger/project-ledger.ts';
import type { Facts } from './facts.ts';
import { projectCharges } from './project-charges.ts';
import { projectInvoices } from './project-invoices.ts';
import { projectLicences } from './project-licences.ts';
import { projectPurchases } from './project-purchases.ts';
import { projectSubscriptions } from './project-subscriptions.ts';
import type { FieldChange } from './rows.ts';

/** Where what is stored was not what the provider has. */
export interface Difference {
  tenantId: string;
  plugin: string | null;
  what: 'subscription' | 'purchase' | 'invoice' | 'licence';
  id: string;
  changes: FieldChange[];
}

/** One projection of a tenant's objects, in one transaction of the platform. */
export interface Projection {
  deps: BillingDependencies;
  models: CoreModels;
  tenantId: string;
  facts: Facts;
  /** Something was told just now; otherwise it was found by comparing, and may be long ago. */
  isNews: boolean;
  /** Plugins about which something may have changed. */
  touched: Set<string>;
  /** Plugins whose licence did change. */
  licensed: Set<string>;
  differences: Difference[];
}

/**
 * Writes the provider's objects as they are now onto our rows, and what they amount to onto the licences. Doing it
 * again changes nothing; whoever does it with newer objects puts right what older ones said.
 */
export async function project(projection: Projection): Promise<void> {
  await projectSubscriptions(projection);
  await projectPurchases(projection);
  await projectInvoices(projection);
  await projectCharges(projection);
  await projectLedger(projection);
  await projectLicences(projection);
}
