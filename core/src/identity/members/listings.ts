import type { Database } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import { conditions, newestFirst, type Page, type PageInput } from '../../paging/index.ts';
import { type TenantTier, type TierBooking, type TierSeats, tierAt } from '../../tenancy/index.ts';
import { type BookedTier, shownBooking } from '../tenants/booked-tier.ts';

export interface InvitationItem {
  id: string;
  email: string;
  roles: string[];
  /** An expired one holds no seat; it can be sent again. */
  state: 'open' | 'expired';
  sentAt: string;
  expiresAt: string;
}

interface Row extends Omit<InvitationItem, 'state' | 'sentAt' | 'expiresAt'> {
  sentAt: Date;
  expiresAt: Date;
  sortKey: number;
}

const NEWEST_FIRST = newestFirst('invitations', 'created_at', 'id');

/** Those that are neither accepted nor taken back, newest first. */
export async function listInvitations(
  db: Pick<Database, 'queryInTenant'>,
  tenantId: string,
  { limit, cursor }: PageInput,
  now: Date,
): Promise<Page<InvitationItem>> {
  const found = NEWEST_FIRST.from(
    conditions().add('tenant_id = ? and accepted_at is null and revoked_at is null', tenantId),
    cursor,
  );
  const { rows } = await db.queryInTenant<Row>(
    tenantId,
    `select id, email, roles, sent_at as "sentAt", expires_at as "expiresAt", ${NEWEST_FIRST.column}
       from core.invitations ${found.where()} ${NEWEST_FIRST.end(found, limit)}`,
    found.values,
  );
  return NEWEST_FIRST.page(rows, limit, ({ sentAt, expiresAt, ...row }) => ({
    ...row,
    state: expiresAt > now ? 'open' : 'expired',
    sentAt: sentAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  }));
}

export interface Seats {
  seats: number;
  members: number;
  invitations: number;
  /** Of the tenant at this moment. */
  tier: TenantTier;
  booked: BookedTier;
}

export async function readSeats(
  db: Pick<Database, 'queryInTenant'>,
  tenantId: string,
  tierSeats: TierSeats,
  now: Date,
): Promise<Seats> {
  const { rows } = await db.queryInTenant<TierBooking & Pick<Seats, 'members' | 'invitations'>>(
    tenantId,
    `select t.tier, t.tier_until as "tierUntil", t.max_users as "maxUsers",
            (select count(*)::int from core.memberships where tenant_id = $1 and status = 'active') as members,
            (select count(*)::int from core.invitations
              where tenant_id = $1 and accepted_at is null and revoked_at is null and expires_at > $2) as invitations
       from core.tenants t where t.id = $1`,
    [tenantId, now],
  );
  const [row] = rows;
  if (!row) throw new ApiError('not-found', 'There is no such tenant.');
  const { members, invitations, ...booking } = row;
  return { ...tierAt(booking, tierSeats, now), members, invitations, booked: shownBooking(booking) };
}
