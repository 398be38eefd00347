import type { Database } from '../../data/index.ts';
import type { EventSubjects, ProviderEvent } from '../gateway/index.ts';
import type { Provider } from '../types.ts';

/** An event that waits to be handled. */
export interface WaitingEvent {
  id: string;
  type: string;
  account: string | null;
  customer: string | null;
  object: string | null;
  subjects: EventSubjects;
  attempts: number;
}

/** A delivery that was given up. */
export interface DeadEvent {
  id: string;
  type: string;
  object: string | null;
  attempts: number;
  lastError: string | null;
  receivedAt: Date;
}

/** After so many attempts an event waits for an operator. */
export const MAX_ATTEMPTS = 10;
const FIRST_RETRY_SECONDS = 2;
const LONGEST_RETRY_SECONDS = 3_600;
/** At most this many of one group in one turn. */
const TURN = 500;
const KEPT_DAYS = 60;

const GROUP = 'coalesce(customer, account, object, id)';

/** The provider's events, each stored once, until they have been handled. */
export class Inbox {
  readonly #sql: Database['platform'];
  readonly #provider: Provider;

  constructor(sql: Database['platform'], provider: Provider) {
    this.#sql = sql;
    this.#provider = provider;
  }

  /** Resolves once it is stored; `false` when it was known. `ignored`: it is about nothing that is kept here. */
  async store(event: ProviderEvent, ignored: boolean): Promise<boolean> {
    const { rowCount } = await this.#sql.query(
      `insert into core.stripe_events (provider, id, type, account, customer, object, subjects, occurred_at, state, handled_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, case when $9 = 'ignored' then now() end)
       on conflict do nothing`,
      [
        this.#provider,
        event.id,
        event.type,
        event.account,
        event.customer,
        event.object,
        JSON.stringify(event.subjects),
        event.occurredAt,
        ignored ? 'ignored' : 'waiting',
      ],
    );
    return rowCount > 0;
  }

  /** Groups (customers, accounts, or single objects) with due events, those that have waited longest first. */
  async groups(limit: number): Promise<string[]> {
    const { rows } = await this.#sql.query<{ name: string }>(
      `select ${GROUP} as name from core.stripe_events
        where provider = $1 and state = 'waiting' and not_before <= now()
        group by 1 order by min(received_at) limit $2`,
      [this.#provider, limit],
    );
    return rows.map(({ name }) => name);
  }

  async waiting(group: string): Promise<WaitingEvent[]> {
    const { rows } = await this.#sql.query<WaitingEvent>(
      `select id, type, account, customer, object, subjects, attempts from core.stripe_events
        where provider = $1 and state = 'waiting' and not_before <= now() and ${GROUP} = $2
        order by occurred_at, id limit ${TURN}`,
      [this.#provider, group],
    );
    return rows;
  }

  async settle(ids: readonly string[], state: 'done' | 'ignored'): Promise<void> {
    await this.#sql.query(
      `update core.stripe_events set state = $3, handled_at = now(), last_error = null
        where provider = $1 and id = any ($2) and state = 'waiting'`,
      [this.#provider, ids, state],
    );
  }

  /** To be tried again later; given up after many attempts, unless `forever`. Resolves with those that were given up. */
  async fail(ids: readonly string[], error: string, forever: boolean): Promise<string[]> {
    const { rows } = await this.#sql.query<{ id: string; state: string }>(
      `update core.stripe_events set attempts = attempts + 1, last_error = left($3, 500),
          state = case when attempts + 1 >= $4 and not $5 then 'dead' else state end,
          not_before = now() + make_interval(secs => least($6 * 2 ^ least(attempts, 20), $7))
        where provider = $1 and id = any ($2) and state = 'waiting'
        returning id, state`,
      [this.#provider, ids, error, MAX_ATTEMPTS, forever, FIRST_RETRY_SECONDS, LONGEST_RETRY_SECONDS],
    );
    return rows.filter(({ state }) => state === 'dead').map(({ id }) => id);
  }

  /** How long until something is due, in milliseconds; `null` when nothing waits. */
  async nextDue(): Promise<number | null> {
    const { rows } = await this.#sql.query<{ ms: number | null }>(
      `select (extract(epoch from min(not_before) - now()) * 1000)::float8 as ms from core.stripe_events
        where provider = $1 and state = 'waiting'`,
      [this.#provider],
    );
    const ms = rows[0]?.ms ?? null;
    return ms === null ? null : Math.max(ms, 0);
  }

  /** When the newest known event happened: of the platform's own, or of an account's. */
  async latest(account: string | null): Promise<Date | null> {
    const { rows } = await this.#sql.query<{ at: Date | null }>(
      "select max(occurred_at) as at from core.stripe_events where provider = $1 and coalesce(account, '') = $2",
      [this.#provider, account ?? ''],
    );
    return rows[0]?.at ?? null;
  }

  async dead(limit: number, after: { at: number; id: string } | null): Promise<(DeadEvent & { micros: number })[]> {
    const { rows } = await this.#sql.query<DeadEvent & { micros: number }>(
      `select id, type, object, attempts, last_error as "lastError", received_at as "receivedAt",
          (extract(epoch from received_at) * 1000000)::bigint as micros
         from core.stripe_events
        where provider = $1 and state = 'dead'
          and ($3::bigint is null
            or (received_at, id) > (timestamptz 'epoch' + $3::bigint * interval '1 microsecond', $4))
        order by received_at, id limit $2`,
      [this.#provider, limit, after?.at ?? null, after?.id ?? null],
    );
    return rows;
  }

  /** Another round of attempts for one that was given up; `false` when there is none such. */
  async revive(id: string): Promise<boolean> {
    const { rowCount } = await this.#sql.query(
      `update core.stripe_events set state = 'waiting', attempts = 0, not_before = now()
        where provider = $1 and id = $2 and state = 'dead'`,
      [this.#provider, id],
    );
    return rowCount > 0;
  }

  /** Deliveries are repeated for three days; after that nobody asks for the old ones. */
  async sweep(): Promise<void> {
    await this.#sql.query(
      `delete from core.stripe_events where state in ('done', 'ignored') and handled_at < now() - make_interval(days => $1)`,
      [KEPT_DAYS],
    );
  }
}
