import { traceOf } from '../../audit/index.ts';
import { PAGE_INPUT, type PageInput, pageOutput } from '../../paging/index.ts';
import { defineRoute, PLUGIN_INPUT, type Route, type RouteContext, signedIn } from '../../routes/index.ts';
import { BILLING_PERMISSION, type BillingDependencies } from '../dependencies.ts';
import { unknownSubscription } from '../ordering/refusals.ts';
import type { SubscriptionDesk, WantedChange } from '../subscriptions/subscription-desk.ts';
import { listOf } from './lists.ts';
import { INTERVAL_INPUT, PREVIEW, SEATS_INPUT, SUBSCRIPTION, SUBSCRIPTION_ID, TAG } from './schemas.ts';
import { SUBSCRIPTION_COLUMNS, type SubscriptionRow, showPreview, showSubscription } from './views.ts';

const ACCESS = { permission: BILLING_PERMISSION } as const;
const ID_ONLY = {
  type: 'object',
  additionalProperties: false,
  required: ['id'],
  properties: { id: SUBSCRIPTION_ID },
};
const CHANGE = {
  ...ID_ONLY,
  minProperties: 2,
  properties: { id: SUBSCRIPTION_ID, interval: INTERVAL_INPUT, seats: SEATS_INPUT },
};

/** What can be done with running subscriptions. */
export function subscriptionRoutes({ db, gateway }: BillingDependencies, desk: SubscriptionDesk): Route[] {
  const { provider } = gateway;

  async function shown(tenantId: string, id: string) {
    const { rows } = await db.queryInTenant<SubscriptionRow>(
      tenantId,
      `select ${SUBSCRIPTION_COLUMNS} from core.subscriptions where id = $1 and provider = $2`,
      [id, provider],
    );
    const [row] = rows;
    if (!row) throw unknownSubscription();
    return showSubscription(row);
  }

  const cancelling = (verb: 'cancel' | 'resume', summary: string): Route =>
    defineRoute({
      method: 'POST',
      path: `/api/billing/subscriptions/{id}/${verb}`,
      operationId: `${verb}Subscription`,
      summary,
      tag: TAG,
      access: ACCESS,
      sudo: true,
      input: ID_ONLY,
      output: SUBSCRIPTION,
      async handler(context: RouteContext, { id }: { id: string }) {
        const tenantId = signedIn(context).tenant.id;
        await desk.setCancelled(tenantId, id, verb === 'cancel', traceOf(context));
        return shown(tenantId, id);
      },
    });

  return [
    defineRoute({
      method: 'GET',
      path: '/api/billing/subscriptions',
      operationId: 'listSubscriptions',
      summary: 'The tenant’s subscriptions, newest first',
      tag: TAG,
      access: ACCESS,
      input: {
        type: 'object',
        additionalProperties: false,
        properties: { ...PAGE_INPUT, plugin: PLUGIN_INPUT },
      },
      output: pageOutput(SUBSCRIPTION),
      handler: (context, page: PageInput) =>
        listOf<SubscriptionRow, ReturnType<typeof showSubscription>>(
          db,
          signedIn(context).tenant.id,
          provider,
          { table: 'subscriptions', columns: SUBSCRIPTION_COLUMNS, show: showSubscription },
          page,
        ),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/billing/subscriptions/{id}/preview',
      operationId: 'previewSubscriptionChange',
      summary: 'What another interval or number of seats would cost at once',
      tag: TAG,
      access: ACCESS,
      input: CHANGE,
      output: PREVIEW,
      handler: async (context, { id, ...wanted }: WantedChange & { id: string }) =>
        showPreview(await desk.preview(signedIn(context).tenant.id, id, wanted)),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/billing/subscriptions/{id}/change',
      operationId: 'changeSubscription',
      summary: 'Change interval or seats now; what is due for the rest of the period is charged or credited',
      tag: TAG,
      access: ACCESS,
      sudo: true,
      input: { ...CHANGE, properties: { ...CHANGE.properties, prorationAt: { type: 'string', format: 'date-time' } } },
      output: SUBSCRIPTION,
      async handler(context, { id, ...wanted }: WantedChange & { id: string }) {
        const tenantId = signedIn(context).tenant.id;
        await desk.change(tenantId, id, wanted, traceOf(context));
        return shown(tenantId, id);
      },
    }),
    cancelling('cancel', 'End a subscription when what is paid for ends'),
    cancelling('resume', 'Take the end of a subscription back'),
  ];
}
