import type { JsonObject, TenantIdentity } from '@bazaar/sdk';
import type { Sql } from '../data/index.ts';
import type { Turn } from './turns.ts';

/** A delivery that this node has taken; it is ours until the lease ends. */
export interface Taken {
  id: string;
  attempts: number;
  tenant: TenantIdentity;
  requestId: string;
  event: { id: string; name: string; version: number; subject: string; occurredAt: string; payload: JsonObject };
}

/**
 * The result of claiming a subject's first delivery: taken by us, none there, or not yet due (held, leased, waiting).
 */
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

/** Takes the first delivery of a subject for a node, if it can be taken now; counts the attempt. */
export async function claimFirst(
  sql: Sql,
  { tenantId, subscriber, subject }: Turn,
  lease: { nodeId: string; leaseMs: number },
): Promise<Claim> {
  const { rows } = await sql.query<ClaimRow>(CLAIM, [tenantId, subscriber, subject, lease.nodeId, lease.leaseMs]);
  const [row] = rows;
  if (!row) return { kind: 'none' };
  if (row.id === null) {
    if (row.state === 'held') return { kind: 'held' };
    return { kind: 'later', at: row.due ?? new Date(), id: String(row.headId), lockedBy: row.lockedBy };
  }
  if (row.eventId === null) return { kind: 'orphan', id: String(row.id) };
  return { kind: 'taken', delivery: toTaken(row, row.id, row.eventId) };
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
