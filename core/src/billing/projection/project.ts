import { projectLedger } from '../ledger/project-ledger.ts';
import { projectCharges } from './project-charges.ts';
import { projectInvoices } from './project-invoices.ts';
import { projectLicences } from './project-licences.ts';
import { projectPurchases } from './project-purchases.ts';
import { projectSubscriptions } from './project-subscriptions.ts';
import type { Projection } from './types.ts';

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
