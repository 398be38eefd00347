import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditedActions } from '../support/audited.ts';
import { createTestTenant, PASSWORD, signIn } from '../support/people.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { startTestNode, type TestNode } from '../support/test-node.ts';

let test: TestDatabase;
let node: TestNode;
let acme: Awaited<ReturnType<typeof createTestTenant>>;
let operator: string;
const clock = { ahead: 0 };
const REASON = 'Ticket 42: nothing is shown';

beforeAll(async () => {
  test = await createTestDatabase();
  node = await startTestNode(test.database, { clock });
  acme = await createTestTenant(test.database, 'acme', { 'owner@acme.test': 'owner', 'ada@acme.test': 'viewer' });
  await createTestTenant(
    test.database,
    'home',
    { 'op@home.test': 'owner', 'op2@home.test': 'viewer' },
    { isOperator: true },
  );
  operator = (await signIn(node, 'op@home.test')).accessToken;
});

afterAll(async () => {
  await node.close();
  await test.drop();
});

const impersonate = (token: string, email: string, tenant = 'acme', more: object = {}) =>
  node.call('POST', `/api/platform/tenants/${tenant}/impersonate`, {
    token,
    body: { userId: acme.users[email] ?? '00000000-0000-4000-8000-000000000000', reason: REASON, ...more },
  });

const as = (token: string, method: string, path: string, body?: object) =>
  node.call(method, path, { token, ...(body === undefined ? {} : { body }) });

