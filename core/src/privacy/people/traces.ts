import type { Sql } from '../../data/index.ts';

const BATCH = 500;

/**
 * Empties the events of a plugin, and removes its tasks, that refer to what was erased. What is still to be delivered
 * keeps its content until then: whoever receives it finds nothing any more that it speaks of.
 */
export async function forgetTraces(
  sql: Sql,
  tenantId: string,
  pluginId: string,
  ids: readonly string[],
): Promise<void> {
  for (let from = 0; from < ids.length; from += BATCH) {
    const part = ids.slice(from, from + BATCH);
    await sql.query(
      `update core.events e set payload = '{}'
        where e.tenant_id = $1 and e.plugin_id = $2 and e.payload <> '{}'
          and (e.subject = any ($3) or exists (select from jsonb_each_text(e.payload) v where v.value = any ($3)))
          and not exists (select from core.deliveries d where d.tenant_id = e.tenant_id and d.event_id = e.id)`,
      [tenantId, pluginId, part],
    );
    await sql.query(
      `delete from core.tasks t where t.tenant_id = $1 and t.plugin_id = $2
         and exists (select from unnest($3::text[]) id where strpos(coalesce(t.key, ''), id) > 0
           or strpos(coalesce(t.link, ''), id) > 0)`,
      [tenantId, pluginId, part],
    );
  }
}
