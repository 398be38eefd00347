import type { Manifest } from '@bazaar/sdk';
import type { Sql } from '../data/index.ts';
import { fileIdPaths, type ValuePath } from '../plugins/index.ts';

/** What happens with an event besides being kept. */
export interface EventRoute {
  /** Where its payload holds the ids of files that are handed over. */
  fileIds: readonly ValuePath[];
  /** Full name of the permission whose holders' browsers are told at once. */
  audience: string | undefined;
}

export interface Subscription {
  subscriber: string;
  /** Full name. */
  event: string;
  version: number;
}

/** Who subscribes to what, according to the active manifests. */
export interface Subscriptions {
  all: readonly Subscription[];
  route(plugin: string, event: string): EventRoute | undefined;
}

interface Stamp {
  stamp: string;
}

/**
 * Goes by the catalogue in the database and not by what this process has loaded: a plugin that fails to load on one
 * node, or at one start, must miss no event.
 */
export class SubscriptionDirectory {
  #known: { stamp: string; subscriptions: Subscriptions } | undefined;

  async read(sql: Sql): Promise<Subscriptions> {
    const { rows } = await sql.query<Stamp>(
      `select count(*) || ' ' || coalesce(max(p.updated_at)::text, '') as stamp from core.plugins p`,
    );
    const stamp = rows[0]?.stamp ?? '';
    if (this.#known?.stamp === stamp) return this.#known.subscriptions;
    const active = await sql.query<{ manifest: Manifest }>(
      `select v.manifest from core.plugins p
       join core.plugin_versions v on v.plugin_id = p.id and v.version = p.active_version`,
    );
    const subscriptions = subscriptionsOf(active.rows.map((row) => row.manifest));
    this.#known = { stamp, subscriptions };
    return subscriptions;
  }
}

export function subscriptionsOf(manifests: readonly Manifest[]): Subscriptions {
  const routes = new Map<string, EventRoute>();
  for (const { id, events = [] } of manifests) {
    for (const { name, payload, audience } of events) {
      const route = {
        fileIds: fileIdPaths(payload),
        audience: audience === undefined ? undefined : `${id}:${audience}`,
      };
      routes.set(`${id}.${name}`, route);
    }
  }
  return {
    all: manifests.flatMap(({ id, subscriptions = [] }) =>
      subscriptions.map(({ event, version }) => ({ subscriber: id, event, version })),
    ),
    route: (plugin, event) => routes.get(`${plugin}.${event}`),
  };
}
