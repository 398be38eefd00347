import type { JsonObject, Manifest } from '@bazaar/sdk';
import type { PlatformSql, PluginDataDescription, Sql } from '../../data/index.ts';
import { PLATFORM_TENANT } from '../../routes/index.ts';
import type { LockEntry, Tier } from '../types.ts';

/** `source` of a package that the operator has handed to the platform, which keeps it in the database. */
export const INSTALLED = 'installed';

/** One version that has passed every check and whose tables are there. */
export interface VersionRecord {
  version: string;
  integrity: string;
  manifest: Manifest;
  tier: Tier;
  granted: string[];
  source: string;
  /** Whether what it knew of its tables was written down; not so for versions of a time before that. */
  isDescribed: boolean;
  quarantineReason: string | null;
}

export interface CanaryRecord {
  version: string;
  tenants: string[];
  /** Of all tenants that are not pinned, 0 to 100. */
  percent: number;
  maxErrorRate: number;
  minCalls: number;
  startedAt: Date;
}

/** A plugin as the platform's nodes know it. */
export interface PluginRecord {
  id: string;
  state: 'active' | 'parked' | 'purged';
  activeVersion: string | null;
  previousVersion: string | null;
  /** What served when it was uninstalled. */
  parkedVersion: string | null;
  /** Number of the latest change of it. */
  generation: number;
  /** Callers wait: a switch is under way that the old version cannot live through. */
  switching: boolean;
  versions: VersionRecord[];
  pins: ReadonlyMap<string, string>;
  canary: CanaryRecord | null;
}

interface Row extends Omit<PluginRecord, 'versions' | 'pins'> {
  versions: VersionRecord[] | null;
  pins: Record<string, string> | null;
}

const READ = `
  select p.id, p.state, p.active_version as "activeVersion", p.previous_version as "previousVersion",
      p.parked_version as "parkedVersion", p.generation, p.switching,
      (select json_agg(json_build_object('version', v.version, 'integrity', v.integrity, 'manifest', v.manifest,
          'tier', v.tier, 'granted', v.granted, 'source', v.source, 'isDescribed', v.description is not null,
          'quarantineReason', v.quarantine_reason) order by v.installed_at)
        from core.plugin_versions v where v.plugin_id = p.id) as versions,
      (select json_object_agg(t.tenant_id, t.pinned_version)
        from core.tenant_plugins t where t.plugin_id = p.id and t.pinned_version is not null) as pins,
      (select json_build_object('version', c.version, 'tenants', c.tenants, 'percent', c.percent,
          'maxErrorRate', c.max_error_rate, 'minCalls', c.min_calls, 'startedAt', c.started_at)
        from core.plugin_canaries c where c.plugin_id = p.id and c.halted_at is null) as canary
    from core.plugins p`;

function toRecord({ versions, pins, canary, ...row }: Row): PluginRecord {
  return {
    ...row,
    versions: versions ?? [],
    pins: new Map(Object.entries(pins ?? {})),
    canary: canary && { ...canary, startedAt: new Date(canary.startedAt) },
  };
}

/** The plugins as the database knows them: what every node, and the relay, goes by. */
export class Records {
  readonly #sql: PlatformSql;

  constructor(sql: PlatformSql) {
    this.#sql = sql;
  }

  async all(): Promise<Map<string, PluginRecord>> {
    const { rows } = await this.#sql.query<Row>(`${READ} order by p.id`);
    return new Map(rows.map((row) => [row.id, toRecord(row)]));
  }

  async one(id: string): Promise<PluginRecord | undefined> {
    const { rows } = await this.#sql.query<Row>(`${READ} where p.id = $1`, [id]);
    return rows[0] && toRecord(rows[0]);
  }

