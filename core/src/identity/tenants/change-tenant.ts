import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '@bazaar/sdk';
import { type AuditTrace, recordAudit } from '../../audit/index.ts';
import type { Tenant } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import type { IdentityDependencies } from '../types.ts';
import { type BookedTier, bookingOf, shownBooking } from './booked-tier.ts';
import { type CheckedIdentity, identityOf, isSameIdentity } from './verification.ts';

/** What operators of the platform change of a tenant; its own members read it in their audit log. */
export function createTenantChanges({ db, changes, now }: Pick<IdentityDependencies, 'db' | 'changes' | 'now'>) {
  async function change(
    slug: string,
    trace: AuditTrace,
    work: (tenant: Tenant) => Promise<{ action: string; detail: JsonObject } | null>,
  ): Promise<void> {
    const changed = await db.asPlatform(async (models) => {
      const tenant = await models.Tenant.findOne({ where: { slug }, lock: true });
      if (!tenant) throw new ApiError('not-found', 'There is no such tenant.');
      const entry = await work(tenant);
      if (entry) await recordAudit(models, trace, { tenantId: tenant.id, entityId: tenant.id, ...entry });
      return entry && tenant.id;
    });
    if (changed === null) return;
    await changes.announce('role', { tenantId: changed });
    await changes.announce('tenant', { tenantId: changed, slug });
  }

  return {
    /** Nobody gets in any more, and its public pages are gone, until it is taken up again. Its data stays. */
    suspend(slug: string, reason: string, trace: AuditTrace): Promise<void> {
      return change(slug, trace, async (tenant) => {
        if (tenant.suspendedAt !== null) {
          throw new ApiError('conflict', 'This tenant is suspended already.', { reason: 'tenant-suspended' });
        }
        await tenant.update({ suspendedAt: now(), suspendedReason: reason });
        return { action: 'tenant.suspended', detail: { reason } };
      });
    },
    reactivate(slug: string, trace: AuditTrace): Promise<void> {
      return change(slug, trace, async (tenant) => {
        if (tenant.suspendedAt === null) {
          throw new ApiError('conflict', 'This tenant is not suspended.', { reason: 'not-suspended' });
        }
        await tenant.update({ suspendedAt: null, suspendedReason: null });
        return { action: 'tenant.reactivated', detail: {} };
      });
    },
    /** Says that it is who it says it is, as the operator has seen and checked it. */
    verify(slug: string, seen: CheckedIdentity, trace: AuditTrace): Promise<void> {
      return change(slug, trace, async (tenant) => {
        if (!isSameIdentity(seen, identityOf(tenant))) {
          throw new ApiError('conflict', 'It calls itself something else by now. Look again.', {
            reason: 'identity-changed',
          });
        }
        if (tenant.verifiedAt !== null) return null;
        await tenant.update({ verifiedAt: now() });
        return { action: 'tenant.verified', detail: { name: seen.name, website: seen.website ?? '' } };
      });
    },
    unverify(slug: string, trace: AuditTrace): Promise<void> {
      return change(slug, trace, async (tenant) => {
        if (tenant.verifiedAt === null) return null;
        await tenant.update({ verifiedAt: null });
        return { action: 'tenant.verification-ended', detail: { reason: 'withdrawn' } };
      });
    },
    /** Fewer seats than members takes nobody out: it lets nobody more in. */
    async book(slug: string, wanted: BookedTier, trace: AuditTrace): Promise<void> {
      const booking = bookingOf(wanted, now());
      await change(slug, trace, async (tenant) => {
        const before = shownBooking(tenant);
        const after = shownBooking(booking);
        if (isDeepStrictEqual(before, after)) return null;
        await tenant.update(booking);
        return { action: 'tenant.tier-changed', detail: { before: { ...before }, after: { ...after } } };
      });
    },
  };
}

export type TenantChanges = ReturnType<typeof createTenantChanges>;
