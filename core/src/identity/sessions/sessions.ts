import { type AuditTrace, recordAudit } from '../../audit/index.ts';
import type { CoreModels, Database, Session } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import { conditions, newestFirst, type Page, type PageInput } from '../../paging/index.ts';
import type { Principal } from '../../routes/index.ts';
import type { Client } from '../types.ts';
import { newRefreshToken, refreshTokenHash } from './refresh-tokens.ts';

/** Opens a session (a family of refresh tokens) with the platform's models; returns its first refresh token. */
export async function openSession(
  models: CoreModels,
  person: { tenantId: string; userId: string; amr?: readonly string[]; provenAt?: Date },
  client: Client,
  now: Date,
  expiresAt: Date,
): Promise<{ sessionId: string; refreshToken: string }> {
  const { tenantId, userId } = person;
  const session = await models.Session.create({
    tenantId,
    userId,
    ip: client.ip,
    userAgent: client.userAgent,
    createdAt: now,
    lastUsedAt: now,
    expiresAt,
    provenAt: person.provenAt ?? now,
    amr: [...(person.amr ?? ['pwd'])],
  });
  const refreshToken = newRefreshToken();
  await models.RefreshToken.create({
    tenantId,
    sessionId: session.id,
    tokenHash: refreshTokenHash(refreshToken),
    issuedAt: now,
    expiresAt,
  });
  return { sessionId: session.id, refreshToken };
}

export type RevocationReason =
  | 'signed-out'
  | 'revoked-by-user'
  | 'refresh-token-reused'
  | 'impersonation-ended'
  | 'password-changed'
  | 'switched-tenant'
  | 'second-factor-reset'
  | 'sign-on-disconnected';

/** Which session ended; to be announced after the commit. */
export interface EndedSession {
  tenantId: string;
  sessionId: string;
}

/** Why a session ends, by whom and when. */
export interface Revocation {
  reason: RevocationReason;
  trace: AuditTrace;
  now: Date;
}

/** Ends the session in the models' transaction; afterwards announce `session`. */
export async function revokeSession(
  models: Pick<CoreModels, 'AuditEntry'>,
  session: Session,
  { reason, trace, now }: Revocation,
): Promise<void> {
  await session.update({ revokedAt: now, revokedReason: reason });
  await recordAudit(models, trace, {
    tenantId: session.tenantId,
    action: 'session.revoked',
    entityId: session.id,
    detail: { reason, userId: session.userId },
  });
}

/**
 * Ends all sessions of a person, in all tenants, but the one that is kept; those they have as somebody else, too. With
 * the platform's models; afterwards announce each as `session`.
 */
export async function revokeSessionsOf(
  models: Pick<CoreModels, 'AuditEntry' | 'Session'>,
  { userId, keep }: { userId: string; keep?: string | undefined },
  revocation: Revocation,
): Promise<EndedSession[]> {
  const living = await models.Session.findAll({
    where: { userId, revokedAt: null },
    order: [['id', 'asc']],
    lock: true,
  });
  const ended = living.filter(({ id }) => id !== keep);
  for (const session of ended) await revokeSession(models, session, revocation);
  const impersonations = await revokeImpersonationsOf(models, userId, revocation.trace, revocation.now);
  return [...ended.map(({ tenantId, id }) => ({ tenantId, sessionId: id })), ...impersonations];
}

/** Ends the sessions that an operator has as somebody else; afterwards announce each as `session`. */
export async function revokeImpersonationsOf(
  models: Pick<CoreModels, 'AuditEntry' | 'Session'>,
  operatorId: string,
  trace: AuditTrace,
  now: Date,
): Promise<EndedSession[]> {
  const living = await models.Session.findAll({
    where: { impersonatorId: operatorId, revokedAt: null },
    order: [['id', 'asc']],
    lock: true,
  });
  for (const session of living) await revokeSession(models, session, { reason: 'impersonation-ended', trace, now });
  return living.map(({ tenantId, id }) => ({ tenantId, sessionId: id }));
}

/** Ends one of the person's own sessions in this tenant; `not-found` for any other. */
export async function revokeOwnSession(
  db: Pick<Database, 'inTenant'>,
  { tenant, user }: Principal,
  sessionId: string,
  revocation: Revocation,
): Promise<void> {
  await db.inTenant(tenant.id, async (models) => {
    const session = await models.Session.findOne({ where: { id: sessionId, userId: user.id }, lock: true });
    if (!session || session.revokedAt !== null) throw new ApiError('not-found', 'There is no such session.');
    await revokeSession(models, session, revocation);
  });
}

export interface SessionItem {
  id: string;
  /** The session of this very request. */
  current: boolean;
  createdAt: string;
  lastUsedAt: string;
  expiresAt: string;
  ip: string | null;
  userAgent: string | null;
}

interface Row extends Pick<SessionItem, 'id' | 'ip' | 'userAgent'> {
  createdAt: Date;
  lastUsedAt: Date;
  expiresAt: Date;
  sortKey: number;
}

const NEWEST_FIRST = newestFirst('sessions', 'created_at', 'id');

/** The person's living sessions in this tenant, newest first. */
export async function listSessions(
  db: Pick<Database, 'queryInTenant'>,
  { tenant, user, sessionId }: Principal,
  { limit, cursor }: PageInput,
  now: Date,
): Promise<Page<SessionItem>> {
  const found = NEWEST_FIRST.from(
    conditions().add('user_id = ?', user.id).add('revoked_at is null and expires_at > ?', now),
    cursor,
  );
  const { rows } = await db.queryInTenant<Row>(
    tenant.id,
    `select id, ip, user_agent as "userAgent", created_at as "createdAt", last_used_at as "lastUsedAt",
            expires_at as "expiresAt", ${NEWEST_FIRST.column}
       from core.sessions ${found.where()} ${NEWEST_FIRST.end(found, limit)}`,
    found.values,
  );
  return NEWEST_FIRST.page(rows, limit, ({ createdAt, lastUsedAt, expiresAt, ...row }) => ({
    ...row,
    current: row.id === sessionId,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  }));
}

/** How long ended sessions can still be looked up before `sweepSessions` removes them. */
const KEPT_DAYS = 30;

/** Removes what can never be used again: expired tokens and links, long ended sessions, old counts of failures. */
export async function sweepSessions(db: Pick<Database, 'platform'>, now: Date): Promise<void> {
  await db.platform.query('delete from core.refresh_tokens where expires_at < $1', [now]);
  await db.platform.query('delete from core.sessions where expires_at < $1', [
    new Date(now.getTime() - KEPT_DAYS * 86_400_000),
  ]);
  for (const table of ['passkey_challenges', 'sign_in_challenges', 'sign_on_flows']) {
    await db.platform.query(`delete from core.${table} where expires_at < $1`, [now]);
  }
  await db.platform.query('delete from core.sign_in_failures where expire < $1', [now.getTime()]);
  await db.platform.query('delete from core.sign_ups where expires_at < $1', [now]);
  await db.platform.query('delete from core.password_resets where expires_at < $1', [now]);
  // Nobody waits for an e-mail any more that could not be written within an hour.
  await db.platform.query(
    `delete from core.password_reset_requests where created_at < $1::timestamptz - interval '1 hour'`,
    [now],
  );
  await db.platform.query('delete from core.email_changes where expires_at < $1', [now]);
}
