import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestTenant, PASSWORD, signIn } from '../support/people.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { startTestNode, type TestNode } from '../support/test-node.ts';
import { type IdentityProvider, startIdentityProvider } from './support/identity-provider.ts';
import { startLyingProvider } from './support/lying-provider.ts';
import { lettersTo } from './support/mailbox.ts';

const ORIGIN = 'http://localhost:4000';
const PUBLISHED = new Map<string, string>();

let test: TestDatabase;
let node: TestNode;
let idp: IdentityProvider;
let liar: Awaited<ReturnType<typeof startLyingProvider>>;
let acme: Awaited<ReturnType<typeof createTestTenant>>;
let owner: string;
const clock = { ahead: 0 };

beforeAll(async () => {
  test = await createTestDatabase();
  idp = await startIdentityProvider();
  idp.serve(['acme', 'north'].map((slug) => `${ORIGIN}/api/auth/oidc/${slug}/callback`));
  liar = await startLyingProvider();
  node = await startTestNode(test.database, {
    clock,
    privateTargets: [idp.target, liar.target],
    resolveTxt: async (name) => {
      const value = PUBLISHED.get(name);
      if (value === undefined) throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
      return [['something else'], [value.slice(0, 10), value.slice(10)]];
    },
  });
  acme = await createTestTenant(test.database, 'acme', {
    'owner@acme.test': 'owner',
    'admin@acme.test': 'admin',
    'ada@acme.test': 'recruiter',
    'sam@acme.test': 'viewer',
  });
  await createTestTenant(test.database, 'north', { 'owner@north.test': 'owner', 'both@acme.test': 'admin' });
  owner = (await signIn(node, 'owner@acme.test')).accessToken;
  await configure(owner);
  const { body } = await node.call('POST', '/api/security/domains', { token: owner, body: { domain: 'ACME.test' } });
  const { name, value } = body.record as { name: string; value: string };
  expect((await verify('acme.test')).body.reason).toBe('record-missing');
  PUBLISHED.set(name, value);
  expect((await verify('acme.test')).status).toBe(204);
});

afterAll(async () => {
  await node.close();
  await idp.close();
  await liar.close();
  await test.drop();
});

beforeEach(() => {
  idp.person = { sub: 'ada-at-idp', email: 'ada@acme.test', email_verified: true, name: 'Ada' };
});

const verify = (domain: string, token = owner) =>
  node.call('POST', `/api/security/domains/${domain}/verify`, { token, body: {} });

function configure(token: string, more: object = {}) {
  const body = {
    issuer: idp.issuer,
    clientId: idp.clientId,
    clientSecret: idp.clientSecret,
    enabled: true,
    enforced: false,
    provisioning: true,
    defaultRole: 'viewer',
    ...more,
  };
  return node.call('PUT', '/api/security/single-sign-on', { token, body });
}

const cookieOf = (headers: Headers, name: string) =>
  headers
    .getSetCookie()
    .find((one) => one.startsWith(`${name}=`))
    ?.split(';')[0] ?? '';

