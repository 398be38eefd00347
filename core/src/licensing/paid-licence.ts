/** What somebody pays for, as billing knows it. */
export interface PaidLicence {
  tenantId: string;
  plugin: string;
  kind: 'purchased' | 'subscription';
  plan: 'one-time' | 'monthly' | 'annual';
  /** The first moment that is not paid for; `null` for ever. */
  expiresAt: Date | null;
  /** How many people may use the plugin; `null` for any number. */
  seats: number | null;
  /** By meter, how many of it there may be in a month; what the plugin declares holds where it is absent. */
  limits?: Record<string, number>;
  /** `purchase:<id>`, `subscription:<id>`, `offline:<id>`, or `operator`. */
  source: string;
}

/** The part of a licence's row that payments decide on. */
export interface PaidFields {
  kind: 'trial' | 'purchased' | 'subscription';
  plan: string;
  expiresAt: Date | null;
  seats: number | null;
  limits: Record<string, number>;
  source: string;
  revokedAt: Date | null;
  revokedReason: string | null;
}

/**
 * What the row holds once `paid` is known; the row itself when nothing changes. A licence follows what it rests on,
 * longer or shorter; another payment replaces that only when it lasts longer, or what there was has been revoked: of a
 * cancelled subscription nobody loses what they bought for ever. A revocation stays with what was revoked, and so do
 * limits. Pure.
 */
export function withPaid(row: PaidFields | null, paid: PaidLicence): PaidFields {
  const { kind, plan, expiresAt, seats, source, limits = {} } = paid;
  const next = { kind, plan, expiresAt, seats, limits, source, revokedAt: null, revokedReason: null };
  if (row === null) return next;
  if (row.source === source) {
    const { revokedAt, revokedReason } = row;
    const kept = { ...next, limits: paid.limits ?? row.limits, revokedAt, revokedReason };
    return isSame(row, kept) ? row : kept;
  }
  // Of licence files the newer one holds; whoever takes them in has seen to that.
  if (isOffline(row.source) && isOffline(source)) return next;
  return row.revokedAt !== null || lasts(expiresAt) > lasts(row.expiresAt) ? next : row;
}

function isOffline(source: string): boolean {
  return source.startsWith('offline:');
}

function lasts(expiresAt: Date | null): number {
  return expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
}

function isSame(one: PaidFields, other: PaidFields): boolean {
  return (
    one.kind === other.kind &&
    one.plan === other.plan &&
    one.seats === other.seats &&
    one.expiresAt?.getTime() === other.expiresAt?.getTime()
  );
}
