import { traceOf } from '../../audit/index.ts';
import { defineRoute, PLUGIN_INPUT, type Route, type RouteContext, signedIn } from '../../routes/index.ts';
import type { Customers } from '../customers.ts';
import { BILLING_PERMISSION, type BillingDependencies } from '../dependencies.ts';
import type { OrderRequest } from '../ordering/order.ts';
import type { Orders } from '../ordering/orders.ts';
import { unknownPurchase } from '../ordering/refusals.ts';
import type { Projector } from '../projection/projector.ts';
import type { Interval } from '../types.ts';
import { listRoute } from './list-route.ts';
import { BEGUN, INTERVAL_INPUT, ORDER_INPUT, PURCHASE, PURCHASE_ID, TAG } from './schemas.ts';
import { PURCHASE_COLUMNS, type PurchaseRow, showPurchase } from './views.ts';

const ACCESS = { permission: BILLING_PERMISSION } as const;

interface Options {
  orders: Orders;
  customers: Customers;
  projector: Projector;
}

type OrderInput = Omit<OrderRequest, 'plan'>;

/** The language of the provider's page. */
function localeOf(context: RouteContext): 'en' | 'de' {
  return /^de\b/i.test(context.header('accept-language') ?? '') ? 'de' : 'en';
}

/** Buying, and learning what came of it. */
export function purchaseRoutes(deps: BillingDependencies, { orders, customers, projector }: Options): Route[] {
  const { db, gateway } = deps;
  const { provider } = gateway;

  const begin = (context: RouteContext, request: OrderRequest) =>
    orders.begin(signedIn(context).tenant.id, request, localeOf(context), traceOf(context));

  async function purchaseBy(tenantId: string, column: 'session' | 'id', value: string): Promise<PurchaseRow> {
    const { rows } = await db.queryInTenant<PurchaseRow>(
      tenantId,
      `select ${PURCHASE_COLUMNS} from core.purchases where ${column} = $1 and provider = $2`,
      [value, provider],
    );
    const [row] = rows;
    if (!row) throw unknownPurchase();
    return row;
  }

  return [
    defineRoute({
      method: 'POST',
      path: '/api/billing/purchases',
      operationId: 'beginPurchase',
      summary: 'Buy a plugin for ever: returns what the client needs to pay',
      tag: TAG,
      access: ACCESS,
      sudo: true,
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['plugin'],
        properties: { plugin: PLUGIN_INPUT, ...ORDER_INPUT },
      },
      output: BEGUN,
      status: 201,
      handler: (context, input: OrderInput) => begin(context, { ...input, plan: 'one-time' }),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/billing/subscriptions',
      operationId: 'beginSubscription',
      summary: 'Subscribe to a plugin: returns what the client needs to pay',
      tag: TAG,
      access: ACCESS,
      sudo: true,
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['plugin', 'interval'],
        properties: { plugin: PLUGIN_INPUT, interval: INTERVAL_INPUT, ...ORDER_INPUT },
      },
      output: BEGUN,
      status: 201,
      handler: (context, { interval, ...input }: OrderInput & { interval: Interval }) =>
        begin(context, { ...input, plan: interval }),
    }),
    listRoute(deps, {
      table: 'purchases',
      columns: PURCHASE_COLUMNS,
      show: showPurchase,
      operationId: 'listPurchases',
      summary: 'The tenant’s orders, newest first',
      item: PURCHASE,
    }),
    defineRoute({
      method: 'GET',
      path: '/api/billing/purchases/{id}',
      operationId: 'getPurchase',
      summary: 'How an order stands',
      tag: TAG,
      access: ACCESS,
      input: { type: 'object', additionalProperties: false, required: ['id'], properties: { id: PURCHASE_ID } },
      output: PURCHASE,
      handler: async (context, { id }: { id: string }) =>
        showPurchase(await purchaseBy(signedIn(context).tenant.id, 'id', id)),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/billing/confirm',
      operationId: 'confirmPurchase',
      summary: 'Back from the provider’s page: asks the provider how the order stands, whatever events have come',
      tag: TAG,
      access: ACCESS,
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['session'],
        properties: { session: { type: 'string', pattern: '^cs_[A-Za-z0-9_]{1,200}$' } },
      },
      output: PURCHASE,
      async handler(context, { session }: { session: string }) {
        const tenantId = signedIn(context).tenant.id;
        // Only what was begun here is asked for.
        await purchaseBy(tenantId, 'session', session);
        const payer = await customers.find(tenantId);
        if (payer) await projector.refresh(payer, [{ checkout: session }]);
        return showPurchase(await purchaseBy(tenantId, 'session', session));
      },
    }),
  ];
}
