import type { HeldLock, SqlResult } from '../data/index.ts';
import { type KnownSchedule, ScheduleCatalogue, scheduleKey } from './catalogue.ts';
import { dueSince, placeOf, spreadOf } from './due.ts';
import { enqueueScheduleTurns, SCHEDULE_TASK } from './queue.ts';
import type { SchedulesOptions, ScheduleTiming, ScheduleTurn } from './types.ts';

const LOCK = 'schedules';
/** Turns put back into the queue in one look. */
const RECOVERED = 500;
const FIRST_TENANT = '00000000-0000-0000-0000-000000000000';

/** Tenants that may use the plugin according to the database; checked again when the schedule runs. */
const TENANTS = `
  from core.licences l
  where l.plugin_id = $1
    and (l.revoked_at is null or l.revoked_at > now())
    and (l.expires_at is null or l.expires_at > now() - make_interval(days => $2))
    and not exists (
      select from core.tenant_plugins t where t.tenant_id = l.tenant_id and t.plugin_id = l.plugin_id and not t.enabled)
    and not exists (select from core.tenants t where t.id = l.tenant_id and t.suspended_at is not null)`;

/**
 * Finds what has come due and hands it to the queue, tenant by tenant; one node at a time. Each tenant's row says which
 * due time it knows already, so that a planner which is killed half-way is simply followed by the next.
 */
export class Planner {
  readonly #options: SchedulesOptions;
  readonly #timing: ScheduleTiming;
  readonly #catalogue = new ScheduleCatalogue();
  #stopped = false;

  constructor(options: SchedulesOptions, timing: ScheduleTiming) {
    this.#options = options;
    this.#timing = timing;
  }

  stop(): void {
    this.#stopped = true;
  }

  /** Does nothing while another node is at it. */
  async look(): Promise<void> {
    const lock = await this.#options.db.locks.tryAcquire(LOCK);
    if (!lock) return;
    try {
      await this.#plan(lock);
      await this.#recoverLost();
    } finally {
      await lock.release();
    }
  }

