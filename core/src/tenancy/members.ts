import type { Member, MemberPageOptions, Page } from '@bazaar/sdk';
import type { Database } from '../data/index.ts';
import { byName, conditions, likeContaining } from '../paging/index.ts';

/** The people of a tenant as plugins see them: who they are, and nothing else of them. */
export interface TenantMembers {
  /** Those who may sign in now, by name. */
  page(tenantId: string, options: MemberPageOptions & { limit: number }): Promise<Page<Member>>;
  /** Whoever of these is a member, suspended or not. */
  find(tenantId: string, ids: readonly string[]): Promise<Member[]>;
}

const MEMBERS = byName('members', 'u');

export function createTenantMembers(db: Pick<Database, 'queryInTenant'>): TenantMembers {
  return {
    async page(tenantId, { text, limit, cursor }) {
      const found = MEMBERS.from(
        conditions().add(`m.status = 'active' and u.status = ?`, 'active').add('u.name ilike ?', likeContaining(text)),
        cursor,
      );
      const { rows } = await db.queryInTenant<Member & { sortKey: string }>(
        tenantId,
        `select u.id, u.name, ${MEMBERS.column} from core.memberships m join core.users u on u.id = m.user_id
         ${found.where()} ${MEMBERS.end(found, limit)}`,
        found.values,
      );
      return MEMBERS.page(rows, limit, (row) => row);
    },

    async find(tenantId, ids) {
      if (ids.length === 0) return [];
      const { rows } = await db.queryInTenant<Member>(
        tenantId,
        `select u.id, u.name from core.memberships m join core.users u on u.id = m.user_id
          where m.tenant_id = $1 and m.user_id = any($2::uuid[]) order by lower(u.name), u.id`,
        [tenantId, ids],
      );
      return rows;
    },
  };
}
