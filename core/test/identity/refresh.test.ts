import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestTenant, eventually, type SignedInReply, signIn } from '../support/people.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { type Reply, startTestNode, type TestClock, type TestNode } from '../support/test-node.ts';

const EMAIL = 'owner@acme.test';
const SECOND = 1000;
const DAY = 86_400_000;

let test: TestDatabase;
let node: TestNode;
let other: TestNode;
const clock: TestClock = { ahead: 0 };

beforeAll(async () => {
  test = await createTestDatabase();
  node = await startTestNode(test.database, { clock });
  other = await startTestNode(test.database, { clock });
  await createTestTenant(test.database, 'acme', { [EMAIL]: 'owner' });
});

afterAll(async () => {
  await node.close();
  await other.close();
  await test.drop();
});

beforeEach(() => {
  clock.ahead = 0;
  clock.stopped = undefined;
});

function refresh(refreshToken: string, at: TestNode = node): Promise<Reply> {
  return at.call('POST', '/api/auth/refresh', { body: { refreshToken } });
}

async function works({ accessToken }: Pick<SignedInReply, 'accessToken'>, at: TestNode = node): Promise<boolean> {
  return (await at.call('GET', '/api/me', { token: accessToken })).status === 200;
}

function refusal(reason: string): object {
  return { status: 401, body: { code: 'unauthenticated', reason } };
}

describe('refreshing', () => {
  it('gives a new pair each time; only hashes are stored', async () => {
    const first = await signIn(node, EMAIL);
    const second = await refresh(first.refreshToken);
    expect(second).toMatchObject({ status: 200, body: { expiresIn: 900, tenant: { slug: 'acme' } } });
    expect(second.body.refreshToken).not.toBe(first.refreshToken);
    expect(second.headers.get('set-cookie')).toBeNull();
    const third = await refresh(String(second.body.refreshToken));
    expect(third.status).toBe(200);
    expect(await works(third.body as unknown as SignedInReply)).toBe(true);
    const { rows } = await test.database.platform.query<{ hash: Buffer }>(
      'select token_hash as hash from core.refresh_tokens',
    );
    for (const { hash } of rows) {
      expect(hash).toHaveLength(32);
      expect(hash.equals(Buffer.from(first.refreshToken, 'base64url'))).toBe(false);
    }
  });

  it('outlives the access token, and slides for seven days', async () => {
    const { accessToken, refreshToken } = await signIn(node, EMAIL);
    clock.ahead = 900 * SECOND;
    expect(await node.call('GET', '/api/me', { token: accessToken })).toMatchObject(refusal('token-expired'));
    clock.ahead = 6 * DAY;
    const second = await refresh(refreshToken);
    expect(second.status).toBe(200);
    clock.ahead = 12 * DAY;
    const third = await refresh(String(second.body.refreshToken));
    expect(third.status).toBe(200);
    clock.ahead = 12 * DAY + 7 * DAY;
    expect(await refresh(String(third.body.refreshToken))).toMatchObject({ status: 401 });
  });

  it('answers everybody who presents the same token within ten seconds with the same successor', async () => {
    clock.stopped = Date.now();
    const { refreshToken } = await signIn(node, EMAIL);
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, index) => refresh(refreshToken, index % 2 === 0 ? node : other)),
    );
    expect(replies.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(new Set(replies.map(({ body }) => body.refreshToken)).size).toBe(1);
    clock.ahead = 10 * SECOND;
    const late = await refresh(refreshToken);
    expect(late.body.refreshToken).toBe(replies[0]?.body.refreshToken);
    expect((await refresh(String(late.body.refreshToken))).status).toBe(200);
  });

  it('ends the whole family when a token is used again after that, on every node at once', async () => {
    const first = await signIn(node, EMAIL);
    const bystander = await signIn(node, EMAIL);
    const second = (await refresh(first.refreshToken)).body as unknown as SignedInReply;
    expect([await works(first), await works(second, other), await works(bystander)]).toEqual([true, true, true]);

    clock.ahead = 11 * SECOND;
    expect(await refresh(first.refreshToken)).toMatchObject(refusal('refresh-token-reused'));
    expect([await works(first), await works(second)]).toEqual([false, false]);
    await eventually(async () => !(await works(second, other)));
    expect(await refresh(second.refreshToken)).toMatchObject(refusal('refresh-token-ended'));
    expect(await works(bystander)).toBe(true);

    const { body } = await node.call('GET', '/api/audit?action=session.revoked&limit=1', {
      token: bystander.accessToken,
    });
    expect(body.items).toMatchObject([{ actor: { kind: 'system' }, detail: { reason: 'refresh-token-reused' } }]);
  });

  it('is not confused by a reused token of a long chain', async () => {
    const first = await signIn(node, EMAIL);
    let token = first.refreshToken;
    for (let turn = 0; turn < 5; turn++) token = String((await refresh(token)).body.refreshToken);
    clock.ahead = 11 * SECOND;
    expect(await refresh(first.refreshToken)).toMatchObject(refusal('refresh-token-reused'));
    expect(await refresh(token)).toMatchObject(refusal('refresh-token-ended'));
  });

  it.each(['', 'x', 'x'.repeat(201), '%00', 'a'.repeat(43)])('refuses %j', async (token) => {
    const { status } = await refresh(token);
    expect([400, 401]).toContain(status);
  });

  it('stops for a suspended member', async () => {
    const { tenantId, users } = await createTestTenant(test.database, 'brief', { 'brief@acme.test': 'viewer' });
    const person = await signIn(node, 'brief@acme.test');
    const userId = users['brief@acme.test'] ?? '';
    await test.database.asPlatform((models) =>
      models.Membership.update({ status: 'suspended' }, { where: { tenantId, userId } }),
    );
    await node.changes.announce('membership', { tenantId, userId });
    expect(await works(person)).toBe(false);
    expect(await refresh(person.refreshToken)).toMatchObject({ status: 401 });
  });
});

