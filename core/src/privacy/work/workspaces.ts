import type { Sql } from '../../data/index.ts';
import type { ClaimedRequest } from '../requests/index.ts';
import type { Person, Workspace } from '../types.ts';

/** Where the request looks: in its own tenant, or wherever the person is a member. */
export async function workspacesOf(sql: Sql, request: ClaimedRequest, person: Person): Promise<Workspace[]> {
  const { rows } = await sql.query<Workspace>(
    request.scope === 'tenant'
      ? 'select id, slug, name from core.tenants where id = $1'
      : `select t.id, t.slug, t.name from core.memberships m join core.tenants t on t.id = m.tenant_id
          where m.user_id = $1::uuid and t.deleted_at is null order by t.slug`,
    [request.scope === 'tenant' ? request.tenantId : person.userId],
  );
  return rows;
}

/** Workspaces that would be left without an owner. */
export async function ownedAlone(sql: Sql, userId: string, tenantId: string | null): Promise<Workspace[]> {
  const { rows } = await sql.query<Workspace>(
    `select t.id, t.slug, t.name from core.membership_roles r join core.tenants t on t.id = r.tenant_id
      where r.user_id = $1 and r.role = 'owner' and t.deleted_at is null and ($2::uuid is null or t.id = $2)
        and not exists (
          select from core.membership_roles o
            join core.memberships m on m.tenant_id = o.tenant_id and m.user_id = o.user_id and m.status = 'active'
           where o.tenant_id = r.tenant_id and o.role = 'owner' and o.user_id <> r.user_id)
      order by t.slug`,
    [userId, tenantId],
  );
  return rows;
}
