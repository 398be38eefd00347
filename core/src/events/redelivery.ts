import type { AuditTrace } from '../audit/index.ts';
import type { PlatformSql, Sql } from '../data/index.ts';
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
import { enqueueTurns, type Turn } from './turns.ts';

export interface DeliveryFilter extends PageInput {
  state: 'pending' | 'held' | 'dead';
  tenantId?: string | undefined;
  plugin?: string | undefined;
}

export interface DeliveryItem {
  id: number;
  tenant: string;
  plugin: string;
  event: string;
  eventId: string;
  subject: string;
  state: DeliveryFilter['state'];
  attempts: number;
  lastError: string | null;
  emittedAt: string;
}

interface Row extends Omit<DeliveryItem, 'emittedAt'> {
  emittedAt: Date;
  micros: number;
}

const KEYSET: Keyset = { name: 'deliveries', parts: ['micros', 'micros'] };
/** Put back by one call. */
const MOST_AT_ONCE = 1_000;

/** What has not been delivered, newest first. */
export async function listDeliveries(sql: Sql, filter: DeliveryFilter): Promise<Page<DeliveryItem>> {
  const [micros, id] = readCursor(KEYSET, filter.cursor);
  const found = conditions()
    .add('d.state = ?', filter.state)
    .add('d.tenant_id = ?', filter.tenantId)
    .add('d.subscriber = ?', filter.plugin)
    .add(`(d.event_at, d.id) < (${timeOf('?')}, ?::bigint)`, micros, id);
  const { rows } = await sql.query<Row>(
    `select d.id, t.slug as tenant, d.subscriber as plugin, d.event_name as event, d.event_id as "eventId", d.subject,
            d.state, d.attempts, d.last_error as "lastError", d.event_at as "emittedAt",
            ${microsOf('d.event_at')} as micros
       from core.deliveries d join core.tenants t on t.id = d.tenant_id
       ${found.where()}
      order by d.event_at desc, d.id desc
      limit ${found.parameter(filter.limit + 1)}`,
    found.values,
  );
  const keyOf = (row: Row) => [row.micros, row.id];
  return pageOf(rows, filter.limit, KEYSET, keyOf, ({ micros: _micros, emittedAt, ...row }) => ({
    ...row,
    emittedAt: emittedAt.toISOString(),
  }));
}

/**
 * Tries again what was given up, as if it had never been tried, oldest first; one of them, or all of a plugin (in one
 * tenant). The log of each tenant tells. At most a thousand at once: `remaining` says how many there are besides.
 */
export function redeliver(
  sql: PlatformSql,
  which: { plugin: string; tenantId?: string | undefined; id?: number | undefined },
  trace: AuditTrace,
): Promise<{ redelivered: number; remaining: number }> {
  const { plugin, tenantId = null, id = null } = which;
  const meant = `state = 'dead' and subscriber = $1 and ($2::uuid is null or tenant_id = $2)
    and ($3::bigint is null or id = $3)`;
  return sql.transaction(async (transaction) => {
    const { rows } = await transaction.query<Turn>(
      `update core.deliveries d set state = 'pending', attempts = 0, locked_by = null, locked_until = null
         from (select tenant_id, id from core.deliveries where ${meant} order by event_seq limit ${MOST_AT_ONCE}
                 for update) oldest
         where d.tenant_id = oldest.tenant_id and d.id = oldest.id
         returning d.tenant_id as "tenantId", d.subscriber, d.subject`,
      [plugin, tenantId, id],
    );
    await enqueueTurns(transaction, rows);
    await tellTenants(transaction, rows, plugin, trace);
    const { rows: left } = await transaction.query<{ remaining: number }>(
      `select count(*) as remaining from core.deliveries where ${meant}`,
      [plugin, tenantId, id],
    );
    return { redelivered: rows.length, remaining: left[0]?.remaining ?? 0 };
  });
}

async function tellTenants(sql: Sql, turns: readonly Turn[], plugin: string, trace: AuditTrace): Promise<void> {
  const { actor, requestId, commandLine } = trace;
  const counts = new Map<string, number>();
  for (const { tenantId } of turns) counts.set(tenantId, (counts.get(tenantId) ?? 0) + 1);
  await sql.query(
    `insert into core.audit_log (tenant_id, actor_kind, actor_id, plugin_id, action, detail, request_id, ip, user_agent)
       select tenant, $3, $4, $5, 'deliveries.redelivered', $6::jsonb || jsonb_build_object('count', count), $7, $8, $9
         from unnest($1::uuid[], $2::integer[]) as told (tenant, count)`,
    [
      [...counts.keys()],
      [...counts.values()],
      actor.kind,
      actor.userId,
      plugin,
      JSON.stringify(commandLine === undefined ? {} : { commandLine }),
      requestId,
      actor.ip ?? null,
      actor.userAgent ?? null,
    ],
  );
}
