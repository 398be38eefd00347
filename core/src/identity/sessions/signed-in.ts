import type { Principal } from '../../routes/index.ts';
import type { MembershipSummary } from '../types.ts';

/** The answer to a sign-in, a refresh and the set-up. */
export interface SignedIn {
  accessToken: string;
  /** Seconds until the access token expires. */
  expiresIn: number;
  refreshToken: string;
  tenant: Principal['tenant'];
  user: Principal['user'] & { permissions: readonly string[] };
}

export interface SignedInWithMemberships extends SignedIn {
  /** All the tenants the person may sign in to, the one used last first. */
  memberships: MembershipSummary[];
}

const TENANT = {
  type: 'object',
  required: ['id', 'slug', 'name'],
  properties: { id: { type: 'string', format: 'uuid' }, slug: { type: 'string' }, name: { type: 'string' } },
};

export const USER_OUTPUT = {
  type: 'object',
  required: ['id', 'name', 'email', 'isOperator', 'permissions'],
  properties: {
    id: { type: 'string', format: 'uuid' },
    name: { type: 'string' },
    email: { type: 'string' },
    isOperator: { type: 'boolean' },
    permissions: { type: 'array', items: { type: 'string' } },
  },
};

export const TENANT_OUTPUT = TENANT;

export const MEMBERSHIPS_OUTPUT = {
  type: 'array',
  items: {
    type: 'object',
    required: ['tenant', 'roles'],
    properties: { tenant: TENANT, roles: { type: 'array', items: { type: 'string' } } },
  },
};

export const REFRESHED_OUTPUT = {
  type: 'object',
  required: ['accessToken', 'expiresIn', 'tenant', 'user'],
  properties: {
    accessToken: { type: 'string' },
    expiresIn: { type: 'integer', description: 'Seconds until the access token expires.' },
    refreshToken: { type: 'string', description: 'Absent when the token came, and goes back, as a cookie.' },
    tenant: TENANT,
    user: USER_OUTPUT,
  },
};

export const SIGNED_IN_OUTPUT = {
  ...REFRESHED_OUTPUT,
  required: [...REFRESHED_OUTPUT.required, 'refreshToken', 'memberships'],
  properties: { ...REFRESHED_OUTPUT.properties, memberships: MEMBERSHIPS_OUTPUT },
};

/** The person as the API shows it: what a principal says, permissions included. */
export function shownUser({ user, permissions }: Principal): SignedIn['user'] {
  return { ...user, permissions };
}
