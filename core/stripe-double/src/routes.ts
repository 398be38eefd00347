import { ACCOUNTS } from './connect/accounts.ts';
import { PAYOUTS } from './connect/payouts.ts';
import { TRANSFERS } from './connect/transfers.ts';
import type { RouteDefinition } from './http/call.ts';
import { CATALOG } from './resources/catalog.ts';
import { CHARGES } from './resources/charges.ts';
import { CHECKOUT } from './resources/checkout.ts';
import { CREDIT_NOTES } from './resources/credit-notes.ts';
import { CUSTOMERS } from './resources/customers.ts';
import { INVOICES } from './resources/invoices.ts';
import { METERS } from './resources/meters.ts';
import { PAYMENT_INTENTS } from './resources/payment-intents.ts';
import { PAYMENT_METHODS } from './resources/payment-methods.ts';
import { PORTAL } from './resources/portal.ts';
import { PROMOTIONS } from './resources/promotions.ts';
import { SETUP_INTENTS } from './resources/setup-intents.ts';
import { SUBSCRIPTIONS } from './resources/subscriptions.ts';
import { TAX_IDS } from './resources/tax-ids.ts';
import { TAX_RATES } from './resources/tax-rates.ts';

/** Every route that needs nothing but the books. */
export const ROUTES: readonly RouteDefinition[] = [
  ...ACCOUNTS,
  ...CATALOG,
  ...CHARGES,
  ...CHECKOUT,
  ...CREDIT_NOTES,
  ...CUSTOMERS,
  ...INVOICES,
  ...METERS,
  ...PAYMENT_INTENTS,
  ...PAYMENT_METHODS,
  ...PAYOUTS,
  ...PORTAL,
  ...PROMOTIONS,
  ...SETUP_INTENTS,
  ...SUBSCRIPTIONS,
  ...TAX_IDS,
  ...TAX_RATES,
  ...TRANSFERS,
];
