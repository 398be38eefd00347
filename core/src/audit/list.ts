import type { JsonObject } from '@bazaar/sdk';
import type { Database } from '../data/index.ts';
import {
  conditions,
  type Keyset,
  microsOf,
  type Page,
  type PageInput,
  pageOf,
  readCursor,
  timeOf,
} from '../paging/index.ts';

export interface AuditFilter extends PageInput {
  /** Id of the person who acted. */
  actor?: string;
  plugin?: string;
  action?: string;
  /** ISO 8601, inclusive. */
  from?: string;
  /** ISO 8601, exclusive. */
  to?: string;
}

export interface AuditItem {
  id: string;
  at: string;
  actor: { kind: string; id: string | null; name: string | null };
  plugin: string | null;
  action: string;
  entityId: string | null;
  detail: JsonObject;
  requestId: string | null;
  ip: string | null;
  userAgent: string | null;
}

interface Row extends Omit<AuditItem, 'at' | 'actor'> {
  at: Date;
  micros: number;
  actorKind: string;
  actorId: string | null;
  actorName: string | null;
}

const KEYSET: Keyset = { name: 'audit', parts: ['micros', 'uuid'] };

/** The tenant's log, newest first. */
export async function listAudit(
  db: Pick<Database, 'queryInTenant'>,
  tenantId: string,
  filter: AuditFilter,
): Promise<Page<AuditItem>> {
  const [micros, id] = readCursor(KEYSET, filter.cursor);
  const found = conditions()
    .add('a.actor_id = ?', filter.actor)
    .add('a.plugin_id = ?', filter.plugin)
    .add('a.action = ?', filter.action)
    .add(`a.at >= ${timeOf('?')}`, microsFrom(filter.from))
    .add(`a.at < ${timeOf('?')}`, microsFrom(filter.to))
    .add(`(a.at, a.id) < (${timeOf('?')}, ?::uuid)`, micros, id);
  const { rows } = await db.queryInTenant<Row>(
    tenantId,
    `select a.id, a.at, ${microsOf('a.at')} as micros, a.actor_kind as "actorKind", a.actor_id as "actorId",
            u.name as "actorName", a.plugin_id as plugin, a.action, a.entity_id as "entityId", a.detail,
            a.request_id as "requestId", a.ip, a.user_agent as "userAgent"
       from core.audit_log a left join core.users u on u.id = a.actor_id
       ${found.where()}
      order by a.at desc, a.id desc
      limit ${found.parameter(filter.limit + 1)}`,
    found.values,
  );
  return pageOf(rows, filter.limit, KEYSET, (row) => [row.micros, row.id], toItem);
}

function toItem({ at, micros: _micros, actorKind, actorId, actorName, ...rest }: Row): AuditItem {
  return { ...rest, at: at.toISOString(), actor: { kind: actorKind, id: actorId, name: actorName } };
}

function microsFrom(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Date.parse(text) * 1000;
}
