import { LRUCache } from 'lru-cache';
import { createLoadingCache } from '../../caching/index.ts';
import { ApiError } from '../../errors/index.ts';
import type { Principal } from '../../routes/index.ts';
import type { ApiKeyAccess } from '../api-keys/access.ts';
import { isApiKey } from '../api-keys/key.ts';
import { effectivePermissions, type HeldRole, isLentToOperators } from '../members/permissions.ts';
import type { IdentityDependencies } from '../types.ts';
import type { AccessClaims, AccessTokens } from './access-tokens.ts';
import { expired } from './access-tokens.ts';
import { obstacleOf, type Standing } from './admission.ts';
import type { SessionUse, UsedSession } from './session-use.ts';

/** Some 8 MB of tokens. */
const REMEMBERED_TOKENS = 20_000;
const REMEMBERED_SESSIONS = 20_000;
/** How long a node cut off from the others may answer from memory. */
const MAX_AGE_MS = 30_000;

export interface Access {
  /** The hot path of every request: microseconds for a token seen before. Rejects with `unauthenticated`. */
  authenticate(token: string): Promise<Principal>;
  /** `null` when the session has ended, or the person may no longer use it. */
  principalOf(claims: Omit<AccessClaims, 'expiresAt'>): Promise<Principal | null>;
  close(): void;
}

/** What is remembered of one session. Its end in time is not: it lies beyond that of every access token it gave out. */
interface SessionAccess extends UsedSession {
  userId: string | null;
  /** The operator who acts as the person. */
  impersonatorId: string | null;
  principal: Principal | null;
}

interface Row {
  userId: string;
  slug: string;
  tenantName: string;
  name: string;
  email: string;
  isOperator: boolean;
  demo: boolean;
  provenAt: Date;
  lastUsedAt: Date;
  amr: string[];
  impersonatorId: string | null;
  impersonatorName: string | null;
  tenantSuspended: boolean;
  supportAccess: boolean;
  secondFactorRequired: boolean;
  singleSignOnEnforced: boolean;
  roles: HeldRole[];
}

const QUERY = `
  select s.user_id as "userId", t.slug, t.name as "tenantName", u.name, u.email, u.is_operator as "isOperator", u.demo,
         s.proven_at as "provenAt", s.last_used_at as "lastUsedAt", s.amr, s.impersonator_id as "impersonatorId",
         s.impersonator_name as "impersonatorName", t.suspended_at is not null as "tenantSuspended",
         t.support_access as "supportAccess", t.second_factor_required as "secondFactorRequired",
         coalesce(sso.enforced, false) as "singleSignOnEnforced",
         coalesce((select json_agg(json_build_object('name', r.name, 'builtIn', r.built_in,
                                                     'permissions', r.permissions))
                     from core.membership_roles mr
                     join core.roles r on r.tenant_id = mr.tenant_id and r.name = mr.role
                    where mr.tenant_id = s.tenant_id and mr.user_id = s.user_id), '[]') as roles
    from core.sessions s
    join core.tenants t on t.id = s.tenant_id
    join core.memberships m on m.tenant_id = s.tenant_id and m.user_id = s.user_id and m.status = 'active'
    join core.users u on u.id = s.user_id and u.status = 'active'
    left join core.single_sign_on sso on sso.tenant_id = s.tenant_id
   where s.tenant_id = $1 and s.id = $2 and s.revoked_at is null`;

