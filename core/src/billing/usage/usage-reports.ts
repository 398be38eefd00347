import { messageOf } from '../../errors/index.ts';
import type { BillingDependencies } from '../dependencies.ts';
import type { PriceBook } from '../plans/price-book.ts';
import type { Interval } from '../types.ts';

export interface UsageReports {
  /** Reports usage since the last time to the provider. Each use is reported once, whatever process dies on the way. */
  run(): Promise<void>;
}

interface Unreported {
  tenantId: string;
  plugin: string;
  meter: string;
  day: string;
  quantity: number;
  reported: number;
  customer: string;
  plan: Interval;
}

interface Report {
  tenantId: string;
  id: string;
  customer: string;
  eventName: string;
  day: string;
  quantity: number;
  identifier: string;
  createdAt: Date;
}

const LOCK = 'usage-reports';
const BATCH = 200;
/** The provider accepts no usage older than this. */
const OLDEST_DAYS = 30;

/**
 * Two steps: a report is written down in the transaction that marks the usage as reported, then it is sent under its
 * identifier until the provider has taken it. The provider counts an identifier once.
 */
export function createUsageReports(deps: BillingDependencies, prices: PriceBook): UsageReports {
  const { db, gateway, plugins, log } = deps;
  const { provider } = gateway;

  async function unreported(): Promise<Unreported[]> {
    const { rows } = await db.platform.query<Unreported>(
      `select u.tenant_id as "tenantId", u.plugin_id as plugin, u.meter, u.day::text as day, u.quantity, u.reported,
              c.customer, s.plan
         from core.usage u
         join lateral (
           select s.plan from core.subscriptions s
            where s.tenant_id = u.tenant_id and s.plugin_id = u.plugin_id and s.provider = $1
              and s.status in ('active', 'trialing', 'past_due') and s.created_at < u.day + 1
            order by s.created_at desc limit 1) s on true
         join core.billing_customers c on c.tenant_id = u.tenant_id and c.provider = $1
        where u.quantity > u.reported and u.day > (now() at time zone 'utc')::date - $2::integer
        order by u.tenant_id, u.day limit ${BATCH}`,
      [provider, OLDEST_DAYS],
    );
    return rows;
  }

  async function writeDown(one: Unreported, eventName: string): Promise<void> {
    const { tenantId, plugin, meter, day, quantity, reported, customer } = one;
    const identifier = [tenantId, plugin, meter, day, quantity].join(':');
    await db.platform.transaction(async (sql) => {
      const { rowCount } = await sql.query(
        `update core.usage set reported = $5
          where tenant_id = $1 and plugin_id = $2 and meter = $3 and day = $4 and reported = $6`,
        [tenantId, plugin, meter, day, quantity, reported],
      );
      // Somebody else has written it down in the meantime.
      if (rowCount === 0) return;
      await sql.query(
        `insert into core.usage_reports
           (tenant_id, provider, plugin_id, meter, customer, event_name, day, quantity, identifier)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [tenantId, provider, plugin, meter, customer, eventName, day, quantity - reported, identifier],
      );
    });
  }

  async function send(): Promise<void> {
    const { rows } = await db.platform.query<Report>(
      `select tenant_id as "tenantId", id, customer, event_name as "eventName", day::text as day, quantity, identifier,
              created_at as "createdAt"
         from core.usage_reports where sent_at is null and provider = $1 order by created_at limit ${BATCH}`,
      [provider],
    );
    for (const { tenantId, id, createdAt, day: _day, ...usage } of rows) {
      try {
        await gateway.reportUsage({ ...usage, at: createdAt });
        await db.platform.query(
          'update core.usage_reports set sent_at = now(), last_error = null where tenant_id = $1 and id = $2',
          [tenantId, id],
        );
      } catch (error) {
        const reason = messageOf(error);
        await db.platform.query(
          'update core.usage_reports set last_error = left($3, 500) where tenant_id = $1 and id = $2',
          [tenantId, id, reason],
        );
        log.warn({ err: error, tenantId, report: id }, 'usage could not be reported; it is tried again');
      }
    }
  }

  return {
    async run() {
      const lock = await db.locks.tryAcquire(LOCK);
      if (!lock) return;
      try {
        for (const one of await unreported()) {
          const manifest = plugins.manifest(one.plugin, one.tenantId);
          const meters = manifest ? await prices.metersOf(manifest, one.plan) : [];
          const meter = meters.find((known) => known.meter === one.meter);
          // What is counted without a price is nobody's bill.
          if (meter) await writeDown(one, meter.eventName);
        }
        await send();
      } finally {
        await lock.release();
      }
    },
  };
}
