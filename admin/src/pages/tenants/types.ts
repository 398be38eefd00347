export interface TenantView {
  id: string;
  slug: string;
  name: string;
  createdAt: string;
  suspendedAt: string | null;
  suspendedReason: string | null;
  deletedAt: string | null;
  /** Operators may act as its members. */
  supportAccess: boolean;
  members: number;
  maxUsers: number;
  licences: number;
}

export interface MemberView {
  id: string;
  name: string;
  email: string;
  isOperator: boolean;
  roles: string[];
}

/** What is asked before an operator acts as a member. */
export interface ActAs {
  tenant: TenantView;
  members: MemberView[];
  /** Empty until somebody is chosen. */
  userId: string;
  reason: string;
}
