import type { PlatformSql } from '../../data/index.ts';
import {
  conditions,
  type Keyset,
  likeContaining,
  microsOf,
  type Page,
  type PageInput,
  pageOf,
  readCursor,
  timeOf,
} from '../../paging/index.ts';
import { evaluate, type LicencePolicy, type LicenceRecord } from '../evaluate.ts';
import type { LicenceState } from '../types.ts';

/** A licence as operators see it. Moments are ISO 8601. */
export interface PlatformLicence {
  tenant: { slug: string; name: string };
  plugin: string;
  state: LicenceState;
  kind: 'trial' | 'purchased' | 'subscription';
  plan: string;
  source: string;
  startsAt: string;
  expiresAt: string | null;
  revokedAt: string | null;
  revokedReason: string | null;
  trialExtendedDays: number;
  seats: { limit: number; taken: number } | null;
}

export interface LicenceFilter extends PageInput {
  /** Part of the slug or name of a tenant. */
  tenant?: string;
  plugin?: string;
}

interface Row extends Omit<LicenceRecord, 'holders' | 'reached'> {
  tenantId: string;
  slug: string;
  name: string;
  plugin: string;
  startsAt: Date;
  revokedReason: string | null;
  trialExtendedDays: number;
  taken: number;
  expiresMicros: number;
}

const COLUMNS = `
  select l.tenant_id as "tenantId", t.slug, t.name, l.plugin_id as plugin, l.kind, l.plan, l.source,
         l.starts_at as "startsAt", l.expires_at as "expiresAt", l.revoked_at as "revokedAt",
         l.revoked_reason as "revokedReason", l.trial_extended_days as "trialExtendedDays", l.entitlements, l.limits,
         l.seats, ${microsOf('l.expires_at')} as "expiresMicros",
         (select count(*) from core.licence_seats s
           where s.tenant_id = l.tenant_id and s.plugin_id = l.plugin_id) as taken
    from core.licences l join core.tenants t on t.id = l.tenant_id`;

const ALL: Keyset = { name: 'platform-licences', parts: ['text', 'text'] };
const EXPIRING: Keyset = { name: 'expiring-licences', parts: ['micros', 'uuid', 'text'] };

/** What operators keep an eye on, over all tenants. */
export function createMonitor(sql: PlatformSql, policy: LicencePolicy, now: () => Date) {
  const shown = (row: Row): PlatformLicence => {
    const { slug, name, plugin, kind, plan, source, seats, taken, revokedReason, trialExtendedDays } = row;
    const { state } = evaluate({ ...row, holders: [], reached: null }, policy, now());
    return {
      tenant: { slug, name },
      plugin,
      state,
      kind,
      plan,
      source,
      startsAt: row.startsAt.toISOString(),
      expiresAt: row.expiresAt?.toISOString() ?? null,
      revokedAt: row.revokedAt?.toISOString() ?? null,
      revokedReason,
      trialExtendedDays,
      seats: seats === null ? null : { limit: seats, taken },
    };
  };

  return {
    async licences({ tenant, plugin, limit, cursor }: LicenceFilter): Promise<Page<PlatformLicence>> {
      const [slug, id] = readCursor(ALL, cursor);
      const search = likeContaining(tenant);
      const found = conditions()
        .add('t.slug ilike ? or t.name ilike ?', search, search)
        .add('l.plugin_id = ?', plugin)
        .add('(t.slug, l.plugin_id) > (?, ?)', slug, id);
      const { rows } = await sql.query<Row>(
        `${COLUMNS} ${found.where()} order by t.slug, l.plugin_id limit ${found.parameter(limit + 1)}`,
        found.values,
      );
      return pageOf(rows, limit, ALL, (row) => [row.slug, row.plugin], shown);
    },

    async one(tenantId: string, plugin: string): Promise<PlatformLicence | null> {
      const { rows } = await sql.query<Row>(`${COLUMNS} where l.tenant_id = $1 and l.plugin_id = $2`, [
        tenantId,
        plugin,
      ]);
      return rows[0] ? shown(rows[0]) : null;
    },

    /** Those that end within so many days and are not renewed by then, the next first. */
    async expiring({ days, limit, cursor }: PageInput & { days: number }): Promise<Page<PlatformLicence>> {
      const found = conditions()
        .add(`l.revoked_at is null and l.expires_at >= ${'?'}::timestamptz`, now())
        .add('l.expires_at < ?::timestamptz', new Date(now().getTime() + days * 86_400_000))
        .add(
          `(l.expires_at, l.tenant_id, l.plugin_id) > (${timeOf('?')}, ?::uuid, ?)`,
          ...readCursor(EXPIRING, cursor),
        );
      const { rows } = await sql.query<Row>(
        `${COLUMNS} ${found.where()} order by l.expires_at, l.tenant_id, l.plugin_id limit ${found.parameter(limit + 1)}`,
        found.values,
      );
      return pageOf(rows, limit, EXPIRING, (row) => [row.expiresMicros, row.tenantId, row.plugin], shown);
    },
  };
}

export type Monitor = ReturnType<typeof createMonitor>;
