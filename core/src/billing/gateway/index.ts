export type { StripeAccess } from './stripe-client.ts';
export { createGateway, type GatewayOptions } from './stripe-gateway.ts';
export type * from './types.ts';
