import type { PlatformSql } from '../../data/index.ts';
import { type Page, type PageInput, pageOfAll } from '../../paging/index.ts';
import type { PluginRegistry, PluginState, PluginStatus, Tier, UsedCapability } from '../../plugins/index.ts';
import type { Tally } from '../canary-watch.ts';

/** A plugin as the operator sees it. */
export interface ShownPlugin {
  id: string;
  name: string;
  state: PluginState;
  reason: string | null;
  tier: Tier | null;
  activeVersion: string | null;
  previousVersion: string | null;
  switching: boolean;
  parkedAt: Date | null;
  purgeAfter: Date | null;
  versions: {
    version: string;
    tier: Tier;
    integrity: string;
    source: string;
    granted: string[];
    quarantine: string | null;
    installedAt: string;
  }[];
  pins: { count: number; items: { tenant: string; version: string }[] };
  canary: (CanaryRow & Partial<Tally>) | null;
  capabilities: { capability: string; reason: string; granted: boolean; uses: number; lastUsedAt: string | null }[];
  node: Omit<PluginStatus, 'id' | 'name'> | null;
}

interface CanaryRow {
  version: string;
  percent: number;
  tenants: string[];
  maxErrorRate: number;
  minCalls: number;
  startedAt: string;
  haltedAt: string | null;
  haltReason: string | null;
}

interface Row {
  id: string;
  state: 'active' | 'parked';
  activeVersion: string | null;
  previousVersion: string | null;
  switching: boolean;
  parkedAt: Date | null;
  purgeAfter: Date | null;
  versions: (ShownPlugin['versions'][number] & {
    name: string;
    requested: { capability: string; reason: string }[];
  })[];
  pinned: number;
  pins: { tenant: string; version: string }[];
  canary: CanaryRow | null;
}

const moment = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const READ = `
  select p.id, p.state, p.active_version as "activeVersion", p.previous_version as "previousVersion", p.switching,
      p.parked_at as "parkedAt", p.purge_after as "purgeAfter",
      coalesce((select json_agg(json_build_object('version', v.version, 'tier', v.tier, 'integrity', v.integrity,
          'source', v.source, 'granted', v.granted, 'quarantine', v.quarantine_reason,
          'installedAt', ${moment('v.installed_at')}, 'name', v.manifest ->> 'name',
          'requested', coalesce(v.manifest -> 'capabilities', '[]')) order by v.installed_at, v.version)
        from core.plugin_versions v where v.plugin_id = p.id), '[]') as versions,
      (select count(*)::integer from core.tenant_plugins t
        where t.plugin_id = p.id and t.pinned_version is not null) as pinned,
      coalesce((select json_agg(pin) from (select n.slug as tenant, t.pinned_version as version
          from core.tenant_plugins t join core.tenants n on n.id = t.tenant_id
          where t.plugin_id = p.id and t.pinned_version is not null order by n.slug limit 100) pin), '[]') as pins,
      (select json_build_object('version', c.version, 'percent', c.percent,
          'tenants', array(select n.slug from core.tenants n where n.id = any (c.tenants) order by n.slug),
          'maxErrorRate', c.max_error_rate, 'minCalls', c.min_calls, 'startedAt', ${moment('c.started_at')},
          'haltedAt', ${moment('c.halted_at')}, 'haltReason', c.halt_reason)
        from core.plugin_canaries c where c.plugin_id = p.id) as canary
    from core.plugins p where p.id = any ($1::text[]) and p.state <> 'purged'`;

export interface ShownPluginsOptions {
  sql: PlatformSql;
  registry: Pick<PluginRegistry, 'statuses'>;
  usage: { of(pluginId: string): UsedCapability[] };
  trial(plugin: string): Tally;
}

export interface PluginFilter extends PageInput {
  state?: PluginState;
  q?: string;
}

/** What the operator is shown of the plugins: what the platform knows, and what this node makes of it. */
export class ShownPlugins {
  readonly #options: ShownPluginsOptions;

  constructor(options: ShownPluginsOptions) {
    this.#options = options;
  }

  /** By id; also those of the lock file that never came to life. */
  async list({ state, q, ...page }: PluginFilter): Promise<Page<ShownPlugin>> {
    const { sql, registry } = this.#options;
    const { rows } = await sql.query<{ id: string; state: Row['state'] }>(
      `select id, state from core.plugins where state <> 'purged'`,
    );
    const statuses = new Map(registry.statuses().map((status) => [status.id, status]));
    const known = new Map(rows.map((row) => [row.id, row]));
    const text = q?.toLowerCase();
    const ids = [...new Set([...known.keys(), ...statuses.keys()])].filter((id) => {
      const status = statuses.get(id);
      if (state !== undefined && stateOf(known.get(id), status) !== state) return false;
      return text === undefined || `${id}\n${status?.name ?? ''}`.toLowerCase().includes(text);
    });
    const { items, ...rest } = pageOfAll(ids, page, 'operator-plugins', (id) => id);
    return { items: await this.#show(items, statuses), ...rest };
  }

  async one(id: string): Promise<ShownPlugin | undefined> {
    const statuses = this.#options.registry.statuses().filter((status) => status.id === id);
    const [found] = await this.#show([id], new Map(statuses.map((status) => [id, status])));
    return found;
  }

  async #show(ids: readonly string[], statuses: ReadonlyMap<string, PluginStatus>): Promise<ShownPlugin[]> {
    const { rows } = await this.#options.sql.query<Row>(READ, [ids]);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.flatMap((id) => {
      const [row, status] = [byId.get(id), statuses.get(id)];
      return row || status ? [this.#shown(id, row, status)] : [];
    });
  }

  #shown(id: string, row: Row | undefined, status: PluginStatus | undefined): ShownPlugin {
    const versions = row?.versions ?? [];
    const main = versions.find(({ version }) => version === row?.activeVersion) ?? versions.at(-1);
    const used = new Map(this.#options.usage.of(id).map((one) => [one.capability, one]));
    const state = stateOf(row, status);
    const { id: _id, name: _name, ...node } = status ?? {};
    return {
      id,
      name: main?.name ?? status?.name ?? id,
      state,
      reason: status?.state === state ? (status.reason ?? null) : null,
      tier: main?.tier ?? status?.tier ?? null,
      activeVersion: row?.activeVersion ?? null,
      previousVersion: row?.previousVersion ?? null,
      switching: row?.switching ?? false,
      parkedAt: row?.parkedAt ?? null,
      purgeAfter: row?.purgeAfter ?? null,
      versions: versions.map(({ name: _versionName, requested: _requested, ...version }) => version),
      pins: { count: row?.pinned ?? 0, items: row?.pins ?? [] },
      canary: row?.canary ? { ...row.canary, ...(row.canary.haltedAt === null ? this.#options.trial(id) : {}) } : null,
      capabilities: (main?.requested ?? []).map(({ capability, reason }) => ({
        capability,
        reason,
        granted: main?.granted.includes(capability) ?? false,
        uses: used.get(capability)?.uses ?? 0,
        lastUsedAt: used.get(capability)?.lastUsedAt ?? null,
      })),
      node: status ? (node as ShownPlugin['node']) : null,
    };
  }
}

function stateOf(row: Pick<Row, 'state'> | undefined, status: PluginStatus | undefined): PluginState {
  return row?.state === 'parked' ? 'parked' : (status?.state ?? 'inactive');
}
