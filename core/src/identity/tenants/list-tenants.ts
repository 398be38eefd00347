import type { Database } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import { byName, conditions, likeContaining, type Page, type PageInput } from '../../paging/index.ts';
import { type TenantTier, type TierBooking, type TierSeats, tierAt } from '../../tenancy/index.ts';
import { type BookedTier, shownBooking } from './booked-tier.ts';

/** A tenant as the platform's operators see it. */
export interface TenantItem {
  id: string;
  slug: string;
  name: string;
  /** At this moment. */
  tier: TenantTier;
  booked: BookedTier;
  createdAt: string;
  suspendedAt: string | null;
  suspendedReason: string | null;
  deletedAt: string | null;
  /** What it says of itself. */
  website: string | null;
  verifiedAt: string | null;
  /** Whether operators may act as its members. */
  supportAccess: boolean;
  /** Active. */
  members: number;
  /** At this moment. */
  maxUsers: number;
  /** That count at this moment. */
  licences: number;
}

interface Row
  extends TierBooking,
    Omit<TenantItem, keyof TierBooking | 'booked' | 'createdAt' | 'suspendedAt' | 'deletedAt' | 'verifiedAt'> {
  createdAt: Date;
  suspendedAt: Date | null;
  deletedAt: Date | null;
  verifiedAt: Date | null;
  sortKey: string;
}

const TENANTS = byName('tenants', 't');
const MEMBERS = byName('tenant-members', 'u');

/** All tenants of the platform by name. */
export async function listTenants(
  db: Pick<Database, 'platform'>,
  { limit, cursor, q }: PageInput & { q?: string },
  tierSeats: TierSeats,
  now: Date,
): Promise<Page<TenantItem>> {
  const text = likeContaining(q);
  const found = TENANTS.from(conditions().add('t.name ilike ? or t.slug ilike ?', text, text), cursor);
  const { rows } = await db.platform.query<Row>(
    `select t.id, t.slug, t.name, t.tier, t.created_at as "createdAt", t.suspended_at as "suspendedAt",
            t.suspended_reason as "suspendedReason", t.deleted_at as "deletedAt", t.support_access as "supportAccess",
            t.max_users as "maxUsers", t.tier_until as "tierUntil", t.profile ->> 'website' as website,
            t.verified_at as "verifiedAt", ${TENANTS.column},
            (select count(*)::int from core.memberships m
              where m.tenant_id = t.id and m.status = 'active') as members,
            (select count(*)::int from core.licences l
              where l.tenant_id = t.id and l.revoked_at is null
                and (l.expires_at is null or l.expires_at > ${found.parameter(now)})) as licences
       from core.tenants t ${found.where()} ${TENANTS.end(found, limit)}`,
    found.values,
  );
  return TENANTS.page(rows, limit, ({ tier, tierUntil, maxUsers, ...row }) => {
    const booking = { tier, tierUntil, maxUsers };
    const { tier: tierNow, seats } = tierAt(booking, tierSeats, now);
    return {
      ...row,
      tier: tierNow,
      maxUsers: seats,
      booked: shownBooking(booking),
      createdAt: row.createdAt.toISOString(),
      suspendedAt: row.suspendedAt?.toISOString() ?? null,
      deletedAt: row.deletedAt?.toISOString() ?? null,
      verifiedAt: row.verifiedAt?.toISOString() ?? null,
    };
  });
}

export interface TenantMember {
  id: string;
  name: string;
  email: string;
  isOperator: boolean;
  roles: string[];
  /** What those are called there. */
  roleTitles: string[];
}

/** The active members of a tenant by name: whom an operator may act as. */
export async function listTenantMembers(
  db: Pick<Database, 'platform'>,
  slug: string,
  { limit, cursor }: PageInput,
): Promise<Page<TenantMember>> {
  const tenant = await db.platform.query<{ id: string }>('select id from core.tenants where slug = $1', [slug]);
  const [{ id: tenantId } = { id: undefined }] = tenant.rows;
  if (tenantId === undefined) throw new ApiError('not-found', 'There is no such tenant.');
  const found = MEMBERS.from(
    conditions().add('m.tenant_id = ?', tenantId).add(`m.status = 'active' and u.status = ?`, 'active'),
    cursor,
  );
  const { rows } = await db.platform.query<TenantMember & { sortKey: string }>(
    `select u.id, u.name, u.email, u.is_operator as "isOperator", ${MEMBERS.column},
            array(select role from core.membership_roles mr
                   where mr.tenant_id = m.tenant_id and mr.user_id = m.user_id order by role) as roles,
            array(select r.title from core.membership_roles mr
                   join core.roles r on r.tenant_id = mr.tenant_id and r.name = mr.role
                   where mr.tenant_id = m.tenant_id and mr.user_id = m.user_id order by mr.role) as "roleTitles"
       from core.memberships m join core.users u on u.id = m.user_id
       ${found.where()} ${MEMBERS.end(found, limit)}`,
    found.values,
  );
  return MEMBERS.page(rows, limit, (row) => row);
}
