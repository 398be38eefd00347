import type { JsonObject } from '@bazaar/sdk';
import type { Database } from '../data/index.ts';
import { conditions, newestFirst, type Page, type PageInput, timeOf } from '../paging/index.ts';

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
  sortKey: number;
  actorKind: string;
  actorId: string | null;
  actorName: string | null;
}

const NEWEST_FIRST = newestFirst('audit', 'a.at', 'a.id');

/** The tenant's log, newest first. */
export async function listAudit(
  db: Pick<Database, 'queryInTenant'>,
  tenantId: string,
  filter: AuditFilter,
): Promise<Page<AuditItem>> {
  const wanted = conditions()
    .add('a.actor_id = ?', filter.actor)
    .add('a.plugin_id = ?', filter.plugin)
    .add('a.action = ?', filter.action)
    .add(`a.at >= ${timeOf('?')}`, microsFrom(filter.from))
    .add(`a.at < ${timeOf('?')}`, microsFrom(filter.to));
  const found = NEWEST_FIRST.from(wanted, filter.cursor);
  const { rows } = await db.queryInTenant<Row>(
    tenantId,
    `select a.id, a.at, ${NEWEST_FIRST.column}, a.actor_kind as "actorKind", a.actor_id as "actorId",
            u.name as "actorName", a.plugin_id as plugin, a.action, a.entity_id as "entityId", a.detail,
            a.request_id as "requestId", a.ip, a.user_agent as "userAgent"
       from core.audit_log a left join core.users u on u.id = a.actor_id
       ${found.where()} ${NEWEST_FIRST.end(found, filter.limit)}`,
    found.values,
  );
  return NEWEST_FIRST.page(rows, filter.limit, toItem);
}

function toItem({ at, actorKind, actorId, actorName, ...rest }: Omit<Row, 'sortKey'>): AuditItem {
  return { ...rest, at: at.toISOString(), actor: { kind: actorKind, id: actorId, name: actorName } };
}

function microsFrom(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Date.parse(text) * 1000;
}
