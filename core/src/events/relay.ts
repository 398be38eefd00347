import type { JsonObject } from '@bazaar/sdk';
import type { Sql } from '../data/index.ts';
import { fileIdsIn } from '../plugins/index.ts';
import type { EventsOptions, EventTiming } from './options.ts';
import { SubscriptionDirectory, type Subscriptions } from './subscriptions.ts';
import { enqueueTurns, type Turn } from './turns.ts';

/** Held for the length of one batch: two relays at once could bring the events of one subject out of order. */
const RELAY_LOCK = [0x62617a, 0x72656c61];

interface RelayedEvent {
  tenantId: string;
  plugin: string;
  name: string;
  payload: JsonObject;
}

interface Batch {
  events: RelayedEvent[];
  deliveries: Turn[];
}

const MOVE_BATCH = `
  with batch as (
    delete from core.outbox o
    using (select tenant_id, seq from core.outbox order by seq limit $1 for update skip locked) oldest
    where o.tenant_id = oldest.tenant_id and o.seq = oldest.seq
    returning o.*
  ), kept as (
    insert into core.events (tenant_id, occurred_at, seq, id, plugin_id, name, version, subject, payload, request_id)
    select tenant_id, occurred_at, seq, id, plugin_id, name, version, subject, payload, request_id from batch
  ), expanded as (
    -- A tenant that never had the subscriber is not one that will get it later: nothing is kept for it.
    insert into core.deliveries (tenant_id, subscriber, event_name, event_id, event_seq, event_at, subject)
    select b.tenant_id, s.subscriber, s.event, b.id, b.seq, b.occurred_at, b.subject
    from batch b
    join unnest($2::text[], $3::text[], $4::integer[]) as s (subscriber, event, version)
      on s.event = b.plugin_id || '.' || b.name and s.version = b.version
    join core.licences l on l.tenant_id = b.tenant_id and l.plugin_id = s.subscriber
    order by b.seq
    returning tenant_id, subscriber, subject
  )
  select
    (select coalesce(json_agg(json_build_object(
       'tenantId', tenant_id, 'plugin', plugin_id, 'name', name, 'payload', payload) order by seq), '[]')
     from batch) as events,
    (select coalesce(json_agg(json_build_object(
       'tenantId', tenant_id, 'subscriber', subscriber, 'subject', subject)), '[]')
     from (select distinct tenant_id, subscriber, subject from expanded) d) as deliveries`;

/** Moves events from the outbox to their subscribers. */
export class Relay {
  readonly #options: EventsOptions;
  readonly #timing: EventTiming;
  readonly #directory = new SubscriptionDirectory();
  #stopping = false;

  constructor(options: EventsOptions, timing: EventTiming) {
    this.#options = options;
    this.#timing = timing;
  }

  /** The batch at hand is the last: what waits behind it, perhaps thousands, is moved by others or the next start. */
  stop(): void {
    this.#stopping = true;
  }

  /** Moves all that waits. */
  async run(): Promise<void> {
    const { platform } = this.#options.db;
    while (!this.#stopping) {
      const { rows } = await platform.query<{ waiting: boolean }>('select exists (select from core.outbox) as waiting');
      if (!rows[0]?.waiting) return;
      const moved = await platform.transaction((sql) => this.#moveBatch(sql));
      this.#tellBrowsers(moved.batch.events, moved.subscriptions);
    }
  }

  async #moveBatch(sql: Sql): Promise<{ batch: Batch; subscriptions: Subscriptions }> {
    await sql.query('select pg_advisory_xact_lock($1, $2)', RELAY_LOCK);
    const subscriptions = await this.#directory.read(sql);
    const { all } = subscriptions;
    const { rows } = await sql.query<Batch>(MOVE_BATCH, [
      this.#timing.relayBatch,
      all.map((subscription) => subscription.subscriber),
      all.map((subscription) => subscription.event),
      all.map((subscription) => subscription.version),
    ]);
    const batch = rows[0] ?? { events: [], deliveries: [] };
    await this.#handOverFiles(batch.events, subscriptions);
    await enqueueTurns(sql, batch.deliveries);
    return { batch, subscriptions };
  }

  /** Done before any subscriber gets the event. That the emitter may read the file was checked when it was emitted. */
  async #handOverFiles(events: readonly RelayedEvent[], subscriptions: Subscriptions): Promise<void> {
    for (const { tenantId, plugin, name, payload } of events) {
      const fileIds = fileIdsIn(payload, subscriptions.route(plugin, name)?.fileIds ?? []);
      if (fileIds.length === 0) continue;
      const receivers = subscriptions.all.filter(({ event }) => event === `${plugin}.${name}`);
      for (const fileId of fileIds) {
        for (const { subscriber } of receivers) await this.#grant(tenantId, fileId, subscriber);
      }
    }
  }

  async #grant(tenantId: string, fileId: string, subscriber: string): Promise<void> {
    try {
      await this.#options.files.grant(tenantId, fileId, subscriber);
    } catch (error) {
      // Deleted since: the subscriber finds that out by itself, the other events must go on.
      this.#options.log.warn({ err: error, tenant: tenantId, fileId, plugin: subscriber }, 'file not handed over');
    }
  }

  #tellBrowsers(events: readonly RelayedEvent[], subscriptions: Subscriptions): void {
    for (const { tenantId, plugin, name, payload } of events) {
      const permission = subscriptions.route(plugin, name)?.audience;
      if (permission === undefined) continue;
      this.#options.realtime.publish({ tenantId, permission, event: `${plugin}.${name}`, payload });
    }
  }
}
