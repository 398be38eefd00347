import { ApiError } from '../../errors/index.ts';
import { defineRoute, PLUGIN_INPUT, type Route, signedIn } from '../../routes/index.ts';
import type { Customers } from '../customers.ts';
import { BILLING_PERMISSION, type BillingDependencies } from '../dependencies.ts';
import { keptTrial } from '../ordering/order.ts';
import { seatsTakenOf } from '../ordering/orders.ts';
import { unknownPlugin } from '../ordering/refusals.ts';
import { standingOf } from '../ordering/standing.ts';
import { offersOf } from '../plans/offers.ts';
import { OPEN_STATES } from '../projection/purchase-state.ts';
import { listRoute } from './list-route.ts';
import { INVOICE, OVERVIEW, PLANS, TAG } from './schemas.ts';
import { INVOICE_COLUMNS, type InvoiceRow, showInvoice, showPurchase, showSubscription } from './views.ts';

const ACCESS = { permission: BILLING_PERMISSION } as const;
const MOST_ATTENTION = 20;

interface OwedRow extends InvoiceRow {
  attempts: number;
}

/** What the tenant pays, owes and could buy. */
export function accountRoutes(deps: BillingDependencies, customers: Customers): Route[] {
  const { db, gateway, plugins, mailer, now } = deps;
  const { provider } = gateway;

  async function overviewOf(tenantId: string) {
    const [payer, owed] = await Promise.all([
      db.queryInTenant<{ paymentMethod: object | null; credit: { amount: number; currency: string } | null }>(
        tenantId,
        'select payment_method as "paymentMethod", credit from core.billing_customers where provider = $1',
        [provider],
      ),
      db.queryInTenant<OwedRow>(
        tenantId,
        `select ${INVOICE_COLUMNS}, attempts from core.invoices
          where provider = $1 and status = 'open' and amount_due > 0 and (attempts > 0 or needs_action)
            and reason is distinct from 'subscription_create'
            and not exists (select from core.subscriptions s
              where s.tenant_id = invoices.tenant_id and s.latest_invoice = invoices.id and s.pending_until is not null)
          order by created_at limit ${MOST_ATTENTION}`,
        [provider],
      ),
    ]);
    const { paymentMethod = null, credit = null } = payer.rows[0] ?? {};
    return {
      payments: provider,
      paymentMethod,
      credit: credit && { amount: credit.amount, currency: credit.currency.toUpperCase() },
      attention: owed.rows.map(({ id, plugin, amountDue, currency, page, nextAttemptAt, needsAction }) => ({
        kind: needsAction ? 'action' : 'past-due',
        invoice: id,
        plugin,
        amount: amountDue,
        currency: currency.toUpperCase(),
        page,
        nextAttemptAt: nextAttemptAt?.toISOString() ?? null,
      })),
    };
  }

  async function plansOf(tenantId: string, plugin: string) {
    const manifest = plugins.manifest(plugin, tenantId);
    if (!manifest) throw unknownPlugin(plugin);
    const [{ licence, subscription, ending, open, owned }, seatsTaken] = await Promise.all([
      db.asPlatform((models) => standingOf(models, provider, tenantId, plugin, OPEN_STATES)),
      seatsTakenOf(db, tenantId, plugin),
    ]);
    return {
      plugin,
      name: manifest.name,
      offers: offersOf(manifest),
      meters: manifest.pricing?.meters ?? [],
      owned,
      subscription: subscription && showSubscription({ ...subscription.get({ plain: true }), plugin }),
      ending: ending && showSubscription({ ...ending.get({ plain: true }), plugin }),
      order: open && showPurchase({ ...open.get({ plain: true }), plugin }),
      seatsTaken,
      keepsTrialUntil: keptTrial(licence, now())?.toISOString() ?? null,
    };
  }

  return [
    defineRoute({
      method: 'GET',
      path: '/api/billing',
      operationId: 'getBilling',
      summary: 'How the tenant pays, and what waits for a payment',
      tag: TAG,
      access: ACCESS,
      output: OVERVIEW,
      handler: (context) => overviewOf(signedIn(context).tenant.id),
    }),
    defineRoute({
      method: 'GET',
      path: '/api/billing/plans/{plugin}',
      operationId: 'getPlans',
      summary: 'What can be bought of a plugin, and what the tenant has of it',
      tag: TAG,
      access: ACCESS,
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['plugin'],
        properties: { plugin: PLUGIN_INPUT },
      },
      output: PLANS,
      handler: (context, { plugin }: { plugin: string }) => plansOf(signedIn(context).tenant.id, plugin),
    }),
    listRoute(deps, {
      table: 'invoices',
      columns: INVOICE_COLUMNS,
      show: showInvoice,
      operationId: 'listInvoices',
      summary: 'The tenant’s invoices, newest first',
      item: INVOICE,
    }),
    defineRoute({
      method: 'POST',
      path: '/api/billing/portal',
      operationId: 'openBillingPortal',
      summary: 'A page of the provider where means of payment are changed and invoices paid',
      tag: TAG,
      access: ACCESS,
      sudo: true,
      output: { type: 'object', required: ['url'], properties: { url: { type: 'string' } } },
      status: 201,
      async handler(context) {
        const payer = await customers.find(signedIn(context).tenant.id);
        if (!payer) {
          throw new ApiError('conflict', 'There is nothing to manage before the first order.', {
            reason: 'no-customer',
          });
        }
        return { url: await gateway.portal(payer.customer, `${mailer.publicOrigin()}/admin/billing`) };
      },
    }),
  ];
}
