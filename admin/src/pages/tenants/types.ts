import type { BookedTier, Tier } from './tier.ts';

export interface TenantView {
  id: string;
  slug: string;
  name: string;
  createdAt: string;
  suspendedAt: string | null;
  suspendedReason: string | null;
  deletedAt: string | null;
  /** As it says itself. */
  website: string | null;
  /** Since when the platform says that it is who it says it is. */
  verifiedAt: string | null;
  /** Operators may act as its members. */
  supportAccess: boolean;
  members: number;
  /** At this moment. */
  maxUsers: number;
  /** At this moment. */
  tier: Tier;
  booked: BookedTier;
  licences: number;
}

export interface MemberView {
  id: string;
  name: string;
  email: string;
  isOperator: boolean;
  /** What the workspace calls their roles. */
  roleTitles: string[];
}

/** What is asked before an operator acts as a member. */
export interface ActAs {
  tenant: TenantView;
  members: MemberView[];
  /** Empty until somebody is chosen. */
  userId: string;
  reason: string;
}

/** What an operator is about to book for a workspace. */
export interface TierChange extends BookedTier {
  tenant: TenantView;
}
