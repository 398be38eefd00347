import type { ScheduleDeclaration } from '@bazaar/sdk';
import type { Sql } from '../data/index.ts';
import { type CronTimes, parseCron } from '../plugins/index.ts';

export interface KnownSchedule {
  plugin: string;
  name: string;
  cron: string;
  times: CronTimes;
}

export function scheduleKey({ plugin, name, cron }: Pick<KnownSchedule, 'plugin' | 'name' | 'cron'>): string {
  return `${plugin}/${name}/${cron}`;
}

/**
 * The schedules of all versions that serve somebody. Goes by the database and not by what this process has loaded: a
 * plugin that failed to load on one node misses no run.
 */
export class ScheduleCatalogue {
  #known: { stamp: string; schedules: readonly KnownSchedule[] } | undefined;

  async read(sql: Sql): Promise<readonly KnownSchedule[]> {
    const { rows } = await sql.query<{ stamp: string }>(
      `select (select value from core.plugin_generation) || ' ' || count(*) || ' ' || coalesce(max(updated_at)::text, '')
         as stamp from core.plugins`,
    );
    const stamp = rows[0]?.stamp ?? '';
    if (this.#known?.stamp === stamp) return this.#known.schedules;
    const declared = await sql.query<{ plugin: string; schedules: ScheduleDeclaration[] }>(
      `select v.plugin_id as plugin, v.manifest -> 'schedules' as schedules
       from core.plugin_versions v join core.plugins p on p.id = v.plugin_id
       where p.state = 'active' and v.manifest ? 'schedules' and (
         v.version = p.active_version
         or exists (select from core.tenant_plugins t where t.plugin_id = p.id and t.pinned_version = v.version)
         or exists (
           select from core.plugin_canaries c where c.plugin_id = p.id and c.version = v.version and c.halted_at is null))
       order by v.plugin_id, v.version`,
    );
    const schedules = new Map<string, KnownSchedule>();
    for (const { plugin, schedules: own } of declared.rows) {
      for (const { name, cron } of own) {
        const key = scheduleKey({ plugin, name, cron });
        if (!schedules.has(key)) schedules.set(key, { plugin, name, cron, times: parseCron(cron) });
      }
    }
    this.#known = { stamp, schedules: [...schedules.values()] };
    return this.#known.schedules;
  }
}
