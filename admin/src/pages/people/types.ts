import type { BookedTier, Tier } from '../tenants/tier.ts';

/** Answers of the API about the people of a tenant. */

export interface Member {
  id: string;
  name: string;
  email: string;
  status: 'active' | 'suspended' | 'pending' | 'inactive';
  /** Names of roles. */
  roles: string[];
  lastSignInAt: string | null;
  /** In this workspace. */
  lastActiveAt: string | null;
  /** Where it is found. */
  picture: string | null;
}

export interface MemberDetails extends Member {
  joinedAt: string;
  profile: Record<string, string>;
}

export interface Invitation {
  id: string;
  email: string;
  roles: string[];
  state: 'open' | 'expired';
  sentAt: string;
  expiresAt: string;
}

export interface Seats {
  seats: number;
  members: number;
  invitations: number;
  tier: Tier;
  booked: BookedTier;
}

export interface RoleView {
  name: string;
  title: string;
  builtIn: boolean;
  /** Holds everything. */
  fixed: boolean;
  permissions: string[];
  /** What this tenant gives to it. */
  additions: string[];
  members: number;
}
