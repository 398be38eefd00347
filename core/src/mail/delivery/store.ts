import type { Database } from '../../data/index.ts';
import type { DeliveryOutcome } from '../transport/index.ts';

/** An e-mail that one node has taken for one attempt. */
export interface ClaimedMail {
  tenantId: string;
  id: string;
  attempt: number;
  /** Since it was written. */
  ageMs: number;
}

/** First of all lanes in the order of uuids. */
export const FIRST_LANE = '00000000-0000-0000-0000-000000000000';

/** The queue of e-mails in the database, shared by all nodes. */
export class MailStore {
  readonly #db: Pick<Database, 'platform'>;

  constructor(db: Pick<Database, 'platform'>) {
    this.#db = db;
  }

  /**
   * Takes up to `limit` e-mails that are due, `perTenant` of each tenant, beginning with the tenants that follow
   * `after`: none waits for the backlog of another. What is taken is due again when the lease has ended, unless an
   * outcome is recorded before.
   */
  async claim(limit: number, perTenant: number, after: string, leaseMs: number): Promise<ClaimedMail[]> {
    const { rows } = await this.#db.platform.query<ClaimedMail>(
      `with recursive lanes as (
         (select tenant_id from core.mails where state = 'queued' order by tenant_id limit 1)
         union all
         select (select m.tenant_id from core.mails m
                  where m.state = 'queued' and m.tenant_id > l.tenant_id order by m.tenant_id limit 1)
           from lanes l where l.tenant_id is not null
       ), chosen as materialized (
         select due.tenant_id, due.id
           from (select tenant_id from lanes where tenant_id is not null order by tenant_id <= $3, tenant_id) lane
           cross join lateral (
             select m.tenant_id, m.id from core.mails m
              where m.tenant_id = lane.tenant_id and m.state = 'queued' and m.due_at <= now()
              order by m.due_at limit $2 for update skip locked
           ) due
          limit $1
       ), taken as (
         update core.mails m set attempts = m.attempts + 1, due_at = now() + $4 * interval '1 millisecond'
           from chosen c where m.tenant_id = c.tenant_id and m.id = c.id
         returning m.tenant_id, m.id, m.attempts, m.created_at
       ), logged as (
         insert into core.mail_deliveries (tenant_id, mail_id, attempt) select tenant_id, id, attempts from taken
       )
       select tenant_id as "tenantId", id, attempts as attempt,
              (extract(epoch from now() - created_at) * 1000)::float8 as "ageMs"
         from taken order by tenant_id <= $3, tenant_id`,
      [limit, perTenant, after, leaseMs],
    );
    return rows;
  }

  /** Handed over: for SMTP what it said is forgotten. */
  accepted(mail: ClaimedMail, { outcome, detail }: DeliveryOutcome): Promise<void> {
    return this.#record(
      mail,
      outcome,
      detail,
      outcome === 'captured'
        ? `state = 'captured', settled_at = now()`
        : `state = 'sent', settled_at = now(), letter = null`,
    );
  }

  /** Never to be tried again by itself; an operator may. */
  failed(mail: ClaimedMail, { outcome, detail }: DeliveryOutcome): Promise<void> {
    return this.#record(mail, outcome, detail, `state = 'failed', settled_at = now()`);
  }

  postponed(mail: ClaimedMail, { outcome, detail }: DeliveryOutcome, delayMs: number): Promise<void> {
    return this.#record(
      mail,
      outcome,
      detail,
      `due_at = now() + ${Math.round(delayMs)} * interval '1 millisecond' * (0.9 + random() / 5)`,
    );
  }

  async #record(
    { tenantId, id, attempt }: ClaimedMail,
    outcome: string,
    detail: string | null,
    change: string,
  ): Promise<void> {
    await this.#db.platform.query(
      // Whoever has taken it meanwhile decides what becomes of it, except that what was handed over stays so.
      `with logged as (
         update core.mail_deliveries set finished_at = now(), outcome = $4, detail = $5
          where tenant_id = $1 and mail_id = $2 and attempt = $3
       )
       update core.mails set ${change}
        where tenant_id = $1 and id = $2 and state = 'queued'
          and (attempts = $3 or $4 in ('accepted', 'captured'))`,
      [tenantId, id, attempt, outcome, detail],
    );
  }
}