/** What a browser does: goes to the provider, is signed in there, and comes back to the returned address. */
async function visitProvider(location: string): Promise<string> {
  const jar = new Map<string, string>();
  let next = location;
  for (let hops = 0; hops < 10 && !next.startsWith(ORIGIN); hops++) {
    const response = await fetch(next, {
      redirect: 'manual',
      headers: { Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    const to = response.headers.get('location');
    if (to === null) throw new Error(`${next} answered ${response.status}: ${await response.text()}`);
    next = new URL(to, next).href;
  }
  const url = new URL(next);
  return `${url.pathname}${url.search}`;
}

async function setOut(slug = 'acme', query = '') {
  const { status, headers } = await node.call('GET', `/api/auth/oidc/${slug}/start${query}`);
  const location = headers.get('location') ?? '';
  return { status, location, cookie: cookieOf(headers, 'bazaar_sign_on') };
}

async function comeBack(path: string, cookie: string) {
  const { status, headers } = await node.call('GET', path, { cookie });
  const location = headers.get('location') ?? '';
  const failed = new URL(location, ORIGIN).searchParams.get('failed');
  return { status, location, failed, refresh: cookieOf(headers, 'bazaar_refresh') };
}

async function enter(slug = 'acme', query = '') {
  const { location, cookie } = await setOut(slug, query);
  return comeBack(await visitProvider(location), cookie);
}

/** The person of the session that began. */
async function whoIs(refresh: string) {
  const { body } = await node.call('POST', '/api/auth/refresh', { body: {}, cookie: refresh });
  return body as { accessToken: string; user: { id: string; email: string }; tenant: { slug: string } };
}

describe('signing in by the provider of a tenant', () => {
  it('links a member by a verified address once, and by issuer and subject from then on', async () => {
    const first = await enter('acme', '?returnTo=/admin/plugins?x=1');
    expect(first).toMatchObject({ status: 303, location: '/admin/plugins?x=1', failed: null });
    const session = await whoIs(first.refresh);
    expect(session).toMatchObject({ user: { id: acme.users['ada@acme.test'] }, tenant: { slug: 'acme' } });
    idp.person = { sub: 'ada-at-idp', email: 'renamed@elsewhere.test', email_verified: false };
    expect((await whoIs((await enter()).refresh)).user.id).toBe(acme.users['ada@acme.test']);
    // Another subject with her address is her too, as long as the provider says so of a domain that is the tenant's.
    const { rows } = await test.database.platform.query<{ action: string }>(
      `select action from core.audit_log where entity_id = $1 and action = 'identity.linked'`,
      [acme.users['ada@acme.test']],
    );
    expect(rows).toHaveLength(1);
  });

  it('makes members of newcomers, with the default role, while there are seats', async () => {
    idp.person = { sub: 'new', email: 'New@acme.test', email_verified: true, name: 'Newcomer' };
    const session = await whoIs((await enter()).refresh);
    expect(session.user.email).toBe('new@acme.test');
    const { body } = await node.call('GET', '/api/users?q=new@', { token: owner });
    expect(body.items).toMatchObject([{ name: 'Newcomer', roles: ['viewer'] }]);
    await test.database.platform.query('update core.tenants set max_users = 5 where id = $1', [acme.tenantId]);
    idp.person = { sub: 'late', email: 'late@acme.test', email_verified: true };
    expect((await enter()).failed).toBe('seats-exhausted');
    await test.database.platform.query('update core.tenants set max_users = 25 where id = $1', [acme.tenantId]);
    await configure(owner, { provisioning: false });
    expect((await enter()).failed).toBe('not-a-member');
    await configure(owner);
    const both = await Promise.all([enter(), enter()]);
    expect(both.map(({ failed }) => failed)).toEqual([null, null]);
  });

  it('believes no address that the provider has not checked, or whose domain is not shown to be the tenant’s', async () => {
    idp.person = { sub: 'x1', email: 'sam@acme.test', email_verified: false };
    expect((await enter()).failed).toBe('email-unverified');
    idp.person = { sub: 'x2' };
    expect((await enter()).failed).toBe('email-missing');
    idp.person = { sub: 'x3', email: 'owner@north.test', email_verified: true };
    expect((await enter()).failed).toBe('domain-unverified');
    idp.person = { sub: 'x4', email: 'sam@sub.acme.test', email_verified: true };
    expect((await enter()).failed).toBe('domain-unverified');
    idp.person = { sub: 'x5', email: 'owner@acme.test', email_verified: true };
    expect((await enter()).failed).toBe('owner');
  });

  it('opens the tenant whose provider it is, and no other', async () => {
    const north = (await signIn(node, 'owner@north.test')).accessToken;
    await configure(north);
    // The same subject at the same provider is nobody there; and the domain belongs to acme.
    expect((await enter('north')).failed).toBe('domain-unverified');
    const claim = await node.call('POST', '/api/security/domains', { token: north, body: { domain: 'acme.test' } });
    const { name, value } = claim.body.record as { name: string; value: string };
    const before = PUBLISHED.get(name) ?? '';
    PUBLISHED.set(name, value);
    expect((await verify('acme.test', north)).body.reason).toBe('domain-taken');
    PUBLISHED.set(name, before);
    // An account of another tenant joins by its address, keeps what it has, and does not get there from here.
    idp.person = { sub: 'both', email: 'both@acme.test', email_verified: true };
    const { accessToken } = await whoIs((await enter()).refresh);
    const hop = await node.call('POST', '/api/auth/switch', { token: accessToken, body: { tenant: 'north' } });
    expect(hop.status).toBeGreaterThanOrEqual(400);
  });

  it('does not speak for operators, and leaves what needs a proof to the account’s own', async () => {
    await test.database.platform.query(`update core.users set is_operator = true where email = 'ada@acme.test'`);
    const { accessToken, user } = await whoIs((await enter()).refresh);
    expect(user).toMatchObject({ isOperator: false });
    const totp = await node.call('POST', '/api/account/totp', { token: accessToken, body: {} });
    expect(totp.body.code).toBe('sudo-required');
    await test.database.platform.query(`update core.users set is_operator = false where email = 'ada@acme.test'`);
  });

  it('keeps out who was suspended, also when the provider still knows them', async () => {
    const suspend = (status: string) =>
      test.database.platform.query('update core.memberships set status = $2 where user_id = $1', [
        acme.users['ada@acme.test'],
        status,
      ]);
    await suspend('suspended');
    expect((await enter()).failed).toBe('account-inactive');
    await suspend('active');
    expect((await enter()).failed).toBeNull();
  });
});

describe('somebody who is signed in', () => {
  /** Makes the proof of this one session old. */
  const grow = async (token: string) => {
    const { session, tenant } = (await node.call('GET', '/api/me', { token })).body as Record<string, { id: string }>;
    const sessionId = session?.id ?? '';
    const sql = `update core.sessions set proven_at = now() - interval '1 hour' where id = $1`;
    await test.database.platform.query(sql, [sessionId]);
    await node.changes.announce('session', { tenantId: tenant?.id ?? '', sessionId });
  };
  const leaveFor = async (path: string, token: string, body: object = {}) => {
    const { status, body: answer, headers } = await node.call('POST', path, { token, body });
    const { location = '', reason, code } = answer as { location?: string; reason?: string; code?: string };
    return { status, location, reason, code, cookie: cookieOf(headers, 'bazaar_sign_on') };
  };
  const connect = async (token: string) => {
    const { location, cookie } = await leaveFor('/api/account/single-sign-on', token);
    return (await comeBack(await visitProvider(location), cookie)).location;
  };
  const PAGE = '/account/security?single-sign-on=';

  it('connects their own account after a recent proof, an owner too; nobody’s twice', async () => {
    const { accessToken, user } = await signIn(node, 'owner@acme.test');
    await grow(accessToken);
    expect((await leaveFor('/api/account/single-sign-on', accessToken)).code).toBe('sudo-required');
    expect(
      (await node.call('POST', '/api/auth/prove', { token: accessToken, body: { password: PASSWORD } })).status,
    ).toBe(204);
    // Whose address it is over there does not matter: both accounts have been shown to be theirs.
    idp.person = { sub: 'boss', email: 'boss@elsewhere.test', email_verified: false };
    expect(await connect(accessToken)).toBe(`${PAGE}connected`);
    const session = await whoIs((await enter()).refresh);
    expect(session.user.id).toBe(user.id);
    const { accessToken: sams } = await signIn(node, 'sam@acme.test');
    expect(await connect(sams)).toBe(`${PAGE}connected-elsewhere`);
    const { body } = await node.call('GET', '/api/account/security', { token: accessToken });
    expect(body.singleSignOn).toEqual({ since: expect.any(String) });
    expect((await node.call('DELETE', '/api/account/single-sign-on', { token: accessToken })).status).toBe(204);
    expect((await node.call('GET', '/api/me', { token: session.accessToken })).status).toBe(401);
    expect((await enter()).failed).toBe('email-unverified');
    expect(await toldOf('owner@acme.test')).toEqual(2);
  });

  it('does not connect in another browser, or once the session has ended', async () => {
    idp.person = { sub: 'boss-2' };
    const { accessToken } = await signIn(node, 'sam@acme.test');
    const away = await leaveFor('/api/account/single-sign-on', accessToken);
    expect((await comeBack(await visitProvider(away.location), '')).failed).toBe('flow-ended');
    const again = await leaveFor('/api/account/single-sign-on', accessToken);
    const back = await visitProvider(again.location);
    await node.call('POST', '/api/auth/sign-out', { token: accessToken, body: {} });
    expect((await comeBack(back, again.cookie)).location).toBe(`${PAGE}session-ended`);
  });

  it('proves by the provider that it is still them, where there is no other proof', async () => {
    idp.person = { sub: 'only-here', email: 'only@acme.test', email_verified: true };
    const { accessToken: token } = await whoIs((await enter()).refresh);
    await grow(token);
    const careful = async () => (await node.call('POST', '/api/account/totp', { token, body: {} })).body.code;
    expect(await careful()).toBe('sudo-required');
    const prove = () => leaveFor('/api/auth/prove/single-sign-on', token, { returnTo: '/account/security' });
    const { location, cookie } = await prove();
    expect(new URL(location).searchParams.get('prompt')).toBe('login');
    idp.person = { sub: 'ada-at-idp', email: 'ada@acme.test', email_verified: true };
    expect((await comeBack(await visitProvider(location), cookie)).location).toBe(`${PAGE}somebody-else`);
    expect(await careful()).toBe('sudo-required');
    idp.person = { sub: 'only-here' };
    const again = await prove();
    expect((await comeBack(await visitProvider(again.location), again.cookie)).location).toBe('/account/security');
    expect(await careful()).toBeUndefined();
    expect((await node.call('DELETE', '/api/account/single-sign-on', { token })).body.reason).toBe('only-way-in');
    const { accessToken: own } = await signIn(node, 'sam@acme.test');
    expect((await leaveFor('/api/auth/prove/single-sign-on', own)).reason).toBe('own-proof');
  });

  it('is believed no provider that does not say when it asked', async () => {
    Object.assign(liar.lies, { metadata: {}, claims: {}, foreignKey: false, unsigned: false });
    await configure(owner, { issuer: liar.issuer, clientSecret: 'x' });
    liar.lies.claims = { sub: 'lia', email: 'lia@acme.test' };
    const { location, cookie } = await setOut();
    const { accessToken: token } = await whoIs((await comeBack(liar.answer(location), cookie)).refresh);
    await grow(token);
    for (const more of [{}, { auth_time: Math.floor(Date.now() / 1000) - 3600 }]) {
      liar.lies.claims = { sub: 'lia', ...more };
      const away = await leaveFor('/api/auth/prove/single-sign-on', token);
      expect((await comeBack(liar.answer(away.location), away.cookie)).location).toBe(`${PAGE}not-asked-again`);
    }
    liar.lies.claims = { sub: 'lia', auth_time: Math.floor(Date.now() / 1000) };
    const away = await leaveFor('/api/auth/prove/single-sign-on', token);
    expect((await comeBack(liar.answer(away.location), away.cookie)).location).toBe('/');
    await configure(owner);
  });

  async function toldOf(email: string): Promise<number> {
    const letters = await lettersTo(test, email);
    return letters.filter(({ subject }) => subject.includes('single sign-on')).length;
  }
});

describe('the way there and back', () => {
  it('is good for one return, in the browser that set out, in time', async () => {
    const { location, cookie } = await setOut();
    expect(new URL(location).searchParams.get('code_challenge_method')).toBe('S256');
    const back = await visitProvider(location);
    expect((await comeBack(back, '')).failed).toBe('flow-ended');
    // It was used up by the attempt.
    expect((await comeBack(back, cookie)).failed).toBe('flow-ended');
    const { location: there, cookie: mine } = await setOut();
    const other = await setOut();
    expect((await comeBack(await visitProvider(there), other.cookie)).failed).toBe('flow-ended');
    const done = await setOut();
    const path = await visitProvider(done.location);
    expect((await comeBack(path, done.cookie)).failed).toBeNull();
    expect((await comeBack(path, done.cookie)).failed).toBe('flow-ended');
    const late = await setOut();
    const answer = await visitProvider(late.location);
    clock.ahead = 11 * 60_000;
    expect((await comeBack(answer, late.cookie)).failed).toBe('flow-ended');
    clock.ahead = 0;
    expect(mine).not.toBe('');
  });

  it('refuses a changed state, nonce, code or client, and the provider of another tenant', async () => {
    const changed = async (change: (url: URL) => void) => {
      const { location, cookie } = await setOut();
      const url = new URL(location);
      change(url);
      return comeBack(await visitProvider(url.href), cookie);
    };
    expect((await changed((url) => url.searchParams.set('state', 'mine'))).failed).toBe('flow-ended');
    expect((await changed((url) => url.searchParams.set('nonce', 'mine'))).failed).toBe('provider-answer');
    expect((await changed((url) => url.searchParams.set('client_id', 'somebody-else'))).failed).toBe('provider-answer');
    expect((await changed((url) => url.searchParams.set('code_challenge', 'a'.repeat(43)))).failed).toBe(
      'provider-answer',
    );
    const { location, cookie } = await setOut();
    const back = await visitProvider(location);
    const elsewhere = back.replace('/acme/', '/north/');
    expect((await comeBack(elsewhere, cookie)).failed).toMatch(/flow-ended|not-configured/);
    const { location: again, cookie: mine } = await setOut();
    const state = new URL(again).searchParams.get('state') ?? '';
    const path = '/api/auth/oidc/acme/callback';
    expect((await comeBack(`${path}?state=${state}&error=access_denied`, mine)).failed).toBe('provider-refused');
    expect((await comeBack(`${path}?code=x`, mine)).failed).toBe('flow-ended');
    expect((await comeBack(path, mine)).failed).toBe('flow-ended');
  });

  it('tells nothing of tenants, and never leads to another site', async () => {
    for (const slug of ['nowhere', 'ACME', "'"]) {
      const { location } = await setOut(encodeURIComponent(slug));
      expect(new URL(location, ORIGIN).searchParams.get('failed')).toBe('not-configured');
    }
    const { location } = await enter('acme', `?returnTo=${encodeURIComponent('//evil.test/')}`);
    expect(location).toBe('/');
  });
});

describe('a provider that lies', () => {
  const attempt = async (lies: Partial<typeof liar.lies>) => {
    Object.assign(liar.lies, { metadata: {}, claims: {}, foreignKey: false, unsigned: false, ...lies });
    const { location, cookie } = await setOut();
    const failed = new URL(location, ORIGIN).searchParams.get('failed');
    return failed === null ? comeBack(liar.answer(location), cookie) : { failed };
  };
  const past = Math.floor(Date.now() / 1000) - 3600;

  it('is refused: wrong audience, issuer, nonce, time or signature', async () => {
    expect((await configure(owner, { issuer: liar.issuer, clientSecret: 'x' })).status).toBe(204);
    expect((await attempt({})).failed).toBeNull();
    for (const claims of [
      { aud: 'somebody-else' },
      { aud: ['bazaar', 'somebody-else'], azp: 'somebody-else' },
      { iss: 'https://login.acme.test' },
      { nonce: 'another' },
      { nonce: undefined },
      { exp: past + 60, iat: past },
      { exp: undefined },
      { sub: '' },
      { sub: undefined },
      { sub: 'x'.repeat(256) },
    ]) {
      expect((await attempt({ claims })).failed, JSON.stringify(claims)).toBe('provider-answer');
    }
    expect((await attempt({ foreignKey: true })).failed).toBe('provider-answer');
    expect((await attempt({ unsigned: true })).failed).toBe('provider-answer');
    expect((await attempt({})).failed).toBeNull();
  });

  it('leads the platform to no address that is not public', async () => {
    const exchanged = liar.exchanged;
    for (const metadata of [
      { token_endpoint: 'http://127.0.0.1:9/token' },
      { token_endpoint: 'https://localhost/token' },
      { token_endpoint: 'https://169.254.169.254/token' },
    ]) {
      await configure(owner, { issuer: liar.issuer, clientSecret: 'x' });
      liar.lies.metadata = metadata;
      // What was remembered of the provider is of an earlier save.
      await configure(owner, { issuer: liar.issuer, clientSecret: 'x' });
      expect((await attempt({ metadata })).failed, JSON.stringify(metadata)).toBe('provider-answer');
    }
    expect(liar.exchanged).toBe(exchanged);
    for (const metadata of [
      { jwks_uri: 'file:///etc/passwd' },
      { authorization_endpoint: 'javascript:alert(1)' },
      { issuer: 'https://login.acme.test' },
    ]) {
      liar.lies.metadata = metadata;
      expect((await configure(owner, { issuer: liar.issuer, clientSecret: 'x' })).body.errors).toMatchObject([
        { pointer: '/issuer' },
      ]);
    }
    liar.lies.metadata = {};
    for (const issuer of ['http://127.0.0.1:9', 'https://localhost', 'https://10.0.0.1', 'nonsense', 'http://x.test']) {
      const refused = await configure(owner, { issuer });
      expect(refused, issuer).toMatchObject({ status: 400, body: { errors: [{ pointer: '/issuer' }] } });
    }
    await configure(owner);
  });
});

describe('the settings', () => {
  it('keep the secret to themselves', async () => {
    const { body } = await node.call('GET', '/api/security', { token: owner });
    expect(body).toMatchObject({
      redirectUri: `${ORIGIN}/api/auth/oidc/acme/callback`,
      singleSignOn: { issuer: idp.issuer, enabled: true },
      domains: [{ domain: 'acme.test', verifiedBy: 'dns' }],
    });
    expect(JSON.stringify(body)).not.toContain(idp.clientSecret);
    // Another provider does not get the secret that was entered for this one.
    const moved = await configure(owner, { issuer: liar.issuer, clientSecret: undefined });
    expect(moved.body.errors).toMatchObject([{ pointer: '/clientSecret' }]);
    expect((await configure(owner, { clientSecret: undefined })).status).toBe(204);
  });

  it('give newcomers no more than who saves them may', async () => {
    for (const defaultRole of ['owner', 'nothing']) {
      expect((await configure(owner, { defaultRole })).body.errors).toMatchObject([{ pointer: '/defaultRole' }]);
    }
    const { accessToken } = await signIn(node, 'sam@acme.test');
    expect((await configure(accessToken)).body.code).toBe('forbidden');
  });

  it('enforced, let members in by the provider only; owners keep their own way', async () => {
    const { accessToken: admin } = await signIn(node, 'admin@acme.test');
    expect((await configure(owner, { enforced: true, enabled: false })).status).toBe(400);
    expect((await configure(owner, { enforced: true })).status).toBe(204);
    try {
      expect((await node.call('GET', '/api/me', { token: admin })).status).toBe(401);
      const body = { email: 'admin@acme.test', password: PASSWORD };
      const refused = await node.call('POST', '/api/auth/sign-in', { body });
      expect(refused.body).toMatchObject({
        status: 403,
        reason: 'single-sign-on-required',
        action: { href: '/api/auth/oidc/acme/start' },
      });
      const wrong = await node.call('POST', '/api/auth/sign-in', { body: { ...body, password: 'wrong' } });
      expect(wrong.status).toBe(401);
      expect((await enter()).failed).toBeNull();
      expect((await signIn(node, 'owner@acme.test')).tenant.slug).toBe('acme');
      const { rows } = await test.database.platform.query(
        `select 1 from core.audit_log where detail @> '{"pastSingleSignOn": true}'`,
      );
      expect(rows).toHaveLength(1);
      const gone = await node.call('DELETE', '/api/security/domains/acme.test', { token: owner });
      expect(gone.body.reason).toBe('domain-needed');
    } finally {
      expect((await configure(owner)).status).toBe(204);
    }
    expect((await node.call('GET', '/api/me', { token: admin })).status).toBe(200);
  });
});
