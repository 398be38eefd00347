import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditedActions } from '../support/audited.ts';
import { createTestTenant, PASSWORD, signIn } from '../support/people.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { startTestNode, type TestNode } from '../support/test-node.ts';
import { letter, lettersTo } from './support/mailbox.ts';

const NEW = {
  tenantName: 'Globex GmbH',
  name: 'Gina Globex',
  email: 'Gina@Globex.example',
  password: 'seven grey geese',
};
const FAR = 3_600_000;

let test: TestDatabase;
let node: TestNode;
let other: TestNode;
const clock = { ahead: 0 };

beforeAll(async () => {
  test = await createTestDatabase();
  node = await startTestNode(test.database, { clock });
  other = await startTestNode(test.database, { clock });
  await createTestTenant(test.database, 'acme', {
    'owner@acme.test': 'owner',
    'ada@acme.test': 'viewer',
    'bob@acme.test': 'viewer',
    'cy@acme.test': 'viewer',
  });
});

afterAll(async () => {
  await node.close();
  await other.close();
  await test.drop();
});

const post = (path: string, body: object = {}, token?: string, ip?: string) =>
  node.call('POST', path, { body, ...(token === undefined ? {} : { token }), ...(ip === undefined ? {} : { ip }) });
const attempt = async (email: string, password: string, ip = '198.51.100.1') =>
  (await post('/api/auth/sign-in', { email, password }, undefined, ip)).status;

async function audited(action: string): Promise<number> {
  const { rows } = await test.database.platform.query('select 1 from core.audit_log where action = $1', [action]);
  return rows.length;
}

