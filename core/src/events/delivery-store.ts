import type { JsonObject, TenantIdentity } from '@bazaar/sdk';
import type { PlatformSql } from '../data/index.ts';
import { enqueueTurns, TURN_TASK, type Turn } from './turns.ts';

/** A delivery that this node has taken; it is ours until the lease ends. */
export interface Taken {
  id: string;
  attempts: number;
  tenant: TenantIdentity;
  requestId: string;
  event: { id: string; name: string; version: number; subject: string; occurredAt: string; payload: JsonObject };
}

/** What the first delivery of a subject is: taken by us, there is none, or not its time (held, leased, waiting). */
export type Claim =
  | { kind: 'taken'; delivery: Taken }
  | { kind: 'none' }
  | { kind: 'held' }
  | { kind: 'later'; at: Date; id: string; lockedBy: string | null }
  /** Its event is no longer kept. */
  | { kind: 'orphan'; id: string };

interface ClaimRow {
  headId: number;
  state: 'pending' | 'held';
  due: Date | null;
  lockedBy: string | null;
  id: number | null;
  attempts: number;
  eventId: string | null;
  plugin: string;
  name: string;
  version: number;
  subject: string;
  occurredAt: Date;
  payload: JsonObject;
  requestId: string | null;
  tenantId: string;
  tenantSlug: string;
  tenantName: string;
}

const CLAIM = `
  with head as (
    select tenant_id, id, state, locked_by, locked_until from core.deliveries
    where tenant_id = $1 and subscriber = $2 and subject = $3 and state <> 'dead'
    order by event_seq limit 1 for update
  ), claimed as (
    update core.deliveries d
    set locked_by = $4, locked_until = now() + $5 * interval '1 millisecond', attempts = d.attempts + 1
    from head
    where d.tenant_id = head.tenant_id and d.id = head.id
      and head.state = 'pending' and (head.locked_until is null or head.locked_until <= now())
    returning d.*
  )
  select head.id as "headId", head.state, head.locked_until as due, head.locked_by as "lockedBy", c.id, c.attempts,
    e.id as "eventId", e.plugin_id as plugin, e.name, e.version, e.subject, e.occurred_at as "occurredAt", e.payload,
    e.request_id as "requestId", t.id as "tenantId", t.slug as "tenantSlug", t.name as "tenantName"
  from head
  left join claimed c on true
  left join core.events e on e.tenant_id = c.tenant_id and e.occurred_at = c.event_at and e.seq = c.event_seq
  left join core.tenants t on t.id = c.tenant_id`;

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
  async claim({ tenantId, subscriber, subject }: Turn): Promise<Claim> {
    const { rows } = await this.#sql.query<ClaimRow>(CLAIM, [
      tenantId,
      subscriber,
      subject,
      this.#nodeId,
      this.#leaseMs,
    ]);
    const [row] = rows;
    if (!row) return { kind: 'none' };
    if (row.id === null) {
      if (row.state === 'held') return { kind: 'held' };
      return { kind: 'later', at: row.due ?? new Date(), id: String(row.headId), lockedBy: row.lockedBy };
    }
    if (row.eventId === null) return { kind: 'orphan', id: String(row.id) };
    return { kind: 'taken', delivery: toTaken(row, row.id, row.eventId) };
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

  /**
   * Gives a delivery up: it stays readable with its last error, stands in nobody's way any more, and the tenant's
   * admins are told. Resolves with `false` when it is no longer ours.
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

function toTaken(row: ClaimRow, id: number, eventId: string): Taken {
  return {
    id: String(id),
    attempts: row.attempts,
    tenant: { id: row.tenantId, slug: row.tenantSlug, name: row.tenantName },
    requestId: row.requestId ?? `event-${eventId}`,
    event: {
      id: eventId,
      name: `${row.plugin}.${row.name}`,
      version: row.version,
      subject: row.subject,
      occurredAt: row.occurredAt.toISOString(),
      payload: row.payload,
    },
  };
}
