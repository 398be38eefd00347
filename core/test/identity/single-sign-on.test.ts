import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { auditedActions } from '../support/audited.ts';
import { PASSWORD, signIn } from '../support/people.ts';
import { ORIGIN, type SignOn, startSignOn } from './support/sign-on.ts';

let at: SignOn;

beforeAll(async () => {
  at = await startSignOn();
});

afterAll(() => at.close());

beforeEach(() => at.bringAda());

describe('signing in by the provider of a tenant', () => {
  it('links a member by a verified address once, and by issuer and subject from then on', async () => {
    const first = await at.enter('acme', '?returnTo=/admin/plugins?x=1');
    expect(first).toMatchObject({ status: 303, location: '/admin/plugins?x=1', failed: null });
    const session = await at.whoIs(first.refresh);
    expect(session).toMatchObject({ user: { id: at.acme.users['ada@acme.test'] }, tenant: { slug: 'acme' } });
    at.idp.person = { sub: 'ada-at-idp', email: 'renamed@elsewhere.test', email_verified: false };
    expect((await at.whoIs((await at.enter()).refresh)).user.id).toBe(at.acme.users['ada@acme.test']);
    // Another subject with her address is her too, as long as the provider says so of a domain that is the tenant's.
    const { rows } = await at.test.database.platform.query<{ action: string }>(
      `select action from core.audit_log where entity_id = $1 and action = 'identity.linked'`,
      [at.acme.users['ada@acme.test']],
    );
    expect(rows).toHaveLength(1);
  });

  it('makes members of newcomers, with the default role, while there are seats', async () => {
    at.idp.person = { sub: 'new', email: 'New@acme.test', email_verified: true, name: 'Newcomer' };
    const session = await at.whoIs((await at.enter()).refresh);
    expect(session.user.email).toBe('new@acme.test');
    const { body } = await at.node.call('GET', '/api/users?q=new@', { token: at.owner });
    expect(body.items).toMatchObject([{ name: 'Newcomer', roles: ['viewer'] }]);
    await at.test.database.platform.query('update core.tenants set max_users = 5 where id = $1', [at.acme.tenantId]);
    at.idp.person = { sub: 'late', email: 'late@acme.test', email_verified: true };
    expect((await at.enter()).failed).toBe('seats-exhausted');
    await at.test.database.platform.query('update core.tenants set max_users = null where id = $1', [at.acme.tenantId]);
    await at.configure(at.owner, { provisioning: false });
    expect((await at.enter()).failed).toBe('not-a-member');
    await at.configure(at.owner);
    const both = await Promise.all([at.enter(), at.enter()]);
    expect(both.map(({ failed }) => failed)).toEqual([null, null]);
  });

  it('believes no address that the provider has not checked, or whose domain is not shown to be the tenant’s', async () => {
    at.idp.person = { sub: 'x1', email: 'sam@acme.test', email_verified: false };
    expect((await at.enter()).failed).toBe('email-unverified');
    at.idp.person = { sub: 'x2' };
    expect((await at.enter()).failed).toBe('email-missing');
    at.idp.person = { sub: 'x3', email: 'owner@north.test', email_verified: true };
    expect((await at.enter()).failed).toBe('domain-unverified');
    at.idp.person = { sub: 'x4', email: 'sam@sub.acme.test', email_verified: true };
    expect((await at.enter()).failed).toBe('domain-unverified');
    at.idp.person = { sub: 'x5', email: 'owner@acme.test', email_verified: true };
    expect((await at.enter()).failed).toBe('owner');
  });

  it('opens the tenant whose provider it is, and no other', async () => {
    const north = (await signIn(at.node, 'owner@north.test')).accessToken;
    await at.configure(north);
    // The same subject at the same provider is nobody there; and the domain belongs to acme.
    expect((await at.enter('north')).failed).toBe('domain-unverified');
    const claim = await at.node.call('POST', '/api/security/domains', { token: north, body: { domain: 'acme.test' } });
    const { name, value } = claim.body.record as { name: string; value: string };
    const before = at.published.get(name) ?? '';
    at.published.set(name, value);
    expect((await at.verify('acme.test', north)).body.reason).toBe('domain-taken');
    at.published.set(name, before);
    // An account of another tenant joins by its address, keeps what it has, and does not get there from here.
    at.idp.person = { sub: 'both', email: 'both@acme.test', email_verified: true };
    const { accessToken } = await at.whoIs((await at.enter()).refresh);
    const hop = await at.node.call('POST', '/api/auth/switch', { token: accessToken, body: { tenant: 'north' } });
    expect(hop.status).toBeGreaterThanOrEqual(400);
  });

  it('does not speak for operators, and leaves what needs a proof to the account’s own', async () => {
    await at.test.database.platform.query(`update core.users set is_operator = true where email = 'ada@acme.test'`);
    const { accessToken, user } = await at.whoIs((await at.enter()).refresh);
    expect(user).toMatchObject({ isOperator: false });
    const totp = await at.node.call('POST', '/api/account/totp', { token: accessToken, body: {} });
    expect(totp.body.code).toBe('sudo-required');
    await at.test.database.platform.query(`update core.users set is_operator = false where email = 'ada@acme.test'`);
  });

  it('keeps out who was suspended, also when the provider still knows them', async () => {
    const suspend = (status: string) =>
      at.test.database.platform.query('update core.memberships set status = $2 where user_id = $1', [
        at.acme.users['ada@acme.test'],
        status,
      ]);
    await suspend('suspended');
    expect((await at.enter()).failed).toBe('account-inactive');
    await suspend('active');
    expect((await at.enter()).failed).toBeNull();
  });
});

