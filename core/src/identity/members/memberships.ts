import type { Database } from '../../data/index.ts';
import type { MembershipSummary } from '../types.ts';

/** More than anybody belongs to. */
const MOST = 200;

interface Row {
  id: string;
  slug: string;
  name: string;
  roles: string[];
}

/** The tenants a person may enter: the one used last comes first. */
export async function membershipsOf(db: Pick<Database, 'platform'>, userId: string): Promise<MembershipSummary[]> {
  const { rows } = await db.platform.query<Row>(
    `select t.id, t.slug, t.name,
            array(select role from core.membership_roles mr
                   where mr.tenant_id = m.tenant_id and mr.user_id = m.user_id order by role) as roles
       from core.memberships m
       join core.tenants t on t.id = m.tenant_id
       left join lateral (select max(s.last_used_at) as last_used_at from core.sessions s
                           where s.tenant_id = m.tenant_id and s.user_id = m.user_id
                             and s.impersonator_id is null) used on true
      where m.user_id = $1 and m.status = 'active'
      order by used.last_used_at desc nulls last, t.name, t.id
      limit ${MOST}`,
    [userId],
  );
  return rows.map(({ roles, ...tenant }) => ({ tenant, roles }));
}