export function createAccess(
  { db, changes, plugins, now, config }: IdentityDependencies,
  accessTokens: AccessTokens,
  apiKeys: Pick<ApiKeyAccess, 'authenticate'>,
  use: Pick<SessionUse, 'note'>,
): Access {
  const tokens = new LRUCache<string, { claims: AccessClaims; key: string }>({ max: REMEMBERED_TOKENS });
  const sessions = createLoadingCache<string, SessionAccess>({
    max: REMEMBERED_SESSIONS,
    maxAgeMs: MAX_AGE_MS,
    load: async (key) => {
      const [tenantId = '', sessionId = ''] = key.split('/');
      const { rows } = await db.queryInTenant<Row>(tenantId, QUERY, [tenantId, sessionId]);
      const row = rows[0];
      if (!row) {
        return { tenantId, sessionId, userId: null, impersonatorId: null, principal: null, lastUsedAt: 0 };
      }
      const { userId, impersonatorId } = row;
      const lastUsedAt = row.lastUsedAt.getTime();
      const barred =
        (row.demo && !config.demo) ||
        obstacleOf(standingOf(row)) !== null ||
        (impersonatorId !== null && !(row.supportAccess && (await operates(impersonatorId))));
      const principal = barred ? null : toPrincipal(tenantId, sessionId, row);
      return { tenantId, sessionId, userId, impersonatorId, principal, lastUsedAt };
    },
  });

  /** Asked as the platform: a tenant does not see its operators. */
  async function operates(userId: string): Promise<boolean> {
    const { rows } = await db.platform.query(
      `select 1 from core.users where id = $1 and is_operator and status = 'active'`,
      [userId],
    );
    return rows.length > 0;
  }

  function toPrincipal(tenantId: string, sessionId: string, row: Row): Principal {
    let known: { plugins: ReturnType<typeof plugins.all>; permissions: readonly string[] } | undefined;
    return Object.freeze({
      tenant: Object.freeze({ id: tenantId, slug: row.slug, name: row.tenantName }),
      user: Object.freeze({ id: row.userId, name: row.name, email: row.email, isOperator: isOperator(row) }),
      sessionId,
      provenAt: row.provenAt.getTime(),
      amr: Object.freeze(row.amr),
      ...(row.impersonatorId === null
        ? {}
        : { impersonator: Object.freeze({ id: row.impersonatorId, name: row.impersonatorName ?? '' }) }),
      // As of the plugins that serve when it is asked for: who waits while they change is judged by what then serves.
      get permissions(): readonly string[] {
        const all = plugins.all();
        if (known?.plugins !== all) {
          const manifests = all.map((plugin) => plugin.manifest);
          const held = effectivePermissions(row.roles, manifests);
          const permissions = row.impersonatorId === null ? held : held.filter(isLentToOperators);
          known = { plugins: all, permissions: Object.freeze(permissions) };
        }
        return known.permissions;
      },
    });
  }

  const forgetAll = (): void => sessions.invalidateAll();
  const undo = [
    changes.listen('session', ({ tenantId, sessionId }) => sessions.invalidate(keyOf(tenantId, sessionId)), forgetAll),
    changes.listen(
      'membership',
      ({ userId, tenantId }) =>
        sessions.invalidateWhere(
          // Also what nobody could use: its person may have been let in again.
          (one) =>
            (one.userId === null || one.userId === userId || one.impersonatorId === userId) &&
            (tenantId === undefined || one.tenantId === tenantId),
        ),
      forgetAll,
    ),
    changes.listen('role', ({ tenantId }) => sessions.invalidateWhere((one) => one.tenantId === tenantId), forgetAll),
    // Switching a plugin off for one tenant takes its routes away, not the permissions for them.
    changes.listen('plugin', ({ tenantId }) => tenantId === undefined && forgetAll(), forgetAll),
  ];

  function usable(session: SessionAccess, userId: string): Principal | null {
    return session.userId === userId ? session.principal : null;
  }

  async function authenticateAnew(token: string): Promise<Principal> {
    // Asked here and not at once: whoever has a token is not to pay for those who have a key.
    if (isApiKey(token)) return apiKeys.authenticate(token);
    const claims = await accessTokens.verify(token);
    const key = keyOf(claims.tenantId, claims.sessionId);
    tokens.set(token, { claims, key });
    return used(await sessions.get(key), claims.userId, now().getTime());
  }

  /** A request of the session; what a socket or a look at its rights asks for is none. */
  function used(session: SessionAccess, userId: string, at: number): Principal {
    const principal = usable(session, userId);
    if (principal === null) throw ended();
    use.note(session, at);
    return principal;
  }

  return {
    async authenticate(token) {
      const known = tokens.get(token);
      if (known === undefined) return authenticateAnew(token);
      const at = now().getTime();
      if (at >= known.claims.expiresAt) {
        tokens.delete(token);
        throw expired();
      }
      const session = sessions.peek(known.key) ?? (await sessions.get(known.key));
      return used(session, known.claims.userId, at);
    },
    async principalOf({ tenantId, sessionId, userId }) {
      return usable(await sessions.get(keyOf(tenantId, sessionId)), userId);
    },
    close() {
      for (const stop of undo) stop();
    },
  };
}

/** A tenant's provider speaks for its members, and for no operator of the platform. */
function isOperator({ isOperator: operator, amr }: Row): boolean {
  return operator && !amr.includes('sso');
}

function standingOf(row: Row): Standing {
  const { amr, tenantSuspended, secondFactorRequired, singleSignOnEnforced } = row;
  return {
    amr,
    impersonated: row.impersonatorId !== null,
    isOwner: row.roles.some(({ name, builtIn }) => builtIn && name === 'owner'),
    tenantSuspended,
    secondFactorRequired,
    singleSignOnEnforced,
  };
}

function keyOf(tenantId: string, sessionId: string): string {
  return `${tenantId}/${sessionId}`;
}

function ended(): ApiError {
  return new ApiError('unauthenticated', 'This session has ended. Sign in again.', { reason: 'session-ended' });
}
