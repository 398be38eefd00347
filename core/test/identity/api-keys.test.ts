import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditedActions } from '../support/audited.ts';
import { createTestTenant, PASSWORD, signIn } from '../support/people.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { manifest, startTestNode, type TestNode } from '../support/test-node.ts';

const JOBS = manifest('job-board', {
  permissions: [{ name: 'jobs.read', title: 'Read jobs' }],
  roles: { recruiter: ['jobs.read'], viewer: ['jobs.read'] },
});

let test: TestDatabase;
let node: TestNode;
let other: TestNode;
let acme: Awaited<ReturnType<typeof createTestTenant>>;
const clock = { ahead: 0 };

beforeAll(async () => {
  test = await createTestDatabase();
  node = await startTestNode(test.database, { plugins: [JOBS], clock });
  other = await startTestNode(test.database, { plugins: [JOBS], clock });
  acme = await createTestTenant(test.database, 'acme', {
    'owner@acme.test': 'owner',
    'admin@acme.test': 'admin',
    'vera@acme.test': 'viewer',
    'ron@acme.test': 'recruiter',
  });
});

afterAll(async () => {
  await node.close();
  await other.close();
  await test.drop();
});

const call = (method: string, path: string, { accessToken }: { accessToken: string }, body?: object) =>
  node.call(method, path, { token: accessToken, ...(body === undefined ? {} : { body }) });
const as = (email: string) => signIn(node, email);

describe('API keys', () => {
  async function keyOf(email: string, body: object) {
    const session = await as(email);
    const reply = await call('POST', '/api/keys', session, { name: 'Export', ...body });
    return { session, reply, key: String(reply.body.key), id: String(reply.body.id) };
  }

  it('speak for their maker, within their scopes, until they are revoked', async () => {
    const { session, reply, key, id } = await keyOf('admin@acme.test', { permissions: ['core:users.read'] });
    expect(reply.status).toBe(201);
    const get = async (path: string, at = node) => (await at.call('GET', path, { token: key })).status;
    expect([await get('/api/users'), await get('/api/audit'), await get('/api/me')]).toEqual([200, 403, 200]);
    expect(await get('/api/users', other)).toBe(200);
    for (const [method, path] of [
      ['GET', '/api/sessions'],
      ['PATCH', '/api/me'],
      ['POST', '/api/keys'],
    ] as const) {
      const refused = await node.call(method, path, {
        token: key,
        ...(method === 'GET' ? {} : { body: { name: 'x' } }),
      });
      expect(refused.status, path).toBe(403);
    }
    await expect
      .poll(
        async () => ((await call('GET', '/api/keys', session)).body.items as { lastUsedAt: unknown }[])[0]?.lastUsedAt,
      )
      .toEqual(expect.any(String));
    expect(JSON.stringify((await call('GET', '/api/keys', session)).body)).not.toContain(key.slice(-20));
    expect((await call('DELETE', `/api/keys/${id}`, session)).status).toBe(204);
    expect(await get('/api/users')).toBe(401);
    await expect.poll(() => get('/api/users', other)).toBe(401);
  });

  it('end with their time, with their maker’s rights and with the membership', async () => {
    const soon = new Date(Date.now() + 3_600_000).toISOString();
    const { key } = await keyOf('admin@acme.test', { permissions: ['core:users.read'], expiresAt: soon });
    const status = async (token: string) => (await node.call('GET', '/api/users', { token })).status;
    expect(await status(key)).toBe(200);
    clock.ahead = 3_700_000;
    expect(await status(key)).toBe(401);
    clock.ahead = 0;

    const owner = await as('owner@acme.test');
    const { key: rons } = await (async () => {
      const give = (roles: string[]) =>
        call('PUT', `/api/users/${acme.users['ron@acme.test']}/roles`, owner, { roles });
      await give(['admin']);
      const made = await keyOf('ron@acme.test', { permissions: ['core:users.read'] });
      expect(await status(made.key)).toBe(200);
      await give(['viewer']);
      return made;
    })();
    expect(await status(rons)).toBe(403);
    expect((await call('DELETE', `/api/users/${acme.users['ron@acme.test']}`, owner)).status).toBe(204);
    expect(await status(rons)).toBe(401);
  });

  it('take a recent proof, and no more than one holds', async () => {
    const vera = await signIn(node, 'vera@acme.test', 'acme');
    expect((await call('POST', '/api/keys', vera, { name: 'x', permissions: ['core:users.read'] })).status).toBe(403);
    const { reply } = await keyOf('admin@acme.test', { permissions: ['job-board:no.such'] });
    expect(reply).toMatchObject({ status: 403, body: { errors: [{ pointer: '/permissions/0' }] } });
    const past = await keyOf('admin@acme.test', {
      permissions: ['core:users.read'],
      expiresAt: '2020-01-01T00:00:00Z',
    });
    expect(past.reply).toMatchObject({ status: 400, body: { errors: [{ pointer: '/expiresAt' }] } });
    const admin = await as('admin@acme.test');
    await test.database.platform.query("update core.sessions set proven_at = now() - interval '1 hour'");
    await node.changes.announce('membership', { userId: admin.user.id });
    const late = await call('POST', '/api/keys', admin, { name: 'x', permissions: ['core:users.read'] });
    expect(late).toMatchObject({ status: 403, body: { code: 'sudo-required' } });
    expect((await call('POST', '/api/auth/prove', admin, { password: PASSWORD })).status).toBe(204);
    expect((await call('POST', '/api/keys', admin, { name: 'x', permissions: ['core:users.read'] })).status).toBe(201);
  });

  it.each(['bzk_', `bzk_${'0'.repeat(32)}_${'a'.repeat(43)}`, `bzk_${'g'.repeat(32)}_${'a'.repeat(43)}`])(
    'that do not exist are refused: %s',
    async (token) => {
      expect(await node.call('GET', '/api/users', { token })).toMatchObject({
        status: 401,
        body: { reason: 'key-invalid' },
      });
    },
  );

  it('may be used so often a minute', async () => {
    const few = await startTestNode(test.database, { plugins: [JOBS], config: { keyRequestsPerMinute: 3 } });
    const { key } = await keyOf('admin@acme.test', { permissions: ['core:users.read'] });
    const statuses = [];
    for (let count = 0; count < 5; count += 1)
      statuses.push((await few.call('GET', '/api/users', { token: key })).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    await few.close();
  });
});

it('whatever was changed here stands in the audit log', async () => {
  expect(await auditedActions(test)).toEqual(
    expect.arrayContaining(['api-key.created', 'api-key.revoked', 'member.removed']),
  );
});
