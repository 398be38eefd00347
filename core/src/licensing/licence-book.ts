import { type Changes, createLoadingCache } from '../caching/index.ts';
import type { Database } from '../data/index.ts';
import { evaluate, type LicenceKind, type LicencePolicy, type LicenceRecord } from './evaluate.ts';
import type { LicenceDecision, Licences } from './types.ts';

/** All that is stored of one tenant's plugins. */
export interface TenantLicences {
  /** By the operators of the platform. */
  suspended: boolean;
  licences: ReadonlyMap<string, LicenceRecord & { trialUsed: boolean }>;
  /** Plugins the tenant's admin has switched off. */
  disabled: ReadonlySet<string>;
}

/** Remembers what is stored, and decides anew at each call: time alone changes the answer. */
export interface LicenceBook extends Pick<Licences, 'decide' | 'enabled' | 'suspended'> {
  of(tenantId: string): Promise<TenantLicences>;
  close(): void;
}

/** One for each plugin of which something is stored; one without a plugin when there is none. */
interface Row extends Omit<LicenceRecord, 'kind'> {
  suspended: boolean;
  plugin: string | null;
  enabled: boolean | null;
  kind: LicenceKind | null;
  trialUsed: boolean | null;
}

const QUERY = `
  select t.suspended_at is not null as suspended, stored.*
    from core.tenants t
    left join (
      select plugin_id as plugin, p.enabled, l.kind, l.plan, l.source, l.trial_used as "trialUsed",
             l.expires_at as "expiresAt", l.revoked_at as "revokedAt", l.entitlements, l.limits, l.seats,
             case when l.seats is null then '{}' else array(
               select s.user_id::text from core.licence_seats s
               where s.tenant_id = $1 and s.plugin_id = l.plugin_id order by s.taken_at, s.user_id) end as holders,
             case when l.source like 'offline:%' then (select c.reached from core.licence_clock c) end as reached
        from core.licences l full join core.tenant_plugins p using (tenant_id, plugin_id)
       where tenant_id = $1) stored on true
   where t.id = $1`;

const REMEMBERED_TENANTS = 5_000;
/** How long a node cut off from the others may answer from memory. */
const MAX_AGE_MS = 30_000;

export function createLicenceBook(
  db: Pick<Database, 'queryInTenant'>,
  changes: Changes,
  policy: LicencePolicy,
  now: () => Date,
): LicenceBook {
  const tenants = createLoadingCache<string, TenantLicences>({
    max: REMEMBERED_TENANTS,
    maxAgeMs: MAX_AGE_MS,
    load: async (tenantId) => toLicences((await db.queryInTenant<Row>(tenantId, QUERY, [tenantId])).rows),
  });
  const forget = ({ tenantId }: { tenantId?: string }): void => {
    if (tenantId !== undefined) tenants.invalidate(tenantId);
  };
  const undo = [
    changes.listen('licence', forget, tenants.invalidateAll),
    changes.listen('tenant', forget, tenants.invalidateAll),
    changes.listen('plugin', forget, tenants.invalidateAll),
    // With their membership people leave their seats.
    changes.listen('membership', forget, tenants.invalidateAll),
  ];

  return {
    of: async (tenantId) => tenants.peek(tenantId) ?? tenants.get(tenantId),
    async decide(tenantId, pluginId, scope): Promise<LicenceDecision> {
      const { licences } = tenants.peek(tenantId) ?? (await tenants.get(tenantId));
      return evaluate(licences.get(pluginId) ?? null, policy, now(), scope);
    },
    async enabled(tenantId, pluginId) {
      const { disabled } = tenants.peek(tenantId) ?? (await tenants.get(tenantId));
      return !disabled.has(pluginId);
    },
    async suspended(tenantId) {
      return (tenants.peek(tenantId) ?? (await tenants.get(tenantId))).suspended;
    },
    close() {
      for (const stop of undo) stop();
    },
  };
}

function toLicences(rows: readonly Row[]): TenantLicences {
  const licences = new Map<string, LicenceRecord & { trialUsed: boolean }>();
  const disabled = new Set<string>();
  for (const { suspended: _same, plugin, enabled, kind, trialUsed, ...rest } of rows) {
    if (plugin === null) continue;
    if (kind !== null) licences.set(plugin, { kind, trialUsed: trialUsed ?? false, ...rest });
    if (enabled === false) disabled.add(plugin);
  }
  return { suspended: rows[0]?.suspended ?? false, licences, disabled };
}
