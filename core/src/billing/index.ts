export { type Billing, createBilling } from './create-billing.ts';
export { createPayments, type Payments, type StripeConfig } from './create-payments.ts';
export type { WindDown } from './subscriptions/wind-down.ts';
