import type { JsonObject } from '@bazaar/sdk';
import type { PlatformSql, Sql } from '../data/index.ts';
import { raiseGeneration, storeVersion } from '../plugins/index.ts';
import { COMMITTED, stepIn } from './journal.ts';
import { auditOperator, PLATFORM } from './operator-audit.ts';
import type { PreparedVersion } from './preparation.ts';
import type { CanaryRequest, Operator } from './types.ts';

/** The one moment of each operation: a transaction after whose commit every node owes the change. */
export class Switches {
  readonly #sql: PlatformSql;
  readonly #operation: string | undefined;

  constructor(sql: PlatformSql, operation?: string) {
    this.#sql = sql;
    this.#operation = operation;
  }

  /** The change and the journal's knowledge that it has happened are one: whoever recovers the operation can rely on it. */
  of({ id }: { id: string }): Switches {
    return new Switches(this.#sql, id);
  }

  /** The version serves everybody who is not pinned. */
  activate(
    plugin: string,
    prepared: PreparedVersion | { version: string },
    by: Operator,
    action: string,
  ): Promise<number> {
    return this.#change(plugin, by, action, async (sql) => {
      if ('entry' in prepared) await storeVersion(sql, prepared.entry, prepared.manifest, prepared.description);
      // What was parked served last.
      const { rows } = await sql.query<{ replaced: string | null }>(
        `with before as (
           select coalesce(active_version, parked_version) as version from core.plugins where id = $1 for update)
         update core.plugins set
           previous_version = case when before.version <> $2 then before.version else previous_version end,
           active_version = $2, state = 'active', switching = false, parked_at = null, purge_after = null,
           parked_version = null
         from before where id = $1
         returning nullif(before.version, $2) as replaced`,
        [plugin, versionOf(prepared)],
      );
      // A version that serves all is no longer on trial.
      await sql.query('delete from core.plugin_canaries where plugin_id = $1 and version = $2', [
        plugin,
        versionOf(prepared),
      ]);
      const replaced = rows[0]?.replaced ?? null;
      return { version: versionOf(prepared), ...(replaced === null ? {} : { replaced }) };
    });
  }

  /** Lets callers of all nodes wait, or go on. */
  async setSwitching(plugin: string, switching: boolean): Promise<number> {
    return this.#sql.transaction(async (sql) => {
      await sql.query('update core.plugins set switching = $2 where id = $1', [plugin, switching]);
      return raiseGeneration(sql, plugin);
    });
  }

  startCanary(
    plugin: string,
    prepared: PreparedVersion | { version: string },
    { choices, tenantIds }: CanaryRequest,
    by: Operator,
  ) {
    const { percent, maxErrorRate, minCalls } = choices;
    const version = versionOf(prepared);
    const detail = { version, percent, tenants: [...choices.tenants], maxErrorRate, minCalls };
    return this.#change(plugin, by, 'plugin.canary-started', async (sql) => {
      if ('entry' in prepared) await storeVersion(sql, prepared.entry, prepared.manifest, prepared.description);
      await sql.query('update core.plugins set switching = false where id = $1', [plugin]);
      await sql.query('delete from core.plugin_canaries where plugin_id = $1', [plugin]);
      await sql.query(
        `insert into core.plugin_canaries (plugin_id, version, tenants, percent, max_error_rate, min_calls)
           values ($1, $2, $3, $4, $5, $6)`,
        [plugin, version, tenantIds, percent, maxErrorRate, minCalls],
      );
      return detail;
    });
  }

  /** Its tenants go back to what serves all others. */
  stopCanary(plugin: string, by: Operator, reason: string | null): Promise<number> {
    return this.#change(plugin, by, 'plugin.canary-stopped', async (sql) => {
      const { rows } = await sql.query<{ version: string }>(
        `update core.plugin_canaries set halted_at = now(), halt_reason = $2 where plugin_id = $1 and halted_at is null
           returning version`,
        [plugin, reason ?? 'It was stopped by the operator.'],
      );
      return { version: rows[0]?.version ?? null, ...(reason === null ? {} : { reason }) };
    });
  }

  /** `version`: what the tenant is served from now on whatever the others are; `null` lifts the pin. */
  pin(plugin: string, tenantId: string, version: string | null, by: Operator): Promise<number> {
    const entry = { action: version === null ? 'plugin.unpinned' : 'plugin.pinned', tenantId };
    return this.#change(plugin, by, entry, async (sql) => {
      await sql.query(
        `insert into core.tenant_plugins (tenant_id, plugin_id, pinned_version) values ($1, $2, $3)
         on conflict (tenant_id, plugin_id) do update set pinned_version = $3, updated_at = now()`,
        [tenantId, plugin, version],
      );
      return { version };
    });
  }

  /** Nothing of it serves any more; everything it has is kept. */
  park(plugin: string, retentionDays: number, by: Operator): Promise<number> {
    return this.#change(plugin, by, 'plugin.uninstalled', async (sql) => {
      const { rows } = await sql.query<{ version: string }>(
        `update core.plugins set state = 'parked', parked_version = active_version, active_version = null,
           parked_at = now(), purge_after = now() + make_interval(days => $2) where id = $1
           returning parked_version as version`,
        [plugin, retentionDays],
      );
      return { version: rows[0]?.version ?? null, retentionDays };
    });
  }

  /** Its rows in the kernel's tables; licences stay, because a trial is used once for ever. */
  forget(plugin: string, by: Operator, detail: JsonObject): Promise<number> {
    return this.#change(plugin, by, 'plugin.purged', async (sql) => {
      await sql.query(
        `delete from core.plugin_packages where integrity in (
           select integrity from core.plugin_versions group by integrity having array_agg(distinct plugin_id) = array[$1::text])`,
        [plugin],
      );
      const tables = [
        // Who has the id next is not who was let read other plugins' files.
        'file_grants',
        'plugin_canaries',
        'plugin_schedule_runs',
        'plugin_schedules',
        'plugin_versions',
        'settings',
        'tasks',
      ];
      for (const table of tables) {
        await sql.query(`delete from core.${table} where plugin_id = $1`, [plugin]);
      }
      await sql.query('delete from core.deliveries where subscriber = $1', [plugin]);
      await sql.query(`update core.files set deleted_at = now() where plugin_id = $1 and deleted_at is null`, [plugin]);
      await sql.query(
        'update core.tenant_plugins set pinned_version = null, demo_seeded_at = null where plugin_id = $1',
        [plugin],
      );
      await sql.query(
        `update core.plugins set state = 'purged', active_version = null, previous_version = null, parked_at = null,
           purge_after = null, parked_version = null where id = $1`,
        [plugin],
      );
      return detail;
    });
  }

  /** The version must not run anywhere, and every admin whose tenant has a licence is told why. Tells which tenants were; `null`: it was done. */
  quarantine(
    plugin: string,
    version: string,
    reason: string,
    title: string,
  ): Promise<{ generation: number; told: string[] } | null> {
    return this.#sql.transaction(async (sql) => {
      const { rowCount } = await sql.query(
        `update core.plugin_versions set quarantined_at = now(), quarantine_reason = $3
           where plugin_id = $1 and version = $2 and quarantine_reason is null`,
        [plugin, version, reason],
      );
      // Another node was faster.
      if (rowCount === 0) return null;
      await sql.query(
        `update core.plugin_canaries set halted_at = now(), halt_reason = $3
           where plugin_id = $1 and version = $2 and halted_at is null`,
        [plugin, version, reason],
      );
      await auditOperator(sql, PLATFORM, { action: 'plugin.quarantined', plugin, detail: { version, reason } });
      const { rows: tasks } = await sql.query<{ tenantId: string }>(
        `insert into core.tasks (tenant_id, plugin_id, kind, title, description, priority, link, audience, key)
           select l.tenant_id, $1, 'PLUGIN_QUARANTINED', $2, $3, 'urgent', '/admin/plugins/' || $1,
             'core:plugins.manage', $4
           from core.licences l where l.plugin_id = $1 and l.revoked_at is null
         on conflict do nothing returning tenant_id as "tenantId"`,
        [plugin, title, reason, quarantineKey(plugin, version)],
      );
      return { generation: await raiseGeneration(sql, plugin), told: tasks.map(({ tenantId }) => tenantId) };
    });
  }

  /** The versions may run again, and what the admins were told of them is settled. */
  release(plugin: string, versions: readonly string[], by: Operator): Promise<number> {
    return this.#change(plugin, by, 'plugin.quarantine-lifted', async (sql) => {
      await sql.query(
        `update core.plugin_versions set quarantined_at = null, quarantine_reason = null
           where plugin_id = $1 and version = any ($2)`,
        [plugin, versions],
      );
      await sql.query(
        `update core.tasks set state = 'done', closed_at = now()
           where plugin_id = $1 and kind = 'PLUGIN_QUARANTINED' and state = 'open' and key = any ($2)`,
        [plugin, versions.map((version) => quarantineKey(plugin, version))],
      );
      return { versions: [...versions] };
    });
  }

  /** `work` resolves with what the log says of it. */
  #change(
    plugin: string,
    by: Operator,
    entry: string | { action: string; tenantId: string },
    work: (sql: Sql) => Promise<JsonObject>,
  ): Promise<number> {
    return this.#sql.transaction(async (sql) => {
      const detail = await work(sql);
      const about = typeof entry === 'string' ? { action: entry } : entry;
      await auditOperator(sql, by, { plugin, detail, ...about });
      if (this.#operation !== undefined) await stepIn(sql, this.#operation, COMMITTED);
      return raiseGeneration(sql, plugin);
    });
  }
}

/** Of the task that tells an admin. */
function quarantineKey(plugin: string, version: string): string {
  return `quarantine:${plugin}:${version}`;
}

function versionOf(prepared: PreparedVersion | { version: string }): string {
  return 'entry' in prepared ? prepared.entry.version : prepared.version;
}
