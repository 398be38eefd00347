import type { MeterDeclaration } from '@bazaar/sdk';
import type { Database, StagedUsage } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import { evaluate, type LicencePolicy } from '../evaluate.ts';
import type { LicenceBook } from '../licence-book.ts';
import { capOf } from './allowance.ts';
import type { DayUsage } from './forecast.ts';
import { usagePeriod } from './period.ts';

/** Longer than a period and than what a forecast looks back. */
const KEPT_IN_VIEW_DAYS = 62;

/** What has been counted of one plugin: meter → its days. */
export type PluginUsage = ReadonlyMap<string, readonly DayUsage[]>;

export interface Meters {
  /** See `Licences.allowance`. */
  allowance(tenantId: string, plugin: string, meter: MeterDeclaration): Promise<StagedUsage>;
  /** What was counted in the last two months, by plugin. */
  usageOf(tenantId: string): Promise<ReadonlyMap<string, PluginUsage>>;
}

export function createMeters(
  db: Pick<Database, 'queryInTenant'>,
  book: Pick<LicenceBook, 'of'>,
  policy: LicencePolicy,
  now: () => Date,
): Meters {
  async function usedSince(tenantId: string, plugin: string, meter: string, since: string): Promise<number> {
    const { rows } = await db.queryInTenant<{ used: number }>(
      tenantId,
      `select coalesce(sum(quantity), 0)::bigint as used from core.usage
        where tenant_id = $1 and plugin_id = $2 and meter = $3 and day >= $4`,
      [tenantId, plugin, meter, since],
    );
    return rows[0]?.used ?? 0;
  }

  return {
    async allowance(tenantId, plugin, meter) {
      const licence = (await book.of(tenantId)).licences.get(plugin) ?? null;
      const at = now();
      const { since, until } = usagePeriod(licence ?? { kind: 'none', expiresAt: null }, at);
      const cap = licence === null ? 0 : capOf(meter, licence);
      // Nothing is looked up where there is no limit: the commit counts.
      if (cap === null) return { meter: meter.name, since, cap };
      const used = await usedSince(tenantId, plugin, meter.name, since);
      const { code } = evaluate(licence, policy, at, { effect: 'deliver', usage: { used, cap } });
      if (code === 'usage-limit') throw limitReached(plugin, meter, cap, until);
      return { meter: meter.name, since, cap };
    },

    async usageOf(tenantId) {
      const { rows } = await db.queryInTenant<DayUsage & { plugin: string; meter: string }>(
        tenantId,
        `select plugin_id as plugin, meter, day, quantity from core.usage
          where tenant_id = $1 and day > $2::date - ${KEPT_IN_VIEW_DAYS}`,
        [tenantId, now()],
      );
      const plugins = new Map<string, Map<string, DayUsage[]>>();
      for (const { plugin, meter, day, quantity } of rows) {
        const meters = plugins.get(plugin) ?? new Map<string, DayUsage[]>();
        plugins.set(plugin, meters);
        meters.set(meter, [...(meters.get(meter) ?? []), { day, quantity }]);
      }
      return plugins;
    },
  };
}

function limitReached(plugin: string, { title }: MeterDeclaration, cap: number, until: string): ApiError {
  return new ApiError(
    'usage-limit',
    `${title}: all ${cap} of this month have been used. There are more from ${until} on, or with another plan.`,
    { reason: 'usage-limit', action: { label: 'Show usage', href: `/admin/plugins/${plugin}` } },
  );
}
