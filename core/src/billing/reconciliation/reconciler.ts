import { messageOf } from '../../errors/index.ts';
import type { BillingDependencies } from '../dependencies.ts';
import type { Orders } from '../ordering/orders.ts';
import type { Payer, Projector } from '../projection/projector.ts';
import { OPEN_STATES } from '../projection/purchase-state.ts';
import type { Difference } from '../projection/types.ts';

export interface ReconcileReport {
  /** Tenants that were compared. */
  compared: number;
  differences: Difference[];
  /** Tenants that could not be compared, and why. */
  failures: { tenantId: string; reason: string }[];
}

export interface Reconciler {
  /** Compares every tenant that has ever paid, or one. Changes nothing. */
  compare(tenantId?: string): Promise<ReconcileReport>;
  /** The same, and puts right what differs. */
  mend(tenantId?: string): Promise<ReconcileReport>;
  /** Compares those whose turn it is: each once a day. */
  daily(): Promise<void>;
  /** Gives up orders that nobody has paid. */
  lapse(): Promise<void>;
}

type Mode = 'compare' | 'mend';

const PAGE = 200;
const FIRST = '00000000-0000-0000-0000-000000000000';

export function createReconciler(deps: BillingDependencies, projector: Projector, orders: Orders): Reconciler {
  const { db, gateway, writer, log } = deps;
  const { provider } = gateway;

  async function* payers(tenantId: string | undefined): AsyncGenerator<Payer> {
    for (let after: string | undefined = FIRST; after !== undefined; ) {
      const { rows }: { rows: Payer[] } = await db.platform.query<Payer>(
        `select tenant_id as "tenantId", customer from core.billing_customers
          where provider = $1 and tenant_id > $2 and ($3::uuid is null or tenant_id = $3)
          order by tenant_id limit ${PAGE}`,
        [provider, after, tenantId ?? null],
      );
      yield* rows;
      after = rows.length < PAGE ? undefined : rows.at(-1)?.tenantId;
    }
  }

  /** Licences that say they were paid here, by something that is in none of our rows. */
  async function orphans(mode: Mode, tenantId: string | undefined): Promise<Difference[]> {
    const { rows } = await db.platform.query<{ tenantId: string; plugin: string; source: string }>(
      `select l.tenant_id as "tenantId", l.plugin_id as plugin, l.source from core.licences l
        where l.revoked_at is null and l.source ~ '^(purchase|subscription):' and ($1::uuid is null or l.tenant_id = $1)
          and not exists (select from core.purchases p
            where p.tenant_id = l.tenant_id and l.source = 'purchase:' || p.id)
          and not exists (select from core.subscriptions s
            where s.tenant_id = l.tenant_id and l.source = 'subscription:' || s.id)`,
      [tenantId ?? null],
    );
    for (const { tenantId: tenant, plugin, source } of mode === 'mend' ? rows : []) {
      const change = { tenantId: tenant, plugin, reason: 'never-paid', at: deps.now(), source };
      await db.asPlatform((models) =>
        writer.revoke(models, change, { actor: { kind: 'system', userId: null }, requestId: null }),
      );
      await writer.announce(tenant, plugin);
    }
    return rows.map(({ tenantId: tenant, plugin, source }) => ({
      tenantId: tenant,
      plugin,
      what: 'licence',
      id: plugin,
      changes: [{ field: 'source', ours: source, provider: null }],
    }));
  }

  async function run(mode: Mode, tenantId: string | undefined): Promise<ReconcileReport> {
    const report: ReconcileReport = { compared: 0, differences: [], failures: [] };
    for await (const payer of payers(tenantId)) {
      try {
        report.differences.push(...(await projector[mode](payer)));
        report.compared += 1;
      } catch (error) {
        const reason = messageOf(error);
        report.failures.push({ tenantId: payer.tenantId, reason });
        log.error({ err: error, tenantId: payer.tenantId }, 'a tenant could not be compared with the payment provider');
      }
    }
    report.differences.push(...(await orphans(mode, tenantId)));
    return report;
  }

  return {
    compare: (tenantId) => run('compare', tenantId),
    mend: (tenantId) => run('mend', tenantId),
    async daily() {
      // In no order: those whose turn always fails take nobody else's.
      const { rows } = await db.platform.query<Payer>(
        `select tenant_id as "tenantId", customer from core.billing_customers
          where provider = $1 and (reconciled_at is null or reconciled_at < now() - interval '24 hours')
          order by random() limit ${PAGE}`,
        [provider],
      );
      for (const payer of rows) {
        try {
          const differences = await projector.mend(payer);
          if (differences.length > 0)
            log.warn({ ...payer, differences }, 'differences from the payment provider were mended');
        } catch (error) {
          log.error(
            { err: error, tenantId: payer.tenantId },
            'a tenant could not be compared with the payment provider',
          );
        }
      }
    },
    async lapse() {
      // In no order, as above.
      const { rows } = await db.platform.query<{ id: string }>(
        `select id from core.purchases where provider = $1 and state = any($2) and expires_at <= $3
          order by random() limit ${PAGE}`,
        [provider, [...OPEN_STATES], deps.now()],
      );
      const due = await db.asPlatform(({ Purchase }) => Purchase.findAll({ where: { id: rows.map(({ id }) => id) } }));
      for (const purchase of due) {
        await orders.release(purchase).catch((error: unknown) => {
          log.warn({ err: error, purchase: purchase.id }, 'an order that nobody paid could not be given up yet');
        });
      }
    },
  };
}
