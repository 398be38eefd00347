import { recordAudit, traceOf } from '../../audit/index.ts';
import { ApiError } from '../../errors/index.ts';
import { type Keyset, type PageInput, pageInput, pageOf, pageOutput, readCursor } from '../../paging/index.ts';
import { defineRoute, type Route, UUID_INPUT } from '../../routes/index.ts';
import type { Customers } from '../customers.ts';
import type { BillingDependencies } from '../dependencies.ts';
import { unknownPurchase } from '../ordering/refusals.ts';
import type { Projector } from '../projection/projector.ts';
import type { Reconciler } from '../reconciliation/reconciler.ts';
import type { Inbox } from '../webhooks/inbox.ts';
import type { WebhookWorker } from '../webhooks/worker.ts';
import { DEAD_EVENT, PURCHASE, PURCHASE_ID, REPORT } from './schemas.ts';
import { showPurchase } from './views.ts';

const TAG = 'Operating billing';
const DEAD: Keyset = { name: 'dead-events', parts: ['micros', 'text'] };

interface Options {
  customers: Customers;
  projector: Projector;
  reconciler: Reconciler;
  inbox: Inbox;
  worker: WebhookWorker;
}

/** What operators do with payments. */
export function operatorRoutes(deps: BillingDependencies, options: Options): Route[] {
  const { db, gateway, log } = deps;
  const { customers, projector, reconciler, inbox, worker } = options;
  const { provider } = gateway;

  const find = (id: string) => db.asPlatform(({ Purchase }) => Purchase.findOne({ where: { id, provider } }));

  /**
   * A failure here does not undo what was done before: an event of the provider brings the result, or the daily
   * comparison.
   */
  async function readBack(tenantId: string, charge: string): Promise<boolean> {
    try {
      const payer = await customers.find(tenantId);
      if (payer) await projector.refresh(payer, [{ charge }]);
      return true;
    } catch (error) {
      log.warn({ err: error, tenant: tenantId, charge }, 'money was given back; how the payment stands is read later');
      return false;
    }
  }

  return [
    defineRoute({
      method: 'POST',
      path: '/api/operator/billing/reconcile',
      operationId: 'reconcileBilling',
      summary:
        'Compare licences, orders, subscriptions, invoices and disputes with the provider, and mend what differs',
      tag: TAG,
      access: 'operator',
      input: {
        type: 'object',
        additionalProperties: false,
        properties: {
          tenant: UUID_INPUT,
          check: { type: 'boolean', default: false, description: 'Only compare.' },
        },
      },
      output: REPORT,
      handler: (_context, { tenant, check }: { tenant?: string; check: boolean }) =>
        check ? reconciler.compare(tenant) : reconciler.mend(tenant),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/operator/billing/purchases/{id}/refund',
      operationId: 'refundPurchase',
      summary: 'Give back what was paid once, or a part of it; when all is given back the licence ends',
      tag: TAG,
      access: 'operator',
      sudo: true,
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['id'],
        properties: {
          id: PURCHASE_ID,
          amount: {
            type: 'integer',
            minimum: 1,
            maximum: 999_999_999_999,
            description: 'All that is left when absent.',
          },
        },
      },
      output: PURCHASE,
      async handler(context, { id, amount }: { id: string; amount?: number }) {
        const purchase = await find(id);
        if (!purchase) throw unknownPurchase();
        const { tenantId, charge, pluginId, amountPaid, amountRefunded } = purchase;
        const left = (amountPaid ?? 0) - amountRefunded;
        if (purchase.state !== 'completed' || charge === null || left <= 0) {
          throw new ApiError('conflict', 'Nothing of this can be given back.', { reason: 'not-refundable' });
        }
        if (amount !== undefined && amount > left) {
          const message = `Only ${left} can be given back.`;
          throw new ApiError('invalid-input', message, { errors: [{ pointer: '/amount', message }] });
        }
        const wanted = amount ?? left;
        await db.asPlatform((models) =>
          recordAudit(models, traceOf(context), {
            tenantId,
            action: 'purchase.refund-requested',
            pluginId,
            entityId: id,
            detail: { amount: wanted, currency: purchase.currency },
          }),
        );
        await gateway.refund(charge, wanted, `refund:${id}:${amountRefunded}:${wanted}`).catch(unsure);
        const isRead = await readBack(tenantId, charge);
        const now = (await find(id)) ?? purchase;
        // The money is on its way, whatever was read since: nobody is to give it back once more.
        const given = isRead ? now.amountRefunded : Math.max(now.amountRefunded, amountRefunded + wanted);
        return showPurchase({ ...now.get({ plain: true }), amountRefunded: given, plugin: pluginId });
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/api/operator/billing/events',
      operationId: 'listDeadEvents',
      summary: 'Webhooks that were given up after many attempts, oldest first',
      tag: TAG,
      access: 'operator',
      input: pageInput(),
      output: pageOutput(DEAD_EVENT),
      async handler(_context, { limit, cursor }: PageInput) {
        const [at, id] = readCursor(DEAD, cursor);
        const after = typeof at === 'number' && typeof id === 'string' ? { at, id } : null;
        const rows = await inbox.dead(limit + 1, after);
        return pageOf(
          rows,
          limit,
          DEAD,
          (row) => [row.micros, row.id],
          ({ micros: _micros, receivedAt, ...row }) => ({ ...row, receivedAt: receivedAt.toISOString() }),
        );
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/api/operator/billing/events/{id}/retry',
      operationId: 'retryDeadEvent',
      summary: 'Try an event again that was given up',
      tag: TAG,
      access: 'operator',
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['id'],
        properties: { id: { type: 'string', minLength: 1, maxLength: 255 } },
      },
      output: { type: 'object', required: ['state'], properties: { state: { const: 'waiting' } } },
      status: 202,
      async handler(_context, { id }: { id: string }) {
        if (!(await inbox.revive(id))) throw new ApiError('not-found', 'No such event was given up.');
        worker.wake();
        return { state: 'waiting' };
      },
    }),
  ];
}

/** An order that was not answered may have been carried out; once that is known here, the same words ask for more. */
function unsure(error: unknown): never {
  if (!(error instanceof ApiError) || error.reason !== 'provider-unreachable') throw error;
  throw new ApiError(
    'unavailable',
    'The payment provider did not answer: the money may be on its way back. Look how the order stands before you try again.',
    { reason: 'provider-unreachable', cause: error },
  );
}
