import { defineRoute, type Route, uploaded } from '../../routes/index.ts';
import type { BillingDependencies } from '../dependencies.ts';
import type { Inbox } from './inbox.ts';
import { isIgnored } from './is-ignored.ts';
import type { AccountEvents, WebhookWorker } from './worker.ts';

const MAX_BYTES = 512 * 1024;

interface WebhookRouteOptions {
  inbox: Inbox;
  worker: WebhookWorker;
  accounts?: AccountEvents;
}

export function webhookRoutes({ gateway }: BillingDependencies, options: WebhookRouteOptions): Route[] {
  const { inbox, worker, accounts } = options;

  return [
    defineRoute({
      method: 'POST',
      path: '/api/billing/stripe/webhook',
      operationId: 'receiveStripeEvent',
      summary: 'Receives the payment provider’s events; the signature in `Stripe-Signature` is checked',
      tag: 'Billing',
      access: 'public',
      upload: { types: ['application/json'], maxBytes: MAX_BYTES },
      output: { type: 'object', required: ['received'], properties: { received: { const: true } } },
      async handler(context) {
        // Signatures bear the provider's time, and so the real one, whatever time the platform is set to.
        const event = await gateway.readEvent(uploaded(context), context.header('stripe-signature') ?? '', new Date());
        const ignored = isIgnored(event, accounts);
        // Answered as soon as it cannot be lost any more; it is handled afterwards.
        const isNew = await inbox.store(event, ignored);
        if (isNew && !ignored) worker.wake();
        return { received: true };
      },
    }),
  ];
}
