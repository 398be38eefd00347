import type { Route } from '../routes/index.ts';
import { accountRoutes } from './api/account-routes.ts';
import { operatorRoutes } from './api/operator-routes.ts';
import { purchaseRoutes } from './api/purchase-routes.ts';
import { subscriptionRoutes } from './api/subscription-routes.ts';
import { createPublishers } from './connect/publishers.ts';
import { connectRoutes } from './connect/routes.ts';
import { createShareTransfers } from './connect/share-transfers.ts';
import { createCustomers } from './customers.ts';
import type { BillingDependencies } from './dependencies.ts';
import { Orders } from './ordering/orders.ts';
import { createPriceBook } from './plans/price-book.ts';
import { createProjector } from './projection/projector.ts';
import { createReconciler, type Reconciler } from './reconciliation/reconciler.ts';
import { Cancellations } from './subscriptions/cancellations.ts';
import { endBilling } from './subscriptions/end-billing.ts';
import { PlanChanges } from './subscriptions/plan-changes.ts';
import { createRunning } from './subscriptions/running.ts';
import { createWindDown, type WindDown } from './subscriptions/wind-down.ts';
import { createUsageReports } from './usage/usage-reports.ts';
import { EventFetch } from './webhooks/event-fetch.ts';
import { Inbox } from './webhooks/inbox.ts';
import { webhookRoutes } from './webhooks/routes.ts';
import { WebhookWorker } from './webhooks/worker.ts';

export interface Billing {
  readonly routes: Route[];
  readonly reconciler: Reconciler;
  /** Work that one node does at intervals: name → chore. */
  readonly chores: Readonly<Record<string, () => Promise<unknown>>>;
  /** Ends at once what a tenant that is deleted pays for. Idempotent. */
  endTenant(tenantId: string): Promise<void>;
  /** For a tenant that is about to be deleted. */
  readonly windDown: WindDown;
  /** In a worker: handles the provider's events. */
  start(): void;
  stop(): Promise<void>;
}

export interface BillingOptions {
  /** Events are fetched from the provider, which has no endpoint to deliver them to. */
  fetchesEvents?: boolean;
}

/** What tenants buy and pay. */
export function createBilling(deps: BillingDependencies, { fetchesEvents }: BillingOptions = {}): Billing {
  const { db, gateway } = deps;
  const customers = createCustomers(deps);
  const projector = createProjector(deps);
  const prices = createPriceBook(db, gateway);
  const inbox = new Inbox(db.platform, gateway.provider);
  const people = createPublishers(deps);
  const transfers = createShareTransfers(deps);
  const accounts = people.events;
  const worker = new WebhookWorker(deps, { inbox, customers, projector, accounts });
  const orders = new Orders(deps, { customers, projector, prices });
  const running = createRunning(deps, customers, projector);
  const cancellations = new Cancellations(deps, running);
  const changes = new PlanChanges(deps, running, prices);
  const reconciler = createReconciler(deps, projector, orders);
  const usage = createUsageReports(deps, prices);
  const fetch = fetchesEvents ? new EventFetch(deps, { inbox, worker, accounts }) : undefined;
  return {
    reconciler,
    routes: [
      ...accountRoutes(deps, customers),
      ...purchaseRoutes(deps, { orders, customers, projector }),
      ...subscriptionRoutes(deps, { cancellations, changes }),
      ...webhookRoutes(deps, { inbox, worker, accounts }),
      ...connectRoutes(deps, { people, transfers }),
      ...operatorRoutes(deps, { customers, projector, reconciler, inbox, worker }),
    ],
    chores: {
      'billing: orders': reconciler.lapse,
      'billing: usage': usage.run,
      'billing: comparison': reconciler.daily,
      'billing: events': () => inbox.sweep(),
      'billing: shares': () => transfers.run(),
    },
    endTenant: (tenantId) => endBilling(deps, orders, tenantId),
    windDown: createWindDown(deps, { orders, cancellations, changes }),
    start() {
      worker.start();
      fetch?.start();
    },
    async stop() {
      await fetch?.stop();
      await worker.stop();
    },
  };
}
