import { type Changes, createLoadingCache } from '../caching/index.ts';
import type { Database } from '../data/index.ts';
import { evaluate, type LicenceKind, type LicencePolicy, type LicenceRecord } from './evaluate.ts';
import type { LicenceDecision, Licences } from './types.ts';

/** All that is stored of one tenant's plugins. */
export interface TenantLicences {
  licences: ReadonlyMap<string, LicenceRecord & { trialUsed: boolean }>;
  /** Plugins the tenant's admin has switched off. */
  disabled: ReadonlySet<string>;
}

export interface LicenceBook extends Licences {
  of(tenantId: string): Promise<TenantLicences>;
  close(): void;
}

interface Row extends Omit<LicenceRecord, 'kind'> {
  plugin: string;
  enabled: boolean | null;
  kind: LicenceKind | null;
  trialUsed: boolean | null;
}

const QUERY = `
  select plugin_id as plugin, p.enabled, l.kind, l.plan, l.trial_used as "trialUsed", l.expires_at as "expiresAt",
         l.revoked_at as "revokedAt", l.entitlements, l.limits
    from core.licences l full join core.tenant_plugins p using (tenant_id, plugin_id)
   where tenant_id = $1`;

const REMEMBERED_TENANTS = 5_000;
/** How long a node cut off from the others may answer from memory. */
const MAX_AGE_MS = 30_000;

/** Remembers what is stored, and decides anew at each call: time alone changes the answer. */
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
  const undo = [
    changes.listen('licence', ({ tenantId }) => tenants.invalidate(tenantId), tenants.invalidateAll),
    changes.listen(
      'plugin',
      ({ tenantId }) => {
        if (tenantId !== undefined) tenants.invalidate(tenantId);
      },
      tenants.invalidateAll,
    ),
  ];

  return {
    of: async (tenantId) => tenants.peek(tenantId) ?? tenants.get(tenantId),
    async decide(tenantId, pluginId): Promise<LicenceDecision> {
      const { licences } = tenants.peek(tenantId) ?? (await tenants.get(tenantId));
      return evaluate(licences.get(pluginId) ?? null, policy, now());
    },
    async enabled(tenantId, pluginId) {
      const { disabled } = tenants.peek(tenantId) ?? (await tenants.get(tenantId));
      return !disabled.has(pluginId);
    },
    close() {
      for (const stop of undo) stop();
    },
  };
}

function toLicences(rows: readonly Row[]): TenantLicences {
  const licences = new Map<string, LicenceRecord & { trialUsed: boolean }>();
  const disabled = new Set<string>();
  for (const { plugin, enabled, kind, trialUsed, ...rest } of rows) {
    if (kind !== null) licences.set(plugin, { kind, trialUsed: trialUsed ?? false, ...rest });
    if (enabled === false) disabled.add(plugin);
  }
  return { licences, disabled };
}