describe('an operator who acts as a member', () => {
  it('has a session of half an hour that nothing renews, and that says who it is', async () => {
    const begun = await impersonate(operator, 'ada@acme.test');
    expect(begun).toMatchObject({
      status: 201,
      body: {
        expiresIn: 1800,
        tenant: { slug: 'acme' },
        user: { email: 'ada@acme.test', isOperator: false },
        impersonator: { name: 'op' },
      },
    });
    expect(begun.body.refreshToken).toBeUndefined();
    expect(begun.headers.get('set-cookie')).toBeNull();
    const token = String(begun.body.accessToken);
    expect(await as(token, 'GET', '/api/me')).toMatchObject({
      status: 200,
      body: { user: { email: 'ada@acme.test' } },
    });
    clock.ahead = 29 * 60_000;
    expect((await as(token, 'GET', '/api/me')).status).toBe(200);
    clock.ahead = 31 * 60_000;
    expect((await as(token, 'GET', '/api/me')).status).toBe(401);
    clock.ahead = 0;
  });

  it('does not make the member somebody who was active', async () => {
    await signIn(node, 'ada@acme.test');
    const { accessToken: owner } = await signIn(node, 'owner@acme.test');
    const path = `/api/users/${acme.users['ada@acme.test']}`;
    const active = async () => (await as(owner, 'GET', path)).body.lastActiveAt;
    const before = await active();
    expect(before).toEqual(expect.any(String));
    clock.ahead = 10 * 60_000;
    expect((await impersonate(operator, 'ada@acme.test')).status).toBe(201);
    clock.ahead = 0;
    expect(await active()).toBe(before);
  });

  it('leaves two names in every line of the audit log, and the tenant reads why', async () => {
    const begun = await impersonate(operator, 'owner@acme.test');
    const token = String(begun.body.accessToken);
    const settings = await as(token, 'POST', '/api/auth/impersonation/end', {});
    expect(settings.status).toBe(204);
    expect((await as(token, 'GET', '/api/me')).status).toBe(401);
    const { accessToken } = await signIn(node, 'owner@acme.test');
    const { body } = await as(accessToken, 'GET', '/api/audit?limit=10');
    const items = body.items as { action: string; detail: Record<string, unknown>; actor: { id: string } }[];
    const by = { impersonator: { name: 'op' } };
    expect(items.find(({ action }) => action === 'impersonation.started')?.detail).toMatchObject({
      ...by,
      reason: REASON,
    });
    expect(items.find(({ action }) => action === 'impersonation.ended')).toMatchObject({
      detail: by,
      actor: { id: acme.users['owner@acme.test'] },
    });
    expect(items.find(({ action }) => action === 'session.revoked')?.detail).toMatchObject(by);
  });

  it('proves nothing, gets no secrets, and leaves people, money and keys to the tenant', async () => {
    const begun = await impersonate(operator, 'owner@acme.test');
    const token = String(begun.body.accessToken);
    const { permissions } = begun.body.user as { permissions: string[] };
    expect(permissions).toContain('core:audit.read');
    for (const kept of ['billing', 'keys', 'privacy', 'roles', 'security', 'users']) {
      expect(permissions, kept).not.toContain(`core:${kept}.manage`);
    }
    const refused: [string, string, object?][] = [
      ['GET', '/api/account/security'],
      ['GET', '/api/security'],
      ['POST', '/api/account/totp', {}],
      ['POST', '/api/account/passkeys/options', {}],
      ['POST', '/api/auth/prove', { password: PASSWORD }],
      ['POST', '/api/auth/prove/code', { code: '123456' }],
      ['POST', '/api/auth/switch', { tenant: 'home' }],
      ['POST', '/api/me/password', { current: PASSWORD, password: 'another password' }],
      ['PATCH', '/api/me', { name: 'Somebody else' }],
      ['GET', '/api/sessions'],
      ['POST', '/api/sessions/revoke-others', {}],
      ['GET', '/api/platform/tenants'],
      ['POST', '/api/platform/tenants/home/impersonate', { userId: acme.users['ada@acme.test'], reason: REASON }],
    ];
    for (const [method, path, body] of refused) {
      expect((await as(token, method, path, body)).status, `${method} ${path}`).toBe(403);
    }
  });

  it('touches nothing of the person’s account, by whichever route', async () => {
    const token = String((await impersonate(operator, 'owner@acme.test')).body.accessToken);
    const own = node.identity.routes.filter(
      ({ path, access }) => /^\/api\/(me|account|sessions|keys|auth|tenants)\b/.test(path) && access !== 'public',
    );
    // Who they are shown to be, and the way back.
    const open = new Set(['GET /api/me', 'POST /api/auth/impersonation/end']);
    const asked = own.filter(({ method, path }) => !open.has(`${method} ${path}`));
    expect(asked.length).toBeGreaterThan(25);
    for (const { method, path } of asked) {
      const filled = path.replaceAll(/\{\w+\}/g, '00000000-0000-4000-8000-000000000000');
      const { status } = await as(token, method, filled, method === 'GET' ? undefined : {});
      expect([method, path, status]).toEqual([method, path, 403]);
    }
  });

  it('acts as nobody who operates the platform, is suspended, or is not of that tenant', async () => {
    const { rows } = await test.database.platform.query<{ id: string }>(
      `select id from core.users where email = 'op2@home.test'`,
    );
    const userId = rows[0]?.id;
    expect((await impersonate(operator, '', 'home', { userId })).body.reason).toBe('operator');
    expect((await impersonate(operator, 'ada@acme.test', 'home')).status).toBe(404);
    expect((await impersonate(operator, 'nobody')).status).toBe(404);
    expect((await impersonate(operator, 'ada@acme.test', 'nowhere')).status).toBe(404);
    expect((await impersonate(operator, 'ada@acme.test', 'acme', { reason: ' ' })).status).toBe(400);
    expect((await impersonate(operator, 'ada@acme.test', 'acme', { userId: 'x' })).status).toBe(400);
    const { accessToken } = await signIn(node, 'owner@acme.test');
    expect((await impersonate(accessToken, 'ada@acme.test')).body.code).toBe('forbidden');
    expect((await node.call('POST', '/api/platform/tenants/acme/impersonate', { body: {} })).status).toBe(401);
  });

  it('is kept out by a tenant that says so', async () => {
    const { accessToken } = await signIn(node, 'owner@acme.test');
    const forbid = (supportAccess: boolean) => as(accessToken, 'PATCH', '/api/security/policy', { supportAccess });
    const inside = String((await impersonate(operator, 'ada@acme.test')).body.accessToken);
    expect((await as(inside, 'GET', '/api/me')).status).toBe(200);
    expect((await forbid(false)).status).toBe(204);
    // Who is in is out again.
    expect((await as(inside, 'GET', '/api/me')).status).toBe(401);
    expect((await impersonate(operator, 'ada@acme.test')).body.reason).toBe('support-access-forbidden');
    expect((await forbid(true)).status).toBe(204);
    expect((await impersonate(operator, 'ada@acme.test')).status).toBe(201);
  });
});