  /** Whether an operation on it has begun and not ended; nobody may be at it any more. */
  async hasOperation(id: string): Promise<boolean> {
    const { rows } = await this.#sql.query(
      `select from core.plugin_operations where plugin_id = $1 and state = 'running' limit 1`,
      [id],
    );
    return rows.length > 0;
  }

  async generation(): Promise<number> {
    const { rows } = await this.#sql.query<{ value: number }>('select value from core.plugin_generation');
    return rows[0]?.value ?? 0;
  }

  /** What a version knew of its tables and queries when it was installed: large, and only needed where it runs. */
  async description(id: string, version: string): Promise<PluginDataDescription> {
    const { rows } = await this.#sql.query<{ description: PluginDataDescription | null }>(
      'select description from core.plugin_versions where plugin_id = $1 and version = $2',
      [id, version],
    );
    const description = rows[0]?.description;
    if (!description) throw new Error(`what ${id} ${version} knows of its tables was not kept; install it again`);
    return description;
  }

  /** Before the data of a plugin is installed: other rows refer to this one. */
  async announce(id: string): Promise<void> {
    await this.#sql.query('insert into core.plugins (id) values ($1) on conflict (id) do nothing', [id]);
  }

  /** Takes back what was announced when nothing came of it. What was there before and was purged stays so. */
  async withdraw(id: string): Promise<void> {
    await this.#sql.query(
      `delete from core.plugins p where id = $1 and state <> 'purged'
         and not exists (select from core.plugin_versions v where v.plugin_id = p.id)`,
      [id],
    );
  }

  /** A version of the lock file serves from now on. */
  activate(entry: LockEntry, manifest: Manifest, description: PluginDataDescription): Promise<void> {
    return this.#sql.transaction(async (sql) => {
      await storeVersion(sql, entry, manifest, description);
      await raiseGeneration(sql, entry.id);
      const { rows } = await sql.query<{ replaced: string | null }>(
        'select nullif(active_version, $2) as replaced from core.plugins where id = $1',
        [entry.id, entry.version],
      );
      const replaced = rows[0]?.replaced ?? null;
      await auditFile(sql, entry.id, replaced === null ? 'plugin.installed' : 'plugin.upgraded', {
        ...vouchedFor(entry),
        ...(replaced === null ? {} : { replaced }),
      });
      await sql.query(
        `update core.plugins
           set previous_version = case when active_version <> $2 then active_version else previous_version end,
             active_version = $2, state = 'active', parked_version = null, updated_at = now()
           where id = $1 and active_version is distinct from $2`,
        [entry.id, entry.version],
      );
    });
  }

  /** The operator has changed tier or grants in the lock file. */
  vouch(entry: LockEntry): Promise<void> {
    const { id, version, tier, grantedCapabilities, source } = entry;
    return this.#sql.transaction(async (sql) => {
      const { rowCount } = await sql.query(
        `update core.plugin_versions set tier = $3, granted = $4, source = $5
           where plugin_id = $1 and version = $2 and (tier, granted, source) is distinct from ($3, $4::text[], $5)`,
        [id, version, tier, grantedCapabilities, source],
      );
      if (rowCount === 0) return;
      await auditFile(sql, id, 'plugin.vouched', vouchedFor(entry));
      await raiseGeneration(sql, id);
    });
  }

  /** Plugins that the operator has taken out of the lock file hear no more events. */
  async retire(ids: readonly string[]): Promise<void> {
    await this.#sql.transaction(async (sql) => {
      const { rows } = await sql.query<{ id: string; version: string }>(
        `with before as (select id, active_version as version from core.plugins
           where active_version is not null and id = any ($1::text[]) for update)
         update core.plugins p set active_version = null from before where p.id = before.id
           returning p.id, before.version`,
        [ids],
      );
      for (const { id, version } of rows) {
        await auditFile(sql, id, 'plugin.retired', { version, ...FROM_FILE });
        await raiseGeneration(sql, id);
      }
    });
  }
}

const FROM_FILE = { from: 'plugins.lock.json' };

function vouchedFor({ version, tier, grantedCapabilities }: LockEntry): JsonObject {
  return { version, tier, granted: [...grantedCapabilities], ...FROM_FILE };
}

/** What a start takes from the operator's file: nobody is signed in, and it concerns all tenants. */
async function auditFile(sql: Sql, plugin: string, action: string, detail: JsonObject): Promise<void> {
  await sql.query(
    `insert into core.audit_log (tenant_id, actor_kind, plugin_id, action, entity_id, detail)
       values ($1, 'system', $2, $3, $2, $4)`,
    [PLATFORM_TENANT.id, plugin, action, JSON.stringify(detail)],
  );
}

/** In the transaction of a change: from its commit on, every node owes it. Resolves with the new generation. */
export async function raiseGeneration(sql: Sql, plugin: string): Promise<number> {
  const { rows } = await sql.query<{ value: number }>(
    'update core.plugin_generation set value = value + 1 returning value',
  );
  const value = rows[0]?.value ?? 0;
  await sql.query('update core.plugins set generation = $2, updated_at = now() where id = $1', [plugin, value]);
  return value;
}

/** Writes a version down as installed; the quarantine of other files under the same number is lifted. */
export async function storeVersion(
  sql: Sql,
  { id, version, integrity, tier, grantedCapabilities, source }: LockEntry,
  manifest: Manifest,
  description: PluginDataDescription,
): Promise<void> {
  await sql.query(
    `insert into core.plugin_versions (plugin_id, version, integrity, manifest, tier, granted, source, description)
       values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (plugin_id, version) do update set
       quarantined_at = case when plugin_versions.integrity = $3 then plugin_versions.quarantined_at end,
       quarantine_reason = case when plugin_versions.integrity = $3 then plugin_versions.quarantine_reason end,
       integrity = $3, manifest = $4, tier = $5, granted = $6, source = $7, description = $8`,
    [id, version, integrity, JSON.stringify(manifest), tier, grantedCapabilities, source, JSON.stringify(description)],
  );
}
