import type { TenantIdentity } from '@bazaar/sdk';
import type { PlatformSql, Sql } from '../data/index.ts';
import { enqueueScheduleTurns } from './queue.ts';
import type { LastRun, RunOutcome, ScheduleTurn } from './types.ts';

const MAX_DETAIL = 2_000;

/** A run that this node has taken; it is ours until the lease ends. */
export interface TakenRun {
  turn: ScheduleTurn;
  /** Id of this node. */
  node: string;
  due: Date;
  attempts: number;
  tenant: TenantIdentity;
  /** The run before was given up, and the tenant's admins were told. */
  failedBefore: boolean;
}

const RELEASED = 'running_due = null, started_at = null, locked_by = null, locked_until = null';

/** The runs in the database, as the nodes see and change them. */
export class RunStore {
  readonly #sql: PlatformSql;
  readonly #leaseMs: number;

  constructor(sql: PlatformSql, leaseMs: number) {
    this.#sql = sql;
    this.#leaseMs = leaseMs;
  }

  /**
   * Takes what waits, if it can be taken now; counts the attempt. A run is free again when its node is no more. The
   * caller is not at it already: a lease of this node is one left over from a lost connection.
   */
  async claim(turn: ScheduleTurn, node: string): Promise<TakenRun | undefined> {
    const { rows } = await this.#sql.query<{
      due: Date;
      attempts: number;
      failedBefore: boolean;
      id: string;
      slug: string;
      name: string;
    }>(
      `update core.plugin_schedule_runs r
       set running_due = r.due, attempts = r.attempts + 1, started_at = now(), locked_by = $4,
         locked_until = now() + $5 * interval '1 millisecond'
       from core.tenants t
       where r.tenant_id = $1 and r.plugin_id = $2 and r.name = $3 and t.id = r.tenant_id
         and r.due is not null and (r.retry_at is null or r.retry_at <= now())
         and (r.locked_by is null or r.locked_until <= now() or r.locked_by = $4
           or not exists (select from core.nodes n where n.id = r.locked_by))
       returning r.running_due as due, r.attempts, coalesce(r.last_run ->> 'outcome' = 'failed', false) as "failedBefore",
         t.id, t.slug, t.name`,
      [turn.tenantId, turn.plugin, turn.name, node, this.#leaseMs],
    );
    const [row] = rows;
    if (!row) return undefined;
    const { due, attempts, failedBefore, ...tenant } = row;
    return { turn, node, due, attempts, failedBefore, tenant };
  }

  /** The attempt failed; the next is due after the delay. */
  async postpone({ turn, node, due }: TakenRun, error: string, delayMs: number): Promise<void> {
    await this.#sql.transaction(async (sql) => {
      const { rows } = await sql.query<{ retryAt: Date }>(
        `update core.plugin_schedule_runs
         set ${RELEASED}, last_error = $6, retry_at = now() + $7 * interval '1 millisecond'
         where tenant_id = $1 and plugin_id = $2 and name = $3 and locked_by = $4 and running_due = $5
         returning retry_at as "retryAt"`,
        [turn.tenantId, turn.plugin, turn.name, node, due, error.slice(0, MAX_DETAIL), delayMs],
      );
      const retryAt = rows[0]?.retryAt;
      if (retryAt) await enqueueScheduleTurns(sql, [turn], () => new Date(retryAt.getTime() + 1));
    });
  }

  /** There was nothing to be done. */
  async skip(run: TakenRun, reason: string): Promise<void> {
    await this.#settle(this.#sql, run, 'skipped', reason);
  }

  /** Gives a run up and tells the tenant's admins. Resolves with `false` when it is no longer ours. */
  giveUp(run: TakenRun, error: string, task: { title: string; description: string }): Promise<boolean> {
    const { turn } = run;
    return this.#sql.transaction(async (sql) => {
      if (!(await this.#settle(sql, run, 'failed', error))) return false;
      await sql.query(
        `insert into core.tasks (tenant_id, plugin_id, kind, title, description, priority, link, audience, key)
         values ($1, 'core', 'SCHEDULE_FAILED', $2, $3, 'high', $4, 'core:plugins.manage', $5)
         on conflict (tenant_id, plugin_id, key) where state = 'open' and key is not null do nothing`,
        [turn.tenantId, task.title, task.description, `/admin/plugins/${turn.plugin}`, taskKey(turn)],
      );
      return true;
    });
  }

  /** The schedule works again: the task about it has nothing left to say. Resolves with whether there was one. */
  async closeTask(turn: ScheduleTurn): Promise<boolean> {
    const { rowCount } = await this.#sql.query(
      `update core.tasks set state = 'done', closed_at = now()
       where tenant_id = $1 and plugin_id = 'core' and key = $2 and state = 'open'`,
      [turn.tenantId, taskKey(turn)],
    );
    return rowCount > 0;
  }

  /** A run that was asked for and waited in no queue. */
  async recordRequested(turn: ScheduleTurn, run: LastRun): Promise<void> {
    await this.#sql.query(
      `insert into core.plugin_schedule_runs (tenant_id, plugin_id, name, last_run) values ($1, $2, $3, $4)
       on conflict (tenant_id, plugin_id, name) do update set last_run = excluded.last_run`,
      [turn.tenantId, turn.plugin, turn.name, JSON.stringify({ ...run, detail: cut(run.detail) })],
    );
  }

  async #settle(
    sql: Sql,
    { turn, node, due }: TakenRun,
    outcome: Exclude<RunOutcome, 'done'>,
    detail: string,
  ): Promise<boolean> {
    const { rowCount } = await sql.query(
      `update core.plugin_schedule_runs
       set due = nullif(due, running_due), settled = greatest(settled, running_due), attempts = 0, last_error = null,
         retry_at = null, ${RELEASED},
         last_run = jsonb_build_object('due', running_due, 'startedAt', started_at, 'finishedAt', now(),
           'outcome', $6::text, 'attempts', attempts, 'detail', $7::text, 'version', null)
       where tenant_id = $1 and plugin_id = $2 and name = $3 and locked_by = $4 and running_due = $5`,
      [turn.tenantId, turn.plugin, turn.name, node, due, outcome, cut(detail)],
    );
    return rowCount > 0;
  }
}

function taskKey({ plugin, name }: ScheduleTurn): string {
  return `schedule-failed:${plugin}:${name}`;
}

function cut(detail: string | null): string | null {
  return detail === null ? null : detail.slice(0, MAX_DETAIL);
}
