import { traceOf } from '../../audit/index.ts';
import { defineRoute, type Route, type RouteContext, signedIn } from '../../routes/index.ts';
import { BILLING_PERMISSION, type BillingDependencies } from '../dependencies.ts';
import { unknownSubscription } from '../ordering/refusals.ts';
import type { Cancellations } from '../subscriptions/cancellations.ts';
import type { ChangeOutcome, PlanChanges, WantedChange } from '../subscriptions/plan-changes.ts';
import { listRoute } from './list-route.ts';
import { CHANGED, INTERVAL_INPUT, PREVIEW, SEATS_INPUT, SUBSCRIPTION, SUBSCRIPTION_ID, TAG } from './schemas.ts';
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

interface Options {
  cancellations: Cancellations;
  changes: PlanChanges;
}

/** What can be done with running subscriptions. */
export function subscriptionRoutes({ db, gateway }: BillingDependencies, { cancellations, changes }: Options): Route[] {
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

  const told = async (tenantId: string, id: string, outcome: ChangeOutcome) => ({
    ...(await shown(tenantId, id)),
    ...outcome,
  });

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
        if (verb === 'cancel') await cancellations.setCancelled(tenantId, id, true, traceOf(context));
        else await cancellations.resume(tenantId, id, traceOf(context));
        return shown(tenantId, id);
      },
    });

  return [
    listRoute(
      { db, gateway },
      {
        table: 'subscriptions',
        columns: SUBSCRIPTION_COLUMNS,
        show: showSubscription,
        operationId: 'listSubscriptions',
        summary: 'The tenant’s subscriptions, newest first',
        item: SUBSCRIPTION,
      },
    ),
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
        showPreview(await changes.preview(signedIn(context).tenant.id, id, wanted)),
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
      output: CHANGED,
      async handler(context, { id, ...wanted }: WantedChange & { id: string }) {
        const tenantId = signedIn(context).tenant.id;
        return told(tenantId, id, await changes.make(tenantId, id, wanted, traceOf(context)));
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/api/billing/subscriptions/{id}/change/confirm',
      operationId: 'confirmSubscriptionChange',
      summary: 'What the client needs to have a pending change confirmed by the payer’s bank',
      tag: TAG,
      access: ACCESS,
      input: ID_ONLY,
      output: CHANGED,
      async handler(context, { id }: { id: string }) {
        const tenantId = signedIn(context).tenant.id;
        return told(tenantId, id, await changes.confirm(tenantId, id));
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/api/billing/subscriptions/{id}/change/refresh',
      operationId: 'refreshSubscriptionChange',
      summary: 'Back from the bank: asks the provider what came of a change, whatever events have come',
      tag: TAG,
      access: ACCESS,
      input: ID_ONLY,
      output: CHANGED,
      async handler(context, { id }: { id: string }) {
        const tenantId = signedIn(context).tenant.id;
        return told(tenantId, id, await changes.refresh(tenantId, id));
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/api/billing/subscriptions/{id}/change/withdraw',
      operationId: 'withdrawSubscriptionChange',
      summary: 'Keep the present plan: a pending change is not made',
      tag: TAG,
      access: ACCESS,
      sudo: true,
      input: ID_ONLY,
      output: CHANGED,
      async handler(context, { id }: { id: string }) {
        const tenantId = signedIn(context).tenant.id;
        return told(tenantId, id, await changes.withdraw(tenantId, id, traceOf(context)));
      },
    }),
    cancelling('cancel', 'End a subscription when what is paid for ends'),
    cancelling('resume', 'Take the end of a subscription back'),
  ];
}