describe('sign-up', () => {
  it('makes nothing before the address is confirmed, by link and password', async () => {
    expect((await post('/api/auth/sign-up', NEW)).status).toBe(202);
    const early = await post('/api/auth/sign-in', { email: NEW.email, password: NEW.password });
    expect(early).toMatchObject({ status: 403, body: { reason: 'email-unverified' } });
    expect(await attempt(NEW.email, 'another password')).toBe(401);
    const { rows } = await test.database.platform.query("select 1 from core.tenants where slug like 'globex%'");
    expect(rows).toHaveLength(0);

    const { token } = await letter(test, 'verify-email', 'gina@globex.example');
    const wrong = await post('/api/auth/verify-email', { token, password: 'not my password' });
    expect(wrong).toMatchObject({ status: 400, body: { errors: [{ pointer: '/password' }] } });
    const done = await post('/api/auth/verify-email', { token, password: NEW.password });
    expect(done).toMatchObject({
      status: 201,
      body: { tenant: { slug: 'globex-gmbh' }, user: { name: 'Gina Globex' } },
    });
    expect(done.headers.get('set-cookie')).toContain('bazaar_refresh=');
    expect((await post('/api/auth/verify-email', { token, password: NEW.password })).status).toBe(400);
    expect(await attempt(NEW.email, NEW.password)).toBe(200);
  });

  it('gives another tenant of the same name another short name; a link that was sent again replaces the one before', async () => {
    const input = { ...NEW, email: 'gus@globex.example' };
    await post('/api/auth/sign-up', input);
    const first = await letter(test, 'verify-email', input.email);
    expect((await post('/api/auth/verify-email/resend', { email: input.email })).status).toBe(202);
    const second = await letter(test, 'verify-email', input.email, first.token);
    expect((await post('/api/auth/verify-email', { token: first.token, password: NEW.password })).status).toBe(400);
    const done = await post('/api/auth/verify-email', { token: second.token, password: NEW.password });
    expect(done).toMatchObject({ status: 201, body: { tenant: { slug: 'globex-gmbh-2' } } });
  });

  it('gives those who confirm at the same time short names of their own, and each address one account', async () => {
    const emails = ['ann@initech.example', 'ben@initech.example', 'cat@initech.example'];
    const tokens: string[] = [];
    for (const email of emails) {
      await post('/api/auth/sign-up', { ...NEW, tenantName: 'Initech', email });
      tokens.push((await letter(test, 'verify-email', email)).token);
    }
    const [again = ''] = emails;
    await post('/api/auth/sign-up', { ...NEW, tenantName: 'Initech', email: again });
    tokens.push((await letter(test, 'verify-email', again, tokens[0])).token);
    const done = await Promise.all(
      tokens.map((token) => post('/api/auth/verify-email', { token, password: NEW.password })),
    );
    expect(done.map(({ status }) => status).toSorted()).toEqual([201, 201, 201, 400]);
    const slugs = done.flatMap(({ body }) => (body.tenant as { slug: string } | undefined)?.slug ?? []);
    expect(slugs.toSorted()).toEqual(['initech', 'initech-2', 'initech-3']);
  });

  it('does not tell of accounts: the same answer, and a letter to the owner', async () => {
    const taken = await post('/api/auth/sign-up', { ...NEW, email: 'ada@acme.test' });
    const free = await post('/api/auth/sign-up', { ...NEW, email: 'nobody@acme.test' });
    expect([taken.status, taken.body]).toEqual([free.status, free.body]);
    expect((await lettersTo(test, 'ada@acme.test')).map(({ template }) => template)).toEqual(['account-exists']);
    // The work is the same, too: one row, one letter each.
    const { rows } = await test.database.platform.query(
      "select 1 from core.sign_ups where email in ('ada@acme.test', 'nobody@acme.test') group by email having count(*) = 1",
    );
    expect([rows.length, (await lettersTo(test, 'nobody@acme.test')).length]).toEqual([2, 1]);
    expect((await post('/api/auth/verify-email/resend', { email: 'ada@acme.test' })).status).toBe(202);
    expect(await lettersTo(test, 'ada@acme.test')).toHaveLength(1);
    expect(await attempt('ada@acme.test', NEW.password)).toBe(401);
  });

  it.each([
    [{ password: 'short' }, '/password'],
    [{ password: 'Password123!' }, '/password'],
    [{ email: 'gina@globex@example' }, '/email'],
    [{ email: 'a b@c.d' }, '/email'],
    [{ name: ' ' }, '/name'],
    [{ tenantSlug: 'A B' }, '/tenantSlug'],
    [{ isOperator: true }, '/isOperator'],
    [{ locale: 'xx' }, '/locale'],
  ])('refuses %j', async (change, pointer) => {
    const { status, body } = await post('/api/auth/sign-up', { ...NEW, ...change }, undefined, '198.51.100.9');
    expect([status, (body.errors as { pointer: string }[])[0]?.pointer]).toEqual([400, pointer]);
  });

  it('refuses a short name that is taken', async () => {
    expect(await post('/api/auth/sign-up', { ...NEW, email: 'x@y.example', tenantSlug: 'acme' })).toMatchObject({
      status: 409,
      body: { reason: 'slug-taken', errors: [{ pointer: '/tenantSlug' }] },
    });
  });

  it('does not flood a mailbox, whoever owns it', async () => {
    const ask = () => post('/api/auth/verify-email/resend', { email: 'flooded@acme.test' });
    const statuses = [];
    for (let count = 0; count < 7; count += 1) statuses.push((await ask()).status);
    expect(statuses).toEqual([202, 202, 202, 202, 202, 429, 429]);
  });

  it('can be closed', async () => {
    const closed = await startTestNode(test.database, { config: { signUp: false } });
    expect(await closed.call('POST', '/api/auth/sign-up', { body: NEW })).toMatchObject({ status: 403 });
    await closed.close();
  });
});

