import type { JsonObject } from '@bazaar/sdk';
import type { Database } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import {
  byName,
  conditions,
  type Keyset,
  likeContaining,
  type Page,
  type PageInput,
  pageOf,
  readCursor,
} from '../../paging/index.ts';
import { personPicturePath } from '../../pictures/index.ts';
import type { IdentityDependencies } from '../types.ts';
import { effectivePermissions, type HeldRole } from './permissions.ts';
import { isFixed } from './roles.ts';

export interface UserItem {
  id: string;
  name: string;
  email: string;
  /** `suspended` in this tenant, or the account's own `pending` or `inactive`. */
  status: string;
  roles: string[];
  /** `null` also where the person does not share it. */
  lastSignInAt: string | null;
  /** In this tenant, to five minutes; `null` also for longer than sessions are kept. */
  lastActiveAt: string | null;
  /** Where it is found; `null` also where the person does not share it. */
  picture: string | null;
}

interface Moments {
  lastSignInAt: Date | null;
  lastActiveAt: Date | null;
}

interface UserRow extends Omit<UserItem, keyof Moments>, Moments {
  sortKey: string;
}

/** Who signed in and shares nothing of it shares this neither; an operator who acts as somebody is not them. */
const MOMENTS = `u.shared_sign_in_at as "lastSignInAt",
            case when u.shared_sign_in_at is not null then
              (select max(s.last_used_at) from core.sessions s
                where s.tenant_id = m.tenant_id and s.user_id = m.user_id and s.impersonator_id is null)
            end as "lastActiveAt"`;

function shownMoments({ lastSignInAt, lastActiveAt }: Moments): Pick<UserItem, keyof Moments> {
  return { lastSignInAt: lastSignInAt?.toISOString() ?? null, lastActiveAt: lastActiveAt?.toISOString() ?? null };
}

const USERS = byName('users', 'u');
const ROLES: Keyset = { name: 'roles', parts: ['text'] };

/** The tenant's people by name. */
export async function listUsers(
  db: Pick<Database, 'queryInTenant'>,
  tenantId: string,
  { limit, cursor, q }: PageInput & { q?: string },
): Promise<Page<UserItem>> {
  const text = likeContaining(q);
  const found = USERS.from(conditions().add('u.name ilike ? or u.email ilike ?', text, text), cursor);
  const { rows } = await db.queryInTenant<UserRow>(
    tenantId,
    `select u.id, u.name, u.email, ${USERS.column}, ${MOMENTS}, u.shared_picture as picture,
            case when m.status = 'active' then u.status else m.status end as status,
            array(select role from core.membership_roles mr
                   where mr.tenant_id = m.tenant_id and mr.user_id = m.user_id order by role) as roles
       from core.memberships m join core.users u on u.id = m.user_id
       ${found.where()} ${USERS.end(found, limit)}`,
    found.values,
  );
  return USERS.page(rows, limit, (row) => ({
    ...row,
    ...shownMoments(row),
    picture: personPicturePath(row.picture),
  }));
}

export interface PersonDetails extends UserItem {
  joinedAt: string;
  /** What the person shares of it. */
  profile: JsonObject;
}

/** One member, with the profile as far as they share it; `not-found` for everybody else. */
export async function readUser(
  db: Pick<Database, 'queryInTenant'>,
  tenantId: string,
  userId: string,
): Promise<PersonDetails> {
  const { rows } = await db.queryInTenant<
    Omit<PersonDetails, keyof Moments | 'joinedAt'> & Moments & { joinedAt: Date }
  >(
    tenantId,
    `select u.id, u.name, u.email, ${MOMENTS}, u.shared_profile as profile, u.shared_picture as picture,
            m.created_at as "joinedAt", case when m.status = 'active' then u.status else m.status end as status,
            array(select role from core.membership_roles mr
                   where mr.tenant_id = m.tenant_id and mr.user_id = m.user_id order by role) as roles
       from core.memberships m join core.users u on u.id = m.user_id
      where m.tenant_id = $1 and m.user_id = $2`,
    [tenantId, userId],
  );
  const [found] = rows;
  if (!found) throw new ApiError('not-found', 'There is no such person here.');
  const { picture, joinedAt } = found;
  return {
    ...found,
    ...shownMoments(found),
    picture: personPicturePath(picture),
    joinedAt: joinedAt.toISOString(),
  };
}

export interface RoleItem {
  name: string;
  title: string;
  builtIn: boolean;
  /** Holds everything, and cannot be changed. */
  fixed: boolean;
  /** What its holders may do now, with what the active plugins give to it. */
  permissions: string[];
  /** What this tenant gives to it. */
  additions: string[];
  /** How many hold it. */
  members: number;
}

/** The tenant's roles by name. */
export async function listRoles(
  { db, plugins }: Pick<IdentityDependencies, 'db' | 'plugins'>,
  tenantId: string,
  { limit, cursor }: PageInput,
): Promise<Page<RoleItem>> {
  const [name] = readCursor(ROLES, cursor);
  const found = conditions().add('name > ?', name);
  const { rows } = await db.queryInTenant<HeldRole & { title: string; members: number }>(
    tenantId,
    `select name, title, built_in as "builtIn", permissions,
            (select count(*)::int from core.membership_roles mr
              where mr.tenant_id = r.tenant_id and mr.role = r.name) as members
       from core.roles r ${found.where()} order by name limit ${found.parameter(limit + 1)}`,
    found.values,
  );
  const manifests = plugins.all().map((plugin) => plugin.manifest);
  return pageOf(
    rows,
    limit,
    ROLES,
    (row) => [row.name],
    ({ title, members, ...role }) => ({
      name: role.name,
      title,
      builtIn: role.builtIn,
      fixed: isFixed(role),
      permissions: effectivePermissions([role], manifests),
      additions: [...role.permissions],
      members,
    }),
  );
}
