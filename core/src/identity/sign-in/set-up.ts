import type { AuditTrace } from '../../audit/index.ts';
import type { CoreModels, Database } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import { addMember, createTenant, slugOf } from '../../tenancy/index.ts';
import { checkNewPassword } from '../accounts/password-rules.ts';
import { membershipsOf } from '../members/memberships.ts';
import { answerFor, type SignInParts } from '../sessions/issue-tokens.ts';
import { openSession } from '../sessions/sessions.ts';
import type { SignedInWithMemberships } from '../sessions/signed-in.ts';
import type { Client, IdentityDependencies } from '../types.ts';
import { hashPassword } from './passwords.ts';

export interface SetUpInput {
  tenantName: string;
  tenantSlug?: string;
  name: string;
  email: string;
  password: string;
}

const LOCK = 'set-up';
const PATIENCE_MS = 10_000;

/** Whether nobody has set the installation up yet. Demo mode sets itself up. */
export async function isSetUpNeeded(db: Pick<Database, 'platform'>, demo: boolean): Promise<boolean> {
  if (demo) return false;
  const { rows } = await db.platform.query<{ found: boolean }>('select exists (select from core.tenants) as found');
  return rows[0]?.found === false;
}

/**
 * The first visitor's way in: makes the first tenant and its owner, who also operates the platform. Only while there
 * is no tenant; of two visitors at the same time one succeeds.
 */
export function createSetUp(deps: IdentityDependencies, parts: SignInParts) {
  const { db, changes, now, config } = deps;

  async function create(models: CoreModels, input: SetUpInput, passwordHash: string, trace: AuditTrace) {
    const { email, name, tenantName } = input;
    const tenant = await createTenant(
      models,
      { slug: input.tenantSlug ?? slugOf(tenantName), name: tenantName },
      trace,
    );
    const owner = { email, name, passwordHash, roles: ['owner'], isOperator: true };
    const user = await addMember(models, tenant.id, owner, trace);
    return { tenantId: tenant.id, userId: user.id, slug: tenant.slug };
  }

  return async (input: SetUpInput, client: Client, requestId: string): Promise<SignedInWithMemberships> => {
    const refuse = () =>
      new ApiError('conflict', 'This installation has been set up already. Sign in instead.', {
        reason: 'already-set-up',
        action: { label: 'Sign in', href: '/sign-in' },
      });
    // Asked before anything expensive is done, and again under the lock.
    if (!(await isSetUpNeeded(db, config.demo))) throw refuse();
    await checkNewPassword(input.password, input);
    const passwordHash = await parts.slots.run(() => hashPassword(input.password));
    const trace: AuditTrace = { actor: { kind: 'visitor', userId: null, ...client }, requestId };
    const at = now();
    const expiresAt = new Date(at.getTime() + config.refreshTokenSeconds * 1000);

    const lock = await db.locks.acquire(LOCK, AbortSignal.timeout(PATIENCE_MS));
    const made = await (async () => {
      if (!(await isSetUpNeeded(db, config.demo))) throw refuse();
      return db.asPlatform(async (models) => {
        const created = await create(models, input, passwordHash, trace);
        return { ...created, ...(await openSession(models, created, client, at, expiresAt)) };
      });
    })().finally(() => lock.release());

    await changes.announce('tenant', { tenantId: made.tenantId, slug: made.slug });
    const answer = await answerFor(parts, made, made.refreshToken, config.accessTokenSeconds);
    return { ...answer, memberships: await membershipsOf(db, made.userId) };
  };
}