describe('a forgotten password', () => {
  it('is replaced by a mailed link, once, which ends every session on every node', async () => {
    const before = await signIn(node, 'ada@acme.test');
    const api = (at: TestNode) => at.call('GET', '/api/me', { token: before.accessToken });
    expect((await api(other)).status).toBe(200);
    expect((await post('/api/auth/forgot-password', { email: 'Ada@acme.test' })).status).toBe(202);
    const { token } = await letter(test, 'reset-password', 'ada@acme.test');
    const weak = await post('/api/auth/reset-password', { token, password: 'ada@acme.test' });
    expect(weak).toMatchObject({ status: 400, body: { errors: [{ pointer: '/password' }] } });
    const choose = () => post('/api/auth/reset-password', { token, password: 'eleven quiet otters' });
    expect((await choose()).status).toBe(204);
    expect(await choose()).toMatchObject({ status: 400, body: { reason: 'link-ended' } });
    expect((await api(node)).status).toBe(401);
    await expect.poll(async () => (await api(other)).status).toBe(401);
    expect(await attempt('ada@acme.test', PASSWORD)).toBe(401);
    expect(await attempt('ada@acme.test', 'eleven quiet otters')).toBe(200);
    await letter(test, 'password-changed', 'ada@acme.test');
    expect(await audited('password.changed')).toBe(1);
  });

  it('of an account that does not exist: the same answer, no mail', async () => {
    const known = await post('/api/auth/forgot-password', { email: 'bob@acme.test' });
    const unknown = await post('/api/auth/forgot-password', { email: 'unknown@acme.test' });
    expect([unknown.status, unknown.body]).toEqual([known.status, known.body]);
    await letter(test, 'reset-password', 'bob@acme.test');
    expect(await lettersTo(test, 'unknown@acme.test')).toEqual([]);
  });

  it('is written down with the answer: another node writes the letter when this one has died', async () => {
    // As a node leaves it that ends between the answer and the letter.
    await test.database.asPlatform((models) =>
      models.PasswordResetRequest.bulkCreate(
        ['cy@acme.test', 'unknown@acme.test'].map((email) => ({
          email,
          ip: '192.0.2.9',
          userAgent: 'x',
          requestId: 'r',
        })),
      ),
    );
    expect((await post('/api/auth/forgot-password', { email: 'somebody@acme.test' })).status).toBe(202);
    await letter(test, 'reset-password', 'cy@acme.test');
    await expect.poll(() => test.database.asPlatform((models) => models.PasswordResetRequest.count())).toBe(0);
    expect(await lettersTo(test, 'unknown@acme.test')).toEqual([]);
    expect(await audited('password.reset-asked')).toBeGreaterThan(0);
  });

  it('takes a link that is not too old', async () => {
    const [before] = await lettersTo(test, 'cy@acme.test');
    await post('/api/auth/forgot-password', { email: 'cy@acme.test' });
    const { token } = await letter(test, 'reset-password', 'cy@acme.test', before?.token);
    clock.ahead = FAR + 1000;
    const late = await post('/api/auth/reset-password', { token, password: 'eleven quiet otters' });
    clock.ahead = 0;
    expect(late).toMatchObject({ status: 400, body: { reason: 'link-ended' } });
  });

  it('unlocks an account that was locked by guessing', async () => {
    for (let count = 0; count < 11; count += 1) await attempt('bob@acme.test', 'guess', '203.0.113.5');
    expect(await attempt('bob@acme.test', PASSWORD, '203.0.113.5')).toBe(429);
    const { token } = await letter(test, 'reset-password', 'bob@acme.test');
    expect((await post('/api/auth/reset-password', { token, password: 'eleven quiet otters' })).status).toBe(204);
    expect(await attempt('bob@acme.test', 'eleven quiet otters', '203.0.113.5')).toBe(200);
  });
});