describe('who operates the platform', () => {
  it('is told by operators; who does no longer acts as nobody, at once and on every node', async () => {
    const other = await startTestNode(test.database, { clock });
    const second = (await signIn(node, 'op2@home.test')).accessToken;
    const set = (token: string, email: string, operates: boolean) =>
      as(token, 'POST', '/api/operator/accounts/operator', { email, operator: operates });
    try {
      const helping = String((await impersonate(second, 'ada@acme.test')).body.accessToken);
      const status = async (at: TestNode) => (await at.call('GET', '/api/me', { token: helping })).status;
      expect([await status(node), await status(other)]).toEqual([200, 200]);
      expect((await set(operator, 'op2@home.test', false)).body).toEqual({ changed: true });
      expect((await set(operator, 'op2@home.test', false)).body).toEqual({ changed: false });
      expect(await status(node)).toBe(401);
      await expect.poll(() => status(other)).toBe(401);
      expect((await as(second, 'GET', '/api/platform/tenants')).status).toBe(403);
      expect((await set(second, 'op2@home.test', true)).status).toBe(403);
      expect((await set(operator, 'op@home.test', false)).body.reason).toBe('last-operator');
      expect((await set(operator, 'nobody@home.test', true)).status).toBe(404);
    } finally {
      await set(operator, 'op2@home.test', true);
      await other.close();
    }
  });

  it('is asked again of whoever acts as a member: locked out by other means, they are out, too', async () => {
    const second = (await signIn(node, 'op2@home.test')).accessToken;
    const helping = String((await impersonate(second, 'ada@acme.test')).body.accessToken);
    const { rows } = await test.database.platform.query<{ id: string }>(
      `update core.users set status = 'inactive' where email = 'op2@home.test' returning id`,
    );
    await node.changes.announce('membership', { userId: rows[0]?.id ?? '' });
    expect((await as(helping, 'GET', '/api/me')).status).toBe(401);
    await test.database.platform.query(`update core.users set status = 'active' where email = 'op2@home.test'`);
    await node.changes.announce('membership', { userId: rows[0]?.id ?? '' });
    expect((await as(helping, 'GET', '/api/me')).status).toBe(200);
    // Whoever ends their own sessions elsewhere ends those they have as somebody else.
    expect((await as(second, 'POST', '/api/sessions/revoke-others', {})).status).toBe(200);
    expect((await as(helping, 'GET', '/api/me')).status).toBe(401);
  });
});

