import type { RouteDefinition } from './http/call.ts';
import { CATALOG } from './resources/catalog.ts';
import { CHECKOUT } from './resources/checkout.ts';
import { CUSTOMERS } from './resources/customers.ts';
import { INVOICES } from './resources/invoices.ts';
import { PAYMENT_INTENTS } from './resources/payment-intents.ts';
import { PAYMENT_METHODS } from './resources/payment-methods.ts';
import { PROMOTIONS } from './resources/promotions.ts';
import { SETUP_INTENTS } from './resources/setup-intents.ts';
import { SUBSCRIPTIONS } from './resources/subscriptions.ts';
import { TAX_IDS } from './resources/tax-ids.ts';

/** Every route that needs nothing but the books. */
export const ROUTES: readonly RouteDefinition[] = [
  ...CATALOG,
  ...CHECKOUT,
  ...CUSTOMERS,
  ...INVOICES,
  ...PAYMENT_INTENTS,
  ...PAYMENT_METHODS,
  ...PROMOTIONS,
  ...SETUP_INTENTS,
  ...SUBSCRIPTIONS,
  ...TAX_IDS,
];
