import type { PlatformSql, PluginData } from '../data/index.ts';
import type { PluginHost } from '../plugins/index.ts';

/** What an operation on a plugin would touch. */
export interface Impact {
  plugin: string;
  version: string | null;
  /** What a rollback without a version returns to. */
  previousVersion: string | null;
  /** Plugins that cannot do what they do without it, and those that would go on with less. */
  dependents: { plugin: string; how: 'requires' | 'optional' | 'listens' | 'calls'; detail: string[] }[];
  /** What disappears from screens. */
  surfaces: { screens: number; widgets: number; pages: number; schedules: number };
  tenants: { licensed: number; switchedOn: number; pinned: number };
  /** People in tenants with a licence. */
  users: number;
  tables: { table: string; rows: number }[];
  rows: number;
  files: number;
  openTasks: number;
  /** Events that wait to be handled by it. */
  waitingDeliveries: number;
}

export interface ImpactOptions {
  host: PluginHost;
  data: PluginData;
  sql: PlatformSql;
}

interface Counts {
  licensed: number;
  switchedOn: number;
  pinned: number;
  users: number;
  files: number;
  openTasks: number;
  waitingDeliveries: number;
}

const COUNTS = `
  with licensed as (select tenant_id from core.licences where plugin_id = $1 and revoked_at is null
      and (expires_at is null or expires_at > now()) and ($2::uuid is null or tenant_id = $2))
  select (select count(*)::integer from licensed) as licensed,
    (select count(*)::integer from licensed l where not exists (select from core.tenant_plugins t
        where t.tenant_id = l.tenant_id and t.plugin_id = $1 and not t.enabled)) as "switchedOn",
    (select count(*)::integer from core.tenant_plugins where plugin_id = $1 and pinned_version is not null
        and ($2::uuid is null or tenant_id = $2)) as pinned,
    (select count(distinct m.user_id)::integer from core.memberships m join licensed l using (tenant_id)) as users,
    (select count(*)::integer from core.files where plugin_id = $1 and deleted_at is null
        and ($2::uuid is null or tenant_id = $2)) as files,
    (select count(*)::integer from core.tasks where plugin_id = $1 and state = 'open'
        and ($2::uuid is null or tenant_id = $2)) as "openTasks",
    (select count(*)::integer from core.deliveries where subscriber = $1
        and ($2::uuid is null or tenant_id = $2)) as "waitingDeliveries"`;

/** `tenantId`: only what concerns this tenant. */
export async function impactOf(
  { host, data, sql }: ImpactOptions,
  plugin: string,
  tenantId: string | null = null,
): Promise<Impact> {
  const record = await host.records.one(plugin);
  const version = record?.versions.find((one) => one.version === record.activeVersion) ?? record?.versions.at(-1);
  const [{ rows: counted }, tables] = await Promise.all([
    sql.query<Counts>(COUNTS, [plugin, tenantId]),
    data.rows(plugin, tenantId),
  ]);
  const { licensed, switchedOn, pinned, ...counts } = counted[0] as Counts;
  const manifest = version?.manifest;
  return {
    plugin,
    version: record?.activeVersion ?? null,
    previousVersion: record?.previousVersion ?? null,
    dependents: host.registry.all(tenantId ?? undefined).flatMap(({ manifest: other }) => {
      if (other.id === plugin) return [];
      const calls = (other.capabilities ?? []).flatMap(({ capability }) =>
        capability.startsWith(`action:${plugin}.`) ? [capability.slice('action:'.length)] : [],
      );
      const heard = (other.subscriptions ?? []).flatMap(({ event }) => (event.startsWith(`${plugin}.`) ? [event] : []));
      const found: Impact['dependents'] = [];
      const range = other.requires?.[plugin];
      const maybe = other.optional?.[plugin];
      if (range !== undefined) found.push({ plugin: other.id, how: 'requires', detail: [range] });
      if (maybe !== undefined) found.push({ plugin: other.id, how: 'optional', detail: [maybe] });
      if (calls.length > 0) found.push({ plugin: other.id, how: 'calls', detail: calls });
      if (heard.length > 0) found.push({ plugin: other.id, how: 'listens', detail: heard });
      return found;
    }),
    surfaces: {
      screens: manifest?.screens?.length ?? 0,
      widgets: manifest?.widgets?.length ?? 0,
      pages: manifest?.pages?.length ?? 0,
      schedules: manifest?.schedules?.length ?? 0,
    },
    tenants: { licensed, switchedOn, pinned },
    tables,
    rows: tables.reduce((sum, table) => sum + table.rows, 0),
    ...counts,
  };
}
