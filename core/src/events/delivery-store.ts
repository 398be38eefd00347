import type { PlatformSql } from '../data/index.ts';
import { type Claim, claimFirst } from './claim.ts';
import { enqueueTurns, TURN_TASK, type Turn } from './turns.ts';

const MAX_ERROR = 2_000;
/** Rows released in one statement. */
const RELEASE_BATCH = 1_000;

/** The deliveries in the database, as one node sees and changes them. */
export class DeliveryStore {
  readonly #sql: PlatformSql;
  readonly #nodeId: string;
  readonly #leaseMs: number;

  constructor(sql: PlatformSql, nodeId: string, leaseMs: number) {
    this.#sql = sql;
    this.#nodeId = nodeId;
    this.#leaseMs = leaseMs;
  }

  /** Takes the first delivery of a subject, if it can be taken now; counts the attempt. */
  claim(turn: Turn): Promise<Claim> {
    return claimFirst(this.#sql, turn, { nodeId: this.#nodeId, leaseMs: this.#leaseMs });
  }

  /** Gives a delivery back that we took and are not working on: left over from a lost connection. */
  async forget(tenantId: string, id: string): Promise<void> {
    await this.#sql.query(
      `update core.deliveries set locked_by = null, locked_until = null
       where tenant_id = $1 and id = $2 and locked_by = $3`,
      [tenantId, id, this.#nodeId],
    );
  }

  /** The attempt failed; the next is due after the delay. */
  async postpone(tenantId: string, id: string, error: string, delayMs: number): Promise<void> {
    await this.#sql.query(
      `update core.deliveries
       set locked_by = null, locked_until = now() + $4 * interval '1 millisecond', last_error = $3
       where tenant_id = $1 and id = $2 and locked_by = $5`,
      [tenantId, id, error.slice(0, MAX_ERROR), delayMs, this.#nodeId],
    );
  }

  /** The subscriber may not begin anything now: no attempt was made. */
  async giveBack(tenantId: string, id: string, reason: string, delayMs: number): Promise<void> {
    await this.#sql.query(
      `update core.deliveries
       set locked_by = null, locked_until = now() + $4 * interval '1 millisecond', last_error = $3,
         attempts = greatest(attempts - 1, 0)
       where tenant_id = $1 and id = $2 and locked_by = $5`,
      [tenantId, id, reason.slice(0, MAX_ERROR), delayMs, this.#nodeId],
    );
  }

  /**
   * Gives a delivery up: it stays readable with its last error, no longer blocks its subject, and the tenant's admins
   * are told. Resolves with `false` when it is no longer ours.
   */
  bury(
    turn: Turn,
    id: string,
    error: string,
    task: { title: string; description: string; key: string },
  ): Promise<boolean> {
    return this.#sql.transaction(async (sql) => {
      const { rows } = await sql.query(
        `with dead as (
           update core.deliveries
           set state = 'dead', locked_by = null, locked_until = null, last_error = $3
           where tenant_id = $1 and id = $2 and locked_by = $4
           returning *
         )
         insert into core.delivery_log (tenant_id, delivery_id, subscriber, event_id, outcome, attempts, error)
         select tenant_id, id, subscriber, event_id, 'dead', attempts, last_error from dead
         returning delivery_id`,
        [turn.tenantId, id, error.slice(0, MAX_ERROR), this.#nodeId],
      );
      if (rows.length === 0) return false;
      await sql.query(
        `insert into core.tasks (tenant_id, plugin_id, kind, title, description, priority, link, audience, key)
         values ($1, 'core', 'DELIVERY_FAILED', $2, $3, 'high', $4, 'core:plugins.manage', $5)
         on conflict (tenant_id, plugin_id, key) where state = 'open' and key is not null do nothing`,
        [turn.tenantId, task.title, task.description, `/admin/plugins/${turn.subscriber}`, task.key],
      );
      return true;
    });
  }

  /** Sets aside all that waits for a subscriber which cannot work for the tenant now. */
  async hold(tenantId: string, subscriber: string): Promise<void> {
    await this.#sql.query(
      `update core.deliveries set state = 'held', locked_by = null, locked_until = null
       where tenant_id = $1 and subscriber = $2 and state = 'pending'
         and (locked_by is null or locked_until <= now())`,
      [tenantId, subscriber],
    );
  }

  /** Lets what was held go on, oldest first. */
  async release(tenantId: string, subscriber: string): Promise<void> {
    for (let more = true; more; ) {
      more = await this.#sql.transaction(async (sql) => {
        const { rows } = await sql.query<Turn>(
          `update core.deliveries d set state = 'pending'
           from (
             select tenant_id, id from core.deliveries
             where tenant_id = $1 and subscriber = $2 and state = 'held' order by event_seq limit ${RELEASE_BATCH} for update
           ) oldest
           where d.tenant_id = oldest.tenant_id and d.id = oldest.id
           returning d.tenant_id as "tenantId", d.subscriber, d.subject`,
          [tenantId, subscriber],
        );
        await enqueueTurns(sql, rows);
        return rows.length === RELEASE_BATCH;
      });
    }
  }

  /** Tenants and subscribers with something held. */
  async holding(): Promise<{ tenantId: string; subscriber: string }[]> {
    const { rows } = await this.#sql.query<{ tenantId: string; subscriber: string }>(
      `select distinct tenant_id as "tenantId", subscriber from core.deliveries where state = 'held'`,
    );
    return rows;
  }

  /** Puts subjects back into the queue whose job has been lost, e.g. between two commits. */
  async recoverLost(): Promise<number> {
    return this.#sql.transaction(async (sql) => {
      const { rows } = await sql.query<Turn>(
        `select distinct d.tenant_id as "tenantId", d.subscriber, d.subject from core.deliveries d
         where d.state = 'pending' and (d.locked_until is null or d.locked_until <= now())
           and d.created_at < now() - interval '2 seconds'
           and not exists (
             select from graphile_worker.jobs j
             where j.key = '${TURN_TASK}:' || d.tenant_id || ':' || d.subscriber || ':' || d.subject
               and j.attempts < j.max_attempts)
           and not exists (
             select from core.deliveries head
             where head.tenant_id = d.tenant_id and head.subscriber = d.subscriber and head.subject = d.subject
               and head.event_seq < d.event_seq and head.state <> 'dead')
         limit 500`,
      );
      await enqueueTurns(sql, rows);
      return rows.length;
    });
  }
}