  async #plan(lock: HeldLock): Promise<void> {
    const sql = this.#options.db.platform;
    const known = await this.#catalogue.read(sql);
    const { rows } = await sql.query<{ plugin: string; name: string; cron: string; lastDue: Date }>(
      'select plugin_id as plugin, name, cron, last_due as "lastDue" from core.plugin_schedules',
    );
    const now = this.#options.now();
    const progress = new Map(rows.map((row) => [scheduleKey(row), row]));
    const due: { schedule: KnownSchedule; at: Date }[] = [];
    for (const schedule of known) {
      const before = progress.get(scheduleKey(schedule));
      progress.delete(scheduleKey(schedule));
      if (!before) await this.#begin(schedule, now);
      const at = before && dueSince(schedule.times, before.lastDue, now);
      if (at) due.push({ schedule, at });
    }
    for (const gone of progress.values()) {
      await sql.query('delete from core.plugin_schedules where plugin_id = $1 and name = $2 and cron = $3', [
        gone.plugin,
        gone.name,
        gone.cron,
      ]);
    }
    for (const { schedule, at } of due.sort((a, b) => a.at.getTime() - b.at.getTime())) {
      await this.#handOut(schedule, at, lock);
    }
  }

  /** A new schedule has missed no runs. */
  async #begin({ plugin, name, cron }: KnownSchedule, now: Date): Promise<void> {
    await this.#options.db.platform.query(
      'insert into core.plugin_schedules (plugin_id, name, cron, last_due) values ($1, $2, $3, $4) on conflict do nothing',
      [plugin, name, cron, now],
    );
  }

  async #handOut(schedule: KnownSchedule, due: Date, lock: HeldLock): Promise<void> {
    const { db, graceDays, log } = this.#options;
    const { plugin, name, cron } = schedule;
    const counted = await db.platform.query<{ count: number }>(`select count(*) as count ${TENANTS}`, [
      plugin,
      graceDays,
    ]);
    const untilNext = schedule.times.next(due).getTime() - due.getTime();
    const spreadMs = spreadOf(counted.rows[0]?.count ?? 0, untilNext, this.#timing.spread);
    let handed = 0;
    for (let after: string | undefined = FIRST_TENANT; after !== undefined; ) {
      if (this.#stopped || lock.lost.aborted) return;
      const { rows }: SqlResult<{ id: string }> = await db.platform.query<{ id: string }>(
        `select l.tenant_id as id ${TENANTS} and l.tenant_id > $3 order by l.tenant_id limit $4`,
        [plugin, graceDays, after, this.#timing.batch],
      );
      handed += await this.#handBatch(
        schedule,
        due,
        rows.map(({ id }) => id).filter(this.#servedBy(schedule)),
        spreadMs,
      );
      after = rows.length < this.#timing.batch ? undefined : rows.at(-1)?.id;
    }
    await db.platform.query(
      `update core.plugin_schedules set last_due = $4
       where plugin_id = $1 and name = $2 and cron = $3 and last_due < $4`,
      [plugin, name, cron, due],
    );
    log.debug({ plugin, schedule: name, due: due.toISOString(), tenants: handed, spreadMs }, 'a schedule came due');
  }

  /** Whether a tenant's version of the plugin has the schedule at these times. */
  #servedBy({ plugin, name, cron }: KnownSchedule): (tenantId: string) => boolean {
    return (tenantId) => {
      const serving = this.#options.plugins.get(plugin, tenantId);
      // Perhaps it runs on another node.
      if (!serving) return true;
      return serving.manifest.schedules?.some((own) => own.name === name && own.cron === cron) ?? false;
    };
  }

  #handBatch(
    { plugin, name }: KnownSchedule,
    due: Date,
    tenantIds: readonly string[],
    spreadMs: number,
  ): Promise<number> {
    const begin = this.#options.now().getTime();
    return this.#options.db.platform.transaction(async (sql) => {
      // Failures stay counted: a run that never succeeds must be given up although new due times keep coming.
      const { rows } = await sql.query<ScheduleTurn>(
        `insert into core.plugin_schedule_runs as r (tenant_id, plugin_id, name, due)
         select tenant_id, $2, $3, $4 from unnest($1::uuid[]) tenant_id
         on conflict (tenant_id, plugin_id, name) do update set due = excluded.due, retry_at = null
           where coalesce(greatest(r.due, r.running_due, r.settled), '-infinity') < excluded.due
         returning tenant_id as "tenantId", plugin_id as plugin, name`,
        [tenantIds, plugin, name, due],
      );
      await enqueueScheduleTurns(sql, rows, ({ tenantId }) =>
        spreadMs === 0 ? null : new Date(begin + placeOf(`${plugin}/${name}`, tenantId, spreadMs)),
      );
      return rows.length;
    });
  }

  /** Puts runs back into the queue whose job was lost: replaced while its node was at work, and then died. */
  async #recoverLost(): Promise<void> {
    const lost = await this.#options.db.platform.transaction(async (sql) => {
      const { rows } = await sql.query<ScheduleTurn>(
        `select r.tenant_id as "tenantId", r.plugin_id as plugin, r.name from core.plugin_schedule_runs r
         where r.due is not null and (r.retry_at is null or r.retry_at <= now())
           and (r.locked_by is null or r.locked_until <= now()
             or not exists (select from core.nodes n where n.id = r.locked_by))
           and not exists (
             select from graphile_worker.jobs j
             where j.key = '${SCHEDULE_TASK}:' || r.tenant_id || ':' || r.plugin_id || ':' || r.name
               and j.attempts < j.max_attempts)
         limit ${RECOVERED}`,
      );
      await enqueueScheduleTurns(sql, rows);
      return rows.length;
    });
    if (lost > 0) this.#options.log.warn({ runs: lost }, 'scheduled runs without a job were put back into the queue');
  }
}
