export { type Billing, createBilling } from './create-billing.ts';
export type { BillingDependencies } from './dependencies.ts';
export { createDoubleKeeper, type DoubleKeeper } from './double/double-keeper.ts';
export { createGateway, type PaymentGateway, type StripeAccess } from './gateway/index.ts';
