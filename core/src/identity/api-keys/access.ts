import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { createLoadingCache } from '../../caching/index.ts';
import { ApiError } from '../../errors/index.ts';
import type { Principal } from '../../routes/index.ts';
import { effectivePermissions, type HeldRole } from '../members/permissions.ts';
import { tooMany } from '../sign-in/attempt-limits.ts';
import type { IdentityDependencies } from '../types.ts';
import { readApiKey, sameHash } from './key.ts';

const REMEMBERED_KEYS = 5_000;
/** How long a node cut off from the others may answer from memory. */
const MAX_AGE_MS = 30_000;
/** How exact "last used" is. */
const USE_NOTED_EVERY_MS = 60_000;

export interface ApiKeyAccess {
  /** Rejects with `unauthenticated`, or with `rate-limited` when the key is used too much. */
  authenticate(key: string): Promise<Principal>;
  close(): void;
}

interface Row {
  tenantId: string;
  userId: string;
  keyName: string;
  secretHash: Buffer;
  scopes: string[];
  expiresAt: Date | null;
  slug: string;
  tenantName: string;
  name: string;
  email: string;
  demo: boolean;
  roles: HeldRole[];
}

interface KnownKey extends Row {
  principal: Principal;
  notedAt: number;
}

const QUERY = `
  select k.tenant_id as "tenantId", k.user_id as "userId", k.name as "keyName", k.secret_hash as "secretHash",
         k.permissions as scopes, k.expires_at as "expiresAt", t.slug, t.name as "tenantName", u.name, u.email, u.demo,
         coalesce((select json_agg(json_build_object('name', r.name, 'builtIn', r.built_in,
                                                     'permissions', r.permissions))
                     from core.membership_roles mr
                     join core.roles r on r.tenant_id = mr.tenant_id and r.name = mr.role
                    where mr.tenant_id = k.tenant_id and mr.user_id = k.user_id), '[]') as roles
    from core.api_keys k
    join core.tenants t on t.id = k.tenant_id and t.suspended_at is null
    join core.memberships m on m.tenant_id = k.tenant_id and m.user_id = k.user_id and m.status = 'active'
    join core.users u on u.id = k.user_id and u.status = 'active'
   where k.id = $1 and k.revoked_at is null`;

/** Knows whom API keys speak for. A key may do what its scopes name, as long as its owner may do it. */
export function createApiKeyAccess({ db, changes, plugins, log, now, config }: IdentityDependencies): ApiKeyAccess {
  const limiter = new RateLimiterMemory({ points: config.keyRequestsPerMinute, duration: 60 });
  const keys = createLoadingCache<string, { key: KnownKey | null }>({
    max: REMEMBERED_KEYS,
    maxAgeMs: MAX_AGE_MS,
    load: async (id) => {
      const { rows } = await db.platform.query<Row>(QUERY, [id]);
      const row = rows[0];
      if (!row || (row.demo && !config.demo)) return { key: null };
      return { key: { ...row, principal: toPrincipal(id, row), notedAt: 0 } };
    },
  });

  function toPrincipal(id: string, row: Row): Principal {
    let known: { plugins: ReturnType<typeof plugins.all>; permissions: readonly string[] } | undefined;
    return Object.freeze({
      tenant: Object.freeze({ id: row.tenantId, slug: row.slug, name: row.tenantName }),
      // Operating the platform takes a person.
      user: Object.freeze({ id: row.userId, name: row.name, email: row.email, isOperator: false }),
      sessionId: id,
      provenAt: 0,
      amr: Object.freeze(['key']),
      apiKey: Object.freeze({ id, name: row.keyName }),
      get permissions(): readonly string[] {
        const all = plugins.all();
        if (known?.plugins !== all) {
          const held = effectivePermissions(
            row.roles,
            all.map(({ manifest }) => manifest),
          );
          known = { plugins: all, permissions: Object.freeze(held.filter((one) => row.scopes.includes(one))) };
        }
        return known.permissions;
      },
    });
  }

  /** Not waited for, and not worth a refusal when it fails. */
  function noteUse(id: string, key: KnownKey, at: Date): void {
    if (at.getTime() - key.notedAt < USE_NOTED_EVERY_MS) return;
    key.notedAt = at.getTime();
    db.platform
      .query('update core.api_keys set last_used_at = $2 where id = $1', [id, at])
      .catch((error: unknown) => log.warn({ err: error, key: id }, 'the use of an API key could not be noted'));
  }

  const forgetAll = (): void => keys.invalidateAll();
  const undo = [
    changes.listen('session', ({ sessionId }) => keys.invalidate(sessionId), forgetAll),
    changes.listen(
      'membership',
      ({ userId }) => keys.invalidateWhere(({ key }) => key === null || key.userId === userId),
      forgetAll,
    ),
    changes.listen('role', ({ tenantId }) => keys.invalidateWhere(({ key }) => key?.tenantId === tenantId), forgetAll),
    changes.listen('tenant', ({ slug }) => keys.invalidateWhere(({ key }) => key?.slug === slug), forgetAll),
    changes.listen('plugin', ({ tenantId }) => tenantId === undefined && forgetAll(), forgetAll),
  ];

  return {
    async authenticate(token) {
      const given = readApiKey(token);
      const { key } = given ? (keys.peek(given.id) ?? (await keys.get(given.id))) : { key: null };
      if (given === null || key === null || !sameHash(given.secretHash, key.secretHash)) throw invalid();
      const at = now();
      if (key.expiresAt !== null && key.expiresAt <= at) {
        throw new ApiError('unauthenticated', 'This API key has expired.', { reason: 'key-expired' });
      }
      try {
        await limiter.consume(given.id);
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        throw tooMany('Too many requests with this API key.', refusal.msBeforeNext, 'key-requests');
      }
      noteUse(given.id, key, at);
      return key.principal;
    },
    close() {
      for (const stop of undo) stop();
    },
  };
}

function invalid(): ApiError {
  return new ApiError('unauthenticated', 'The API key is not valid.', { reason: 'key-invalid' });
}