describe('operators and tenants', () => {
  it('find them by name, with their seats and licences', async () => {
    const { body } = await as(operator, 'GET', '/api/platform/tenants?q=ACM');
    expect(body.items).toMatchObject([{ slug: 'acme', members: 2, maxUsers: 25, licences: 0, suspendedAt: null }]);
    const first = await as(operator, 'GET', '/api/platform/tenants?limit=1');
    const next = await as(operator, 'GET', `/api/platform/tenants?limit=1&cursor=${first.body.nextCursor}`);
    expect([first, next].map(({ body: { items } }) => (items as { slug: string }[])[0]?.slug)).toEqual([
      'acme',
      'home',
    ]);
    const members = await as(operator, 'GET', '/api/platform/tenants/acme/members');
    expect(members.body.items).toMatchObject([
      { name: 'ada', roles: ['viewer'], roleTitles: ['Viewer'] },
      { name: 'owner', roles: ['owner'], roleTitles: ['Owner'] },
    ]);
  });

  it('book a tier until a day; then the tenant is a free one, which shuts nobody out and lets nobody more in', async () => {
    const book = (body: object, token = operator) => as(token, 'PUT', '/api/platform/tenants/acme/tier', body);
    const until = new Date(Date.now() + 60_000).toISOString();
    const { accessToken: owner } = await signIn(node, 'owner@acme.test');
    expect((await book({ tier: 'pro' }, owner)).status).toBe(403);
    for (const [body, pointer] of [
      [{}, '/tier'],
      [{ tier: 'gold' }, '/tier'],
      [{ tier: 'pro', seats: 0 }, '/seats'],
      [{ tier: 'pro', until: 'tomorrow' }, '/until'],
      [{ tier: 'pro', until: new Date(Date.now() - 1000).toISOString() }, '/until'],
      [{ tier: 'free', until }, '/until'],
    ] as const) {
      expect(await book(body)).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
    }
    expect((await book({ tier: 'enterprise', until, seats: 3 })).status).toBe(204);
    expect((await book({ tier: 'enterprise', until, seats: 3 })).status).toBe(204);

    const seats = async () => (await as(owner, 'GET', '/api/seats')).body;
    const listed = async () => {
      const { items } = (await as(operator, 'GET', '/api/platform/tenants?q=acme')).body as { items: unknown[] };
      return items[0];
    };
    const invite = (name: string) =>
      as(owner, 'POST', '/api/invitations', { email: `${name}@acme.test`, roles: ['viewer'] });
    const booked = { tier: 'enterprise', until, seats: 3 };
    expect(await seats()).toEqual({ seats: 3, members: 2, invitations: 0, tier: 'enterprise', booked });
    expect(await listed()).toMatchObject({ tier: 'enterprise', maxUsers: 3, booked });
    expect((await invite('third')).status).toBe(201);
    expect(await invite('fourth')).toMatchObject({ status: 409, body: { reason: 'seats-exhausted' } });

    clock.ahead = 60_000;
    expect(await seats()).toEqual({ seats: 25, members: 2, invitations: 1, tier: 'free', booked });
    expect(await listed()).toMatchObject({ tier: 'free', maxUsers: 25, booked });
    expect((await invite('fourth')).status).toBe(201);
    clock.ahead = 0;

    // Fewer seats than are taken: all stay, nobody comes.
    expect((await book({ tier: 'free', seats: 1 })).status).toBe(204);
    expect((await as(owner, 'GET', '/api/me')).status).toBe(200);
    expect(await invite('fifth')).toMatchObject({ status: 409, body: { reason: 'seats-exhausted' } });
    expect((await book({ tier: 'free' })).status).toBe(204);
    expect((await invite('fifth')).status).toBe(201);
    const { items } = (await as(owner, 'GET', '/api/audit?action=tenant.tier-changed')).body as {
      items: { action: string; detail: unknown }[];
    };
    expect(items.filter(({ action }) => action === 'tenant.tier-changed').map(({ detail }) => detail)).toEqual([
      { before: { tier: 'free', until: null, seats: 1 }, after: { tier: 'free', until: null, seats: null } },
      { before: booked, after: { tier: 'free', until: null, seats: 1 } },
      { before: { tier: 'free', until: null, seats: null }, after: booked },
    ]);
  });

  it('say which is who it says it is, as long as it goes on saying so', async () => {
    const { accessToken } = await signIn(node, 'owner@acme.test');
    const seen = { name: 'acme', website: null as string | null };
    const verify = (body: object, token = operator) => as(token, 'POST', '/api/platform/tenants/acme/verify', body);
    const verified = async () => (await as(accessToken, 'GET', '/api/tenant')).body.verifiedAt;
    const listed = async () => {
      const { body } = await as(operator, 'GET', '/api/platform/tenants?q=acm');
      return (body.items as { verifiedAt: string | null; website: string | null }[])[0];
    };
    expect((await verify(seen, accessToken)).status).toBe(403);
    expect(await verify({ name: 'acme' })).toMatchObject({ status: 400, body: { errors: [{ pointer: '/website' }] } });
    expect(await verify({ ...seen, name: 'Acme Inc.' })).toMatchObject({
      status: 409,
      body: { reason: 'identity-changed' },
    });
    expect(await verify({ ...seen, website: 'https://a.test' })).toMatchObject({ status: 409 });
    expect(await verified()).toBeNull();

    expect((await verify(seen)).status).toBe(204);
    expect((await verify(seen)).status).toBe(204);
    const since = await verified();
    expect(since).toEqual(expect.any(String));
    expect(await listed()).toMatchObject({ verifiedAt: since, website: null });
    // It may say more of itself, but not be somebody else.
    expect((await as(accessToken, 'PATCH', '/api/tenant', { profile: { size: '1-10' } })).body.verifiedAt).toBe(since);
    const moved = await as(accessToken, 'PATCH', '/api/tenant', { profile: { website: 'https://bank.test' } });
    expect(moved.body.verifiedAt).toBeNull();
    expect(await listed()).toMatchObject({ verifiedAt: null, website: 'https://bank.test' });
    expect((await verify(seen)).status).toBe(409);
    expect((await verify({ ...seen, website: 'https://bank.test' })).status).toBe(204);
    expect((await as(accessToken, 'PATCH', '/api/tenant', { name: 'The Bank' })).body.verifiedAt).toBeNull();
    const own = { name: 'acme', profile: { website: null, size: null } };
    expect((await as(accessToken, 'PATCH', '/api/tenant', own)).body.verifiedAt).toBeNull();

    expect((await verify(seen)).status).toBe(204);
    for (const token of [accessToken, operator]) await as(token, 'POST', '/api/platform/tenants/acme/unverify', {});
    expect(await verified()).toBeNull();
    const actions = 'select action, detail from core.audit_log where tenant_id = $1 and action ~ $2 order by at';
    const { rows } = await test.database.platform.query(actions, [acme.tenantId, 'verif']);
    const verification = { action: 'tenant.verified', detail: { name: 'acme', website: '' } };
    const ended = { action: 'tenant.verification-ended', detail: { reason: 'identity-changed' } };
    expect(rows).toEqual([
      verification,
      ended,
      { ...verification, detail: { name: 'acme', website: 'https://bank.test' } },
      ended,
      verification,
      { ...ended, detail: { reason: 'withdrawn' } },
    ]);
  });

  it('suspend them at once, for everybody, and take them up again', async () => {
    const { accessToken } = await signIn(node, 'owner@acme.test');
    const helped = String((await impersonate(operator, 'ada@acme.test')).body.accessToken);
    const suspend = (reason = 'Not paid for a year') =>
      as(operator, 'POST', '/api/platform/tenants/acme/suspend', { reason });
    expect((await suspend('no')).status).toBe(400);
    expect((await suspend()).status).toBe(204);
    expect((await suspend()).status).toBe(409);
    for (const token of [accessToken, helped]) expect((await as(token, 'GET', '/api/me')).status).toBe(401);
    const body = { email: 'owner@acme.test', password: PASSWORD };
    expect((await node.call('POST', '/api/auth/sign-in', { body })).body.reason).toBe('tenant-suspended');
    expect((await impersonate(operator, 'ada@acme.test')).body.reason).toBe('tenant-suspended');
    expect((await as(operator, 'POST', '/api/platform/tenants/acme/reactivate', {})).status).toBe(204);
    expect((await as(accessToken, 'GET', '/api/me')).status).toBe(200);
    const { body: log } = await as(accessToken, 'GET', '/api/audit?action=tenant.suspended');
    expect(log.items).toMatchObject([{ detail: { reason: 'Not paid for a year' } }]);
    expect((await as(accessToken, 'GET', '/api/platform/tenants')).status).toBe(403);
  });
});

it('whatever was changed here stands in the audit log', async () => {
  expect(await auditedActions(test)).toEqual(
    expect.arrayContaining([
      'sign-in-policy.changed',
      'tenant.reactivated',
      'tenant.suspended',
      'tenant.verification-ended',
      'tenant.verified',
    ]),
  );
});
