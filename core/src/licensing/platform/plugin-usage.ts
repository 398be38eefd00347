import type { PlatformSql } from '../../data/index.ts';
import type { LicencePolicy } from '../evaluate.ts';

/** How much a plugin is used over the platform. */
export interface PlatformPluginUsage {
  plugin: string;
  name: string;
  /** Tenants by how their licence stands. */
  tenants: { trial: number; active: number; ending: number; ended: number };
  seatsTaken: number;
  /** Counted in the last 30 days, by meter. */
  metered: Record<string, number>;
}

interface Row {
  plugin: string;
  trial: number;
  active: number;
  ending: number;
  ended: number;
  seatsTaken: number;
  metered: Record<string, number> | null;
}

const QUERY = `
  with standing as (
    select plugin_id, kind,
           revoked_at is null or revoked_at > $1::timestamptz as valid,
           expires_at is null or expires_at > $1::timestamptz as running,
           coalesce(expires_at + make_interval(days => $2) > $1::timestamptz, true) as readable
      from core.licences
  ), counted as (
    select plugin_id,
           count(*) filter (where valid and running and kind = 'trial') as trial,
           count(*) filter (where valid and running and kind <> 'trial') as active,
           count(*) filter (where valid and not running and readable) as ending,
           count(*) filter (where not valid or not readable) as ended
      from standing group by plugin_id
  ), seated as (
    select plugin_id, count(*) as seats from core.licence_seats group by plugin_id
  ), used as (
    select plugin_id, jsonb_object_agg(meter, quantity) as metered
      from (select plugin_id, meter, sum(quantity) as quantity from core.usage
             where day > ($1::timestamptz at time zone 'utc')::date - 30 group by plugin_id, meter) m
     group by plugin_id
  )
  select c.plugin_id as plugin, c.trial, c.active, c.ending, c.ended, coalesce(s.seats, 0) as "seatsTaken", u.metered
    from counted c left join seated s using (plugin_id) left join used u using (plugin_id)`;

/** Plugins with a licence, those with most tenants first. */
export async function pluginUsage(
  sql: PlatformSql,
  policy: LicencePolicy,
  now: Date,
  nameOf: (plugin: string) => string,
): Promise<PlatformPluginUsage[]> {
  const { rows } = await sql.query<Row>(QUERY, [now, policy.graceDays + policy.readOnlyDays]);
  return rows
    .map(({ plugin, trial, active, ending, ended, seatsTaken, metered }) => ({
      plugin,
      name: nameOf(plugin),
      tenants: { trial, active, ending, ended },
      seatsTaken,
      metered: metered ?? {},
    }))
    .sort((one, other) => inUse(other) - inUse(one) || (one.plugin < other.plugin ? -1 : 1));
}

function inUse({ tenants }: PlatformPluginUsage): number {
  return tenants.trial + tenants.active + tenants.ending;
}