describe('the refresh cookie', () => {
  const cookieOf = ({ headers }: Reply) => headers.get('set-cookie')?.split(';')[0] ?? '';

  it('is exchanged for another cookie, and the page never sees the token', async () => {
    const body = { email: EMAIL, password: 'a password of the tests' };
    const first = cookieOf(await node.call('POST', '/api/auth/sign-in', { body }));
    const reply = await node.call('POST', '/api/auth/refresh', { cookie: `theme=dark; ${first}` });
    expect(reply).toMatchObject({ status: 200, body: { tenant: { slug: 'acme' } } });
    expect(reply.body).not.toHaveProperty('refreshToken');
    expect(cookieOf(reply)).toMatch(/^bazaar_refresh=[\w-]{43}$/);
    expect(cookieOf(reply)).not.toBe(first);
    expect((await node.call('POST', '/api/auth/refresh', { cookie: cookieOf(reply) })).status).toBe(200);
  });

  it('is removed when it is of no use', async () => {
    expect(await node.call('POST', '/api/auth/refresh')).toMatchObject(refusal('refresh-token-missing'));
    const reply = await node.call('POST', '/api/auth/refresh', { cookie: 'bazaar_refresh=stale' });
    expect(reply).toMatchObject(refusal('refresh-token-unknown'));
    expect(reply.headers.get('set-cookie')).toMatch(/^bazaar_refresh=; Path=\/api\/auth; Max-Age=0/);
  });
});

describe('signing out', () => {
  it('ends the session of the access token at once, everywhere', async () => {
    const [one, two] = [await signIn(node, EMAIL), await signIn(node, EMAIL)];
    expect([await works(one), await works(one, other)]).toEqual([true, true]);
    const reply = await node.call('POST', '/api/auth/sign-out', { token: one.accessToken });
    expect(reply.status).toBe(204);
    expect(reply.headers.get('set-cookie')).toMatch(/^bazaar_refresh=; Path=\/api\/auth; Max-Age=0/);
    expect(await works(one)).toBe(false);
    await eventually(async () => !(await works(one, other)));
    expect(await refresh(one.refreshToken)).toMatchObject(refusal('refresh-token-ended'));
    expect(await works(two)).toBe(true);
  });

  it('works with the refresh token or the cookie alone, and again, and without anything', async () => {
    const [one, two] = [await signIn(node, EMAIL), await signIn(node, EMAIL)];
    const byBody = { body: { refreshToken: one.refreshToken } };
    const byCookie = { cookie: `bazaar_refresh=${two.refreshToken}` };
    for (const call of [byBody, byCookie, byBody, {}, { cookie: 'bazaar_refresh=nonsense' }]) {
      expect((await node.call('POST', '/api/auth/sign-out', call)).status).toBe(204);
    }
    expect([await works(one), await works(two)]).toEqual([false, false]);
  });
});

