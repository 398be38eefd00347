import type { Database, PlatformSql } from '../../data/index.ts';

/** Records that nothing refers to any more: of a plugin that is gone, or of a tenant that is. */
export interface Orphans {
  kind: 'plugin-missing' | 'licence-missing' | 'tenant-missing';
  /** `core.<table>`, or a table of the plugin. */
  table: string;
  plugin: string;
  rows: number;
}

/** Of a plugin that was purged, or never was. Parked ones come back. */
const PLUGIN_MISSING = ['licences', 'licence_seats', 'usage', 'tenant_plugins', 'settings', 'files'];
/** Of a plugin for which the tenant has no licence at all. */
const LICENCE_MISSING = ['licence_seats', 'usage', 'licence_notices'];

const pluginMissing = (table: string) => `
  select 'plugin-missing' as kind, 'core.${table}' as table, r.plugin_id as plugin, count(*) as rows
    from core.${table} r
   where r.plugin_id <> 'core'
     and not exists (select from core.plugins p where p.id = r.plugin_id and p.state <> 'purged')
   group by r.plugin_id`;

const licenceMissing = (table: string) => `
  select 'licence-missing', 'core.${table}', r.plugin_id, count(*)
    from core.${table} r
   where not exists (
     select from core.licences l where l.tenant_id = r.tenant_id and l.plugin_id = r.plugin_id)
   group by r.plugin_id`;

const IN_CORE = [...PLUGIN_MISSING.map(pluginMissing), ...LICENCE_MISSING.map(licenceMissing)].join(' union all ');

/** Counted anew at each call: an operator asks for it now and then. */
export async function findOrphans(db: {
  platform: PlatformSql;
  plugins: Pick<Database['plugins'], 'orphans'>;
}): Promise<Orphans[]> {
  const { rows: inCore } = await db.platform.query<Orphans>(IN_CORE);
  const { rows: plugins } = await db.platform.query<{ id: string }>(
    `select id from core.plugins where state <> 'purged' order by id`,
  );
  const { rows: tenants } = await db.platform.query<{ id: string }>('select id from core.tenants');
  const ids = tenants.map(({ id }) => id);
  const found = [...inCore];
  for (const { id: plugin } of plugins) {
    for (const { table, rows } of await db.plugins.orphans(plugin, ids)) {
      if (rows > 0) found.push({ kind: 'tenant-missing', table, plugin, rows });
    }
  }
  return found.sort((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1));
}

export function sortKey({ kind, plugin, table }: Orphans): string {
  return `${plugin} ${kind} ${table}`;
}
