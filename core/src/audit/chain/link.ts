import { createHmac, hash, timingSafeEqual } from 'node:crypto';

/** A row of the log as the database shows it in text: nothing is lost in numbers or times on the way. */
export interface LoggedRow {
  tenantId: string;
  /** Microseconds since the epoch. */
  micros: string;
  id: string;
  actorKind: string;
  actorId: string | null;
  pluginId: string | null;
  action: string;
  entityId: string | null;
  /** The text of the jsonb. */
  detail: string;
  requestId: string | null;
  ip: string | null;
  userAgent: string | null;
}

/** What the hash of a link is made of. */
export interface Link {
  tenantId: string;
  /** From 1 on, without gaps. */
  seq: number;
  content: Buffer;
  /** When the row came; microseconds since the epoch. */
  notedMicros: string;
}

const sha256 = (text: string) => hash('sha256', text, 'buffer');

/** What the first link of a tenant follows. */
export const BEFORE_FIRST = Buffer.alloc(32);

/** The columns of `LoggedRow` of a table `l`. */
export const ROW_COLUMNS = `l.tenant_id as "tenantId", (extract(epoch from l.at) * 1000000)::bigint::text as micros, l.id,
  l.actor_kind as "actorKind", l.actor_id as "actorId", l.plugin_id as "pluginId", l.action, l.entity_id as "entityId",
  l.detail::text as detail, l.request_id as "requestId", l.ip, l.user_agent as "userAgent"`;

/** SHA-256 over all that a row says. The order of the list is part of the format. */
export function contentOf(row: LoggedRow): Buffer {
  return sha256(
    JSON.stringify([
      'audit-1',
      row.tenantId,
      row.micros,
      row.id,
      row.actorKind,
      row.actorId,
      row.pluginId,
      row.action,
      row.entityId,
      row.detail,
      row.requestId,
      row.ip,
      row.userAgent,
    ]),
  );
}

export function hashOf(before: Buffer, { tenantId, seq, content, notedMicros }: Link): Buffer {
  const parts = ['link-1', before.toString('hex'), tenantId, seq, notedMicros, content.toString('hex')];
  return sha256(JSON.stringify(parts));
}

export interface Head {
  tenantId: string;
  seq: number;
  hash: Buffer;
}

/** The count of all chains. */
export interface Seal {
  links: number;
  chains: number;
  /** Microseconds since the epoch; rows before it may have been removed by retention. */
  keptFromMicros: string | null;
}

/** Signs with the platform's key what must not be made anew by somebody who has nothing but the database. */
export class ChainSigner {
  readonly #key: Buffer;

  constructor(key: Buffer) {
    this.#key = key;
  }

  head({ tenantId, seq, hash: end }: Head): Buffer {
    return this.#sign(['head-1', tenantId, seq, end.toString('hex')]);
  }

  seal({ links, chains, keptFromMicros }: Seal): Buffer {
    return this.#sign(['seal-1', links, chains, keptFromMicros]);
  }

  isHead(head: Head, signature: Buffer): boolean {
    return same(this.head(head), signature);
  }

  /** The seal of an empty platform is not signed yet. */
  isSeal(seal: Seal, signature: Buffer | null): boolean {
    if (signature === null) return seal.links === 0 && seal.chains === 0 && seal.keptFromMicros === null;
    return same(this.seal(seal), signature);
  }

  #sign(parts: readonly (string | number | null)[]): Buffer {
    return createHmac('sha256', this.#key).update(JSON.stringify(parts)).digest();
  }
}

function same(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}
