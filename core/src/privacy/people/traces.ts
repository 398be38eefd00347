import type { Sql } from '../../data/index.ts';

const BATCH = 500;

/** Events of the plugin that speak of any of the ids: by their subject, or by a value of their payload. */
const speaksOf = (event: string) =>
  `${event}.tenant_id = $1 and ${event}.plugin_id = $2 and (${event}.subject = any ($3)
     or exists (select from jsonb_each_text(${event}.payload) v where v.value = any ($3)))`;

/**
 * Empties the events of a plugin that speak of what was erased, takes them back where they have not arrived yet, and
 * removes the plugin's tasks about it. Whoever is handling such an event can not commit what it makes of it.
 */
export async function forgetTraces(
  sql: Sql,
  tenantId: string,
  pluginId: string,
  ids: readonly string[],
): Promise<void> {
  for (let from = 0; from < ids.length; from += BATCH) {
    const values = [tenantId, pluginId, ids.slice(from, from + BATCH)];
    await sql.query(`delete from core.outbox o where ${speaksOf('o')}`, values);
    await sql.query(
      `delete from core.deliveries d using core.events e
        where d.tenant_id = e.tenant_id and d.event_id = e.id and ${speaksOf('e')}`,
      values,
    );
    await sql.query(`update core.events e set payload = '{}' where ${speaksOf('e')} and e.payload <> '{}'`, values);
    await sql.query(
      `delete from core.tasks t where t.tenant_id = $1 and t.plugin_id = $2
         and exists (select from unnest($3::text[]) id where strpos(coalesce(t.key, ''), id) > 0
           or strpos(coalesce(t.link, ''), id) > 0)`,
      values,
    );
  }
}
