import type { JsonObject } from '@bazaar/sdk';
import type { Log } from '../logging/index.ts';

/** What nodes tell each other after a commit, so that what they remember stays right. */
interface ChangePayloads {
  /** One session ended or changed. */
  session: { tenantId: string; sessionId: string };
  /** A person's account, roles or standing changed: in one tenant, or (without `tenantId`) everywhere. */
  membership: { userId: string; tenantId?: string };
  /** The permissions of a tenant's roles changed. */
  role: { tenantId: string };
  /** A plugin was switched on or off for a tenant, or (without `tenantId`) installed, activated or removed. */
  plugin: { plugin: string; tenantId?: string };
  licence: { tenantId: string; plugin: string };
  settings: { tenantId: string; plugin: string };
  tenant: { tenantId: string; slug: string };
  /** An operator changed what a plugin, or (as `*`) what every plugin may use. */
  quotas: { plugin: string };
}

type ChangeKind = keyof ChangePayloads;

/** The part of the database's bus that is needed here. */
export interface ChangeBus {
  publish(kind: string, payload: unknown): Promise<void>;
  on(kind: string, listener: (payload: unknown) => void): () => void;
  onGap(listener: () => void): () => void;
}

export interface Changes {
  /**
   * This node's listeners have run when the returned promise is made; the other nodes follow within milliseconds.
   * Never rejects: the change has been committed. Where the message is lost, entries live at most their maximum age.
   */
  announce<Kind extends ChangeKind>(kind: Kind, payload: ChangePayloads[Kind]): Promise<void>;
  /**
   * `listener` hears of changes on every node. `onLost` runs when changes may have been missed: forget everything.
   * Returns the undo.
   */
  listen<Kind extends ChangeKind>(
    kind: Kind,
    listener: (payload: ChangePayloads[Kind]) => void,
    onLost: () => void,
  ): () => void;
}

const REQUIRED: Record<ChangeKind, readonly string[]> = {
  session: ['tenantId', 'sessionId'],
  membership: ['userId'],
  role: ['tenantId'],
  plugin: ['plugin'],
  licence: ['tenantId', 'plugin'],
  settings: ['tenantId', 'plugin'],
  tenant: ['tenantId', 'slug'],
  quotas: ['plugin'],
};

export function createChanges(bus: ChangeBus, log: Pick<Log, 'error'>): Changes {
  const local = new Map<ChangeKind, Set<(payload: never) => void>>();

  return {
    async announce(kind, payload) {
      for (const listener of local.get(kind) ?? []) listener(payload as never);
      try {
        await bus.publish(kind, payload);
      } catch (error) {
        log.error({ err: error, kind }, 'other nodes could not be told of a change');
      }
    },
    listen(kind, listener, onLost) {
      const listeners = local.get(kind) ?? new Set();
      local.set(kind, listeners);
      listeners.add(listener);
      const undo = [
        bus.on(kind, (payload) => {
          if (isPayload(kind, payload)) listener(payload);
          else onLost();
        }),
        bus.onGap(onLost),
      ];
      return () => {
        listeners.delete(listener);
        for (const stop of undo) stop();
      };
    },
  };
}

/** Nodes of another version may send other payloads: one that is not understood counts as missed. */
function isPayload<Kind extends ChangeKind>(kind: Kind, payload: unknown): payload is ChangePayloads[Kind] {
  if (typeof payload !== 'object' || payload === null) return false;
  return REQUIRED[kind].every((name) => typeof (payload as JsonObject)[name] === 'string');
}
