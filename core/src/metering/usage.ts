import type { Account } from './account.ts';
import type { Ledger } from './ledger.ts';
import type { LevelQuotas, Quotas } from './quota-values.ts';
import { noTotals, type Totals } from './totals.ts';

/** What somebody uses of a plugin, against what they may. */
export interface Usage {
  plugin: string;
  /** ISO 8601. */
  since: string;
  lastMinute: LevelQuotas;
  quotas: LevelQuotas;
  totals: Totals;
}

/** `tenantId` is null for all tenants of the plugin together. */
export interface OwnedUsage {
  key: string;
  pluginId: string;
  tenantId: string | null;
  account: Account;
}

export interface UsageFilter {
  plugin?: string;
  tenant?: string;
}

/** The accounts a filter lets through. Those of all tenants together only where none is asked for. */
export function accountsOf(ledger: Ledger, { plugin, tenant }: UsageFilter): OwnedUsage[] {
  const found: OwnedUsage[] = [];
  for (const { id: pluginId, account, tenants } of ledger.all()) {
    if (plugin !== undefined && plugin !== pluginId) continue;
    if (tenant === undefined) found.push({ key: pluginId, pluginId, tenantId: null, account });
    for (const [tenantId, own] of tenants) {
      if (tenant !== undefined && tenant !== tenantId) continue;
      found.push({ key: `${pluginId}/${tenantId}`, pluginId, tenantId, account: own });
    }
  }
  return found;
}

/** What stands in an account; an account that was never opened has used nothing. */
export function usageOf(
  pluginId: string,
  account: Account | undefined,
  quotas: Quotas[keyof Pick<Quotas, 'plugin' | 'tenant'>],
  clock: number,
  startedAt: Date,
): Usage {
  return {
    plugin: pluginId,
    since: (account?.since ?? startedAt).toISOString(),
    lastMinute: account?.usage(clock) ?? NOTHING,
    quotas,
    totals: structuredClone(account?.totals ?? noTotals()),
  };
}

const NOTHING: LevelQuotas = {
  cpuMs: 0,
  databaseMs: 0,
  hostCalls: 0,
  rows: 0,
  bytesOut: 0,
  events: 0,
  logLines: 0,
  concurrentCalls: 0,
};