describe('the own account', () => {
  it('another password ends the other sessions only, and needs the old one', async () => {
    const here = await signIn(node, 'cy@acme.test');
    const there = await signIn(node, 'cy@acme.test');
    const change = (current: string, password: string) =>
      post('/api/me/password', { current, password }, here.accessToken);
    expect(await change('wrong', 'eleven quiet otters')).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/current' }] },
    });
    expect((await change(PASSWORD, 'eleven quiet otters')).status).toBe(204);
    expect((await node.call('GET', '/api/me', { token: here.accessToken })).status).toBe(200);
    expect((await node.call('GET', '/api/me', { token: there.accessToken })).status).toBe(401);
    expect((await change('eleven quiet otters', PASSWORD)).status).toBe(204);
  });

  it('another address needs a recent proof and the word of both addresses', async () => {
    const { accessToken } = await signIn(node, 'cy@acme.test');
    await test.database.platform.query("update core.sessions set proven_at = now() - interval '16 minutes'");
    await node.changes.announce('membership', { userId: await whoAmI(accessToken) });
    const ask = () => post('/api/me/email', { email: 'cyd@acme.test' }, accessToken);
    expect(await ask()).toMatchObject({ status: 403, body: { code: 'sudo-required' } });
    expect(await post('/api/auth/prove', { password: 'wrong' }, accessToken)).toMatchObject({ status: 400 });
    expect((await post('/api/auth/prove', { password: PASSWORD }, accessToken)).status).toBe(204);
    expect((await ask()).status).toBe(202);
    const old = await letter(test, 'confirm-email', 'cy@acme.test');
    const fresh = await letter(test, 'confirm-email', 'cyd@acme.test');
    const agree = async (token: string) => (await post('/api/auth/confirm-email', { token })).body.state;
    expect(await agree(fresh.token)).toBe('waiting');
    expect(await agree(fresh.token)).toBe('waiting');
    expect(await attempt('cyd@acme.test', PASSWORD)).toBe(401);
    expect(await agree(old.token)).toBe('changed');
    expect(await attempt('cyd@acme.test', PASSWORD)).toBe(200);
    expect(await attempt('cy@acme.test', PASSWORD)).toBe(401);
    await letter(test, 'email-changed', 'cy@acme.test');
    expect((await post('/api/auth/confirm-email', { token: old.token })).status).toBe(400);
  });

  async function whoAmI(token: string): Promise<string> {
    return (await node.call('GET', '/api/me', { token })).body.user
      ? String(((await node.call('GET', '/api/me', { token })).body.user as { id: string }).id)
      : '';
  }

  it('keeps a profile and preferences', async () => {
    const { accessToken: token } = await signIn(node, 'owner@acme.test');
    const change = (body: object) => node.call('PATCH', '/api/me', { token, body });
    const profile = { phone: '+49 30 123', timeZone: 'Europe/Berlin', website: 'https://acme.example/me' };
    expect((await change({ locale: 'de', profile })).body).toMatchObject({ locale: 'de', profile });
    expect((await change({ profile: { phone: '' }, preferences: { privacy: { shareProfile: false } } })).body).toEqual(
      expect.objectContaining({
        profile: { timeZone: 'Europe/Berlin', website: 'https://acme.example/me' },
        preferences: { notifications: { licences: true }, privacy: { shareProfile: false, shareLastSignIn: true } },
      }),
    );
    // A colleague sees what is shared, and nothing of what is not.
    const ada = await signIn(node, 'owner@acme.test');
    const seen = async () => (await node.call('GET', `/api/users/${ada.user.id}`, { token })).body;
    const moments = { lastSignInAt: expect.any(String), lastActiveAt: expect.any(String) };
    expect(await seen()).toMatchObject({ name: 'owner', profile: {}, ...moments });
    await change({ preferences: { privacy: { shareProfile: true, shareLastSignIn: false } } });
    expect(await seen()).toMatchObject({
      profile: { timeZone: 'Europe/Berlin' },
      lastSignInAt: null,
      lastActiveAt: null,
    });
    for (const [body, pointer] of [
      [{ profile: { timeZone: 'Mars/Olympus' } }, '/profile/timeZone'],
      [{ profile: { website: 'javascript:alert(1)' } }, '/profile/website'],
      [{ profile: { linkedin: 'http://[::1' } }, '/profile/linkedin'],
      [{ profile: { github: 'https://github.com@evil.test/ada' } }, '/profile/github'],
      [{ profile: { location: '\u202enilreB' } }, '/profile/location'],
      [{ preferences: { privacy: { everything: true } } }, '/preferences/privacy/everything'],
      [{ email: 'x@y.z' }, '/email'],
    ] as const) {
      expect(await change(body)).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
    }
  });
});

describe('an operator', () => {
  it('unlocks an account, by its address only', async () => {
    await createTestTenant(test.database, 'platform', { 'root@bazaar.test': 'owner' }, { isOperator: true });
    const root = await signIn(node, 'root@bazaar.test');
    for (let count = 0; count < 10; count += 1) await attempt('owner@acme.test', 'guess', '203.0.113.7');
    expect(await attempt('owner@acme.test', PASSWORD, '203.0.113.7')).toBe(429);
    const unlock = (email: string, token: string) => post('/api/operator/accounts/unlock', { email }, token);
    const { accessToken } = await signIn(node, 'owner@acme.test');
    expect((await unlock('owner@acme.test', accessToken)).status).toBe(403);
    expect((await unlock('owner@acme.test', root.accessToken)).body).toEqual({ wasLocked: true });
    expect((await unlock('owner@acme.test', root.accessToken)).body).toEqual({ wasLocked: false });
    expect(await attempt('owner@acme.test', PASSWORD, '203.0.113.7')).toBe(200);
  });
});

it('whatever was changed here stands in the audit log', async () => {
  expect(await auditedActions(test)).toEqual(
    expect.arrayContaining(['account.unlocked', 'email.change-asked', 'email.changed']),
  );
});