describe('sessions', () => {
  it('are listed and revoked by their person only', async () => {
    await createTestTenant(test.database, 'crowd', { 'a@crowd.test': 'owner', 'b@crowd.test': 'owner' });
    const [one, two] = [await signIn(node, 'a@crowd.test'), await signIn(node, 'a@crowd.test')];
    const stranger = await signIn(node, 'b@crowd.test');
    const list = await node.call('GET', '/api/sessions', { token: two.accessToken });
    const items = list.body.items as { id: string; current: boolean; ip: string; userAgent: string }[];
    expect(items).toHaveLength(2);
    expect(items.map(({ current }) => current)).toEqual([true, false]);
    expect(items[0]).toMatchObject({ ip: '192.0.2.1', userAgent: 'tests' });
    const target = `/api/sessions/${items[1]?.id}`;
    expect(await node.call('DELETE', target, { token: stranger.accessToken })).toMatchObject({ status: 404 });
    expect(await works(one)).toBe(true);
    expect((await node.call('DELETE', target, { token: two.accessToken })).status).toBe(204);
    expect([await works(one), await works(two)]).toEqual([false, true]);
    expect(await node.call('DELETE', target, { token: two.accessToken })).toMatchObject({ status: 404 });
    for (const id of ['1', 'x', `urn:uuid:${items[1]?.id}`]) {
      const reply = await node.call('DELETE', `/api/sessions/${id}`, { token: two.accessToken });
      expect([400, 404]).toContain(reply.status);
    }
    // Neither what was ended is listed, nor what has ended with its time.
    const listed = async ({ accessToken }: { accessToken: string }) => {
      const { body } = await node.call('GET', '/api/sessions', { token: accessToken });
      return (body.items as { current: boolean }[]).map(({ current }) => current);
    };
    expect(await listed(two)).toEqual([true]);
    clock.ahead = 8 * DAY;
    expect(await listed(await signIn(node, 'a@crowd.test'))).toEqual([true]);
  });

  it('are listed page by page', async () => {
    for (let turn = 0; turn < 5; turn++) await signIn(node, 'b@crowd.test');
    const { accessToken: token } = await signIn(node, 'b@crowd.test');
    const seen = new Set<string>();
    let path = '/api/sessions?limit=2';
    for (let page = 0; page < 10 && path !== ''; page++) {
      const { body } = await node.call('GET', path, { token });
      for (const { id } of body.items as { id: string }[]) seen.add(id);
      path = body.nextCursor === undefined ? '' : `/api/sessions?limit=2&cursor=${body.nextCursor}`;
    }
    expect(seen.size).toBe(7);
  });

  it('are swept away when they can never be used again', async () => {
    const count = async () => {
      const { rows } = await test.database.platform.query<{ sessions: number; tokens: number; failures: number }>(
        `select (select count(*)::int from core.sessions) as sessions,
                (select count(*)::int from core.refresh_tokens) as tokens,
                (select count(*)::int from core.sign_in_failures) as failures`,
      );
      return rows[0];
    };
    const { sessions } = (await count()) ?? {};
    await node.identity.sweep();
    expect((await count())?.sessions).toBe(sessions);
    clock.ahead = 20 * DAY;
    await node.identity.sweep();
    expect(await count()).toEqual({ sessions, tokens: 0, failures: 0 });
    clock.ahead = 60 * DAY;
    await node.identity.sweep();
    expect(await count()).toEqual({ sessions: 0, tokens: 0, failures: 0 });
  });
});