describe('the settings', () => {
  it('keep the secret to themselves', async () => {
    const { body } = await at.node.call('GET', '/api/security', { token: at.owner });
    expect(body).toMatchObject({
      redirectUri: `${ORIGIN}/api/auth/oidc/acme/callback`,
      singleSignOn: { issuer: at.idp.issuer, enabled: true },
      domains: [{ domain: 'acme.test', verifiedBy: 'dns' }],
    });
    expect(JSON.stringify(body)).not.toContain(at.idp.clientSecret);
    // Another provider does not get the secret that was entered for this one.
    const moved = await at.configure(at.owner, { issuer: at.liar.issuer, clientSecret: undefined });
    expect(moved.body.errors).toMatchObject([{ pointer: '/clientSecret' }]);
    expect((await at.configure(at.owner, { clientSecret: undefined })).status).toBe(204);
  });

  it('give newcomers no more than who saves them may', async () => {
    for (const defaultRole of ['owner', 'nothing']) {
      expect((await at.configure(at.owner, { defaultRole })).body.errors).toMatchObject([{ pointer: '/defaultRole' }]);
    }
    const { accessToken } = await signIn(at.node, 'sam@acme.test');
    expect((await at.configure(accessToken)).body.code).toBe('forbidden');
  });

  it('enforced, let members in by the provider only; owners keep their own way', async () => {
    const { accessToken: admin } = await signIn(at.node, 'admin@acme.test');
    expect((await at.configure(at.owner, { enforced: true, enabled: false })).status).toBe(400);
    expect((await at.configure(at.owner, { enforced: true })).status).toBe(204);
    try {
      expect((await at.node.call('GET', '/api/me', { token: admin })).status).toBe(401);
      const body = { email: 'admin@acme.test', password: PASSWORD };
      const refused = await at.node.call('POST', '/api/auth/sign-in', { body });
      expect(refused.body).toMatchObject({
        status: 403,
        reason: 'single-sign-on-required',
        action: { href: '/api/auth/oidc/acme/start' },
      });
      const wrong = await at.node.call('POST', '/api/auth/sign-in', { body: { ...body, password: 'wrong' } });
      expect(wrong.status).toBe(401);
      expect((await at.enter()).failed).toBeNull();
      expect((await signIn(at.node, 'owner@acme.test')).tenant.slug).toBe('acme');
      const { rows } = await at.test.database.platform.query(
        `select 1 from core.audit_log where detail @> '{"pastSingleSignOn": true}'`,
      );
      expect(rows).toHaveLength(1);
      const gone = await at.node.call('DELETE', '/api/security/domains/acme.test', { token: at.owner });
      expect(gone.body.reason).toBe('domain-needed');
    } finally {
      expect((await at.configure(at.owner)).status).toBe(204);
    }
    expect((await at.node.call('GET', '/api/me', { token: admin })).status).toBe(200);
  });

  it('are removed, and with them domains that are not needed any more', async () => {
    const north = (await signIn(at.node, 'owner@north.test')).accessToken;
    for (const path of ['/api/security/single-sign-on', '/api/security/domains/acme.test']) {
      expect((await at.node.call('DELETE', path, { token: north })).status).toBe(204);
      expect((await at.node.call('DELETE', path, { token: north })).status).toBe(404);
    }
    const { body } = await at.node.call('GET', '/api/security', { token: at.owner });
    expect(body).toMatchObject({ singleSignOn: { enabled: true }, domains: [{ domain: 'acme.test' }] });
    const { rows } = await at.test.database.platform.query(
      `select action, email as actor, slug as tenant, entity_id as entity, detail from core.audit_log
         join core.users u on u.id = actor_id join core.tenants t on t.id = tenant_id
         where action in ('single-sign-on.removed', 'domain.removed') order by action`,
    );
    const who = { actor: 'owner@north.test', tenant: 'north' };
    expect(rows).toEqual([
      { action: 'domain.removed', ...who, entity: 'acme.test', detail: { verifiedBy: null } },
      {
        action: 'single-sign-on.removed',
        ...who,
        entity: null,
        detail: { issuer: expect.stringMatching(/^http/), enabled: true, enforced: false },
      },
    ]);
  });
});

it('whatever was changed here stands in the audit log', async () => {
  expect(await auditedActions(at.test)).toEqual(
    expect.arrayContaining([
      'domain.claimed',
      'domain.removed',
      'domain.verified',
      'identity.linked',
      'single-sign-on.changed',
      'single-sign-on.removed',
    ]),
  );
});
