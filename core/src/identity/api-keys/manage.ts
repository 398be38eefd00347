import { randomUUID } from 'node:crypto';
import { type AuditTrace, recordAudit } from '../../audit/index.ts';
import { ApiError } from '../../errors/index.ts';
import { conditions, newestFirst, type Page, type PageInput } from '../../paging/index.ts';
import type { Principal } from '../../routes/index.ts';
import type { IdentityDependencies } from '../types.ts';
import { newApiKey } from './key.ts';

export interface ApiKeyInput {
  name: string;
  permissions: readonly string[];
  /** ISO 8601; never when absent or `null`. */
  expiresAt?: string | null;
}

export interface ApiKeyItem {
  id: string;
  name: string;
  owner: { id: string; name: string };
  permissions: string[];
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
}

interface Row {
  id: string;
  name: string;
  ownerId: string;
  ownerName: string;
  permissions: string[];
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  sortKey: number;
}

const NEWEST_FIRST = newestFirst('api-keys', 'k.created_at', 'k.id');
/** More than a tenant can keep track of. */
const MOST = 200;

export function createApiKeys({ db, changes, now }: Pick<IdentityDependencies, 'db' | 'changes' | 'now'>) {
  function futureOf(expiresAt: string | null | undefined): Date | null {
    if (expiresAt === undefined || expiresAt === null) return null;
    const at = new Date(expiresAt);
    // Not a number where the schema's format allows leap seconds.
    if (at.getTime() > now().getTime()) return at;
    const message = 'Choose a moment that is still to come.';
    throw new ApiError('invalid-input', message, { errors: [{ pointer: '/expiresAt', message }] });
  }

  return {
    /** The tenant's keys that are not revoked, newest first; never their secrets. */
    async list({ tenant }: Principal, { limit, cursor }: PageInput): Promise<Page<ApiKeyItem>> {
      const found = NEWEST_FIRST.from(conditions().add('k.tenant_id = ? and k.revoked_at is null', tenant.id), cursor);
      const { rows } = await db.queryInTenant<Row>(
        tenant.id,
        `select k.id, k.name, k.user_id as "ownerId", u.name as "ownerName", k.permissions,
                k.created_at as "createdAt", k.expires_at as "expiresAt", k.last_used_at as "lastUsedAt",
                ${NEWEST_FIRST.column}
           from core.api_keys k join core.users u on u.id = k.user_id ${found.where()}
          ${NEWEST_FIRST.end(found, limit)}`,
        found.values,
      );
      return NEWEST_FIRST.page(rows, limit, ({ ownerId, ownerName, createdAt, expiresAt, lastUsedAt, ...row }) => ({
        ...row,
        owner: { id: ownerId, name: ownerName },
        createdAt: createdAt.toISOString(),
        expiresAt: expiresAt?.toISOString() ?? null,
        lastUsedAt: lastUsedAt?.toISOString() ?? null,
      }));
    },

    /** A key that speaks for the caller; `key` is shown now and never again. */
    async create(principal: Principal, input: ApiKeyInput, trace: AuditTrace): Promise<{ id: string; key: string }> {
      const { tenant, user, permissions } = principal;
      const wanted = [...new Set(input.permissions)].sort();
      const missing = wanted.find((permission) => !permissions.includes(permission));
      if (missing !== undefined) {
        const message = `You do not hold ${missing} yourself.`;
        const pointer = `/permissions/${input.permissions.indexOf(missing)}`;
        throw new ApiError('forbidden', message, { reason: 'more-than-yours', errors: [{ pointer, message }] });
      }
      const expiresAt = futureOf(input.expiresAt);
      const id = randomUUID();
      const { key, secretHash } = newApiKey(id);
      await db.inTenant(tenant.id, async (models) => {
        if ((await models.ApiKey.count({ where: { revokedAt: null } })) >= MOST) {
          throw new ApiError('conflict', `There are ${MOST} keys already. Revoke one first.`, {
            reason: 'too-many-keys',
          });
        }
        const name = input.name.trim();
        await models.ApiKey.create({ id, userId: user.id, name, secretHash, permissions: wanted, expiresAt });
        await recordAudit(models, trace, {
          tenantId: tenant.id,
          action: 'api-key.created',
          entityId: id,
          detail: { name, permissions: wanted, expiresAt: expiresAt?.toISOString() ?? null },
        });
      });
      return { id, key };
    },

    async revoke({ tenant }: Principal, id: string, trace: AuditTrace): Promise<void> {
      await db.inTenant(tenant.id, async (models) => {
        const key = await models.ApiKey.findOne({ where: { id, revokedAt: null }, lock: true });
        if (!key) throw new ApiError('not-found', 'There is no such key.');
        await key.update({ revokedAt: now() });
        const { name } = key;
        await recordAudit(models, trace, {
          tenantId: tenant.id,
          action: 'api-key.revoked',
          entityId: id,
          detail: { name },
        });
      });
      await changes.announce('session', { tenantId: tenant.id, sessionId: id });
    },
  };
}

export type ApiKeys = ReturnType<typeof createApiKeys>;
