import * as bcrypt from '@node-rs/bcrypt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_IDENTITY_CONFIG } from '../../src/identity/index.ts';
import { createTestTenant, PASSWORD, signIn } from '../support/people.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { manifest, startTestNode, type TestNode } from '../support/test-node.ts';

const JOBS = manifest('job-board', {
  permissions: [{ name: 'jobs.read', title: 'Read' }],
  roles: { recruiter: ['jobs.read'] },
});
const UNKNOWN = { status: 401, code: 'invalid-credentials' };

let test: TestDatabase;
let node: TestNode;
let acme: Awaited<ReturnType<typeof createTestTenant>>;

beforeAll(async () => {
  test = await createTestDatabase();
  node = await startTestNode(test.database, { plugins: [JOBS] });
  acme = await createTestTenant(test.database, 'acme', {
    'owner@acme.test': 'owner',
    'recruiter@acme.test': 'recruiter',
  });
  await createTestTenant(test.database, 'northwind', {
    'owner@northwind.test': 'owner',
    'recruiter@acme.test': 'viewer',
  });
  await createTestTenant(test.database, 'demo', { 'demo@acme.test': 'owner' }, { demo: true });
});

afterAll(async () => {
  await node.close();
  await test.drop();
});

async function attempt(email: unknown, password: unknown, more: Record<string, unknown> = {}, ip?: string) {
  const { status, body, headers } = await node.call('POST', '/api/auth/sign-in', {
    body: { email, password, ...more },
    ...(ip === undefined ? {} : { ip }),
  });
  return { status, code: body.code, reason: body.reason, detail: body.detail, body, headers };
}

describe('sign-in', () => {
  it('answers with tokens, tenant, person, permissions and memberships', async () => {
    const { status, body, headers } = await attempt('Owner@Acme.test ', PASSWORD);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      expiresIn: 900,
      tenant: { id: acme.tenantId, slug: 'acme', name: 'acme' },
      user: { id: acme.users['owner@acme.test'], email: 'owner@acme.test', name: 'owner', isOperator: false },
      memberships: [{ tenant: { slug: 'acme' }, roles: ['owner'] }],
    });
    expect((body.user as { permissions: string[] }).permissions).toContain('core:users.manage');
    expect((body.user as { permissions: string[] }).permissions).toContain('job-board:jobs.read');
    const cookie = headers.get('set-cookie');
    expect(cookie).toMatch(/^bazaar_refresh=[\w-]{43}; Path=\/api\/auth; Max-Age=604800; HttpOnly; SameSite=Strict$/);
    const me = await node.call('GET', '/api/me', { token: String(body.accessToken) });
    expect(me).toMatchObject({ status: 200, body: { tenant: { slug: 'acme' }, user: { email: 'owner@acme.test' } } });
  });

  it('enters the tenant that was asked for, otherwise the one used last', async () => {
    expect((await signIn(node, 'recruiter@acme.test', 'acme')).user.permissions).toEqual(['job-board:jobs.read']);
    const there = await signIn(node, 'recruiter@acme.test', 'northwind');
    expect([there.tenant.slug, there.user.permissions]).toEqual(['northwind', []]);
    const again = await signIn(node, 'recruiter@acme.test');
    expect(again.tenant.slug).toBe('northwind');
    expect(again.memberships.map(({ tenant }) => tenant.slug)).toEqual(['northwind', 'acme']);
    for (const tenant of ['demo', 'nowhere', "'"]) {
      expect(await attempt('recruiter@acme.test', PASSWORD, { tenant })).toMatchObject({
        status: 403,
        code: 'forbidden',
        reason: 'no-membership',
      });
    }
  });

  it('does not tell a wrong password from an unknown, inactive or password-less account', async () => {
    await test.database.asPlatform(async (models) => {
      await models.User.create({ email: 'nopassword@acme.test', name: 'x' });
      const { passwordHash } = (await models.User.findOne({ where: { email: 'owner@acme.test' } })) ?? {};
      await models.User.create({
        email: 'gone@acme.test',
        name: 'x',
        status: 'inactive',
        passwordHash: passwordHash ?? null,
      });
    });
    const answers = [
      await attempt('owner@acme.test', 'wrong'),
      await attempt('nobody@acme.test', PASSWORD),
      await attempt('nopassword@acme.test', PASSWORD),
      await attempt('gone@acme.test', PASSWORD),
    ];
    for (const answer of answers) expect(answer).toMatchObject(UNKNOWN);
    expect(new Set(answers.map(({ detail }) => detail)).size).toBe(1);
  });

  it('refuses what is not a sign-in', async () => {
    for (const body of [{}, { email: 'a@b.c' }, { email: 7, password: 'x' }, { email: 'a@b.c', password: '' }]) {
      expect((await node.call('POST', '/api/auth/sign-in', { body })).status).toBe(400);
    }
    expect(await attempt('a@b.c', 'x'.repeat(1025))).toMatchObject({ status: 400, code: 'invalid-input' });
    expect(await attempt(`${"' or 1=1 -- "}@b.c`, 'x')).toMatchObject(UNKNOWN);
  });

  it('refuses demo accounts outside demo mode, and their sessions and refresh tokens too', async () => {
    const demo = await signIn(node, 'demo@acme.test');
    const earnest = await startTestNode(test.database, { config: { demo: false } });
    try {
      const body = { email: 'demo@acme.test', password: PASSWORD };
      expect(await earnest.call('POST', '/api/auth/sign-in', { body })).toMatchObject({ status: 401 });
      expect(await earnest.call('GET', '/api/me', { token: demo.accessToken })).toMatchObject({
        status: 401,
        body: { reason: 'session-ended' },
      });
      const refresh = { body: { refreshToken: demo.refreshToken } };
      expect(await earnest.call('POST', '/api/auth/refresh', refresh)).toMatchObject({ status: 401 });
      expect((await signIn(earnest, 'owner@acme.test')).tenant.slug).toBe('acme');
    } finally {
      await earnest.close();
    }
  });

  it('replaces a bcrypt hash at the first sign-in', async () => {
    const passwordHash = await bcrypt.hash(PASSWORD, { cost: 12 });
    const where = { email: 'owner@northwind.test' };
    await test.database.asPlatform((models) => models.User.update({ passwordHash }, { where }));
    await signIn(node, 'owner@northwind.test');
    const stored = await test.database.asPlatform((models) => models.User.findOne({ where }));
    expect(stored?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(stored?.lastSignInAt).toBeInstanceOf(Date);
    await signIn(node, 'owner@northwind.test');
  });

  it('is in the audit log', async () => {
    const { accessToken } = await signIn(node, 'owner@acme.test');
    const { body } = await node.call('GET', '/api/audit?action=session.opened&limit=1', { token: accessToken });
    expect(body.items).toMatchObject([
      {
        actor: { kind: 'user', id: acme.users['owner@acme.test'], name: 'owner' },
        ip: '192.0.2.1',
        userAgent: 'tests',
      },
    ]);
  });
});

describe('failed sign-ins', () => {
  it('lock the account from that address, on every node; successful ones do not count', async () => {
    const other = await startTestNode(test.database);
    try {
      const ip = '198.51.100.7';
      const body = { email: 'owner@acme.test', password: PASSWORD };
      for (let turn = 0; turn < 12; turn++) {
        expect((await node.call('POST', '/api/auth/sign-in', { ip, body })).status).toBe(200);
      }
      for (let turn = 0; turn < 10; turn++)
        expect(await attempt('owner@acme.test', 'wrong', {}, ip)).toMatchObject(UNKNOWN);
      const refused = await attempt('owner@acme.test', PASSWORD, {}, ip);
      expect(refused).toMatchObject({ status: 429, code: 'rate-limited' });
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(800);
      expect((await other.call('POST', '/api/auth/sign-in', { ip, body })).status).toBe(429);
      expect((await other.call('POST', '/api/auth/sign-in', { ip: '198.51.100.8', body })).status).toBe(200);
    } finally {
      await other.close();
    }
  });

  it('are limited alike for accounts that do not exist', async () => {
    const statuses = [];
    for (let turn = 0; turn < 11; turn++)
      statuses.push((await attempt('nobody@x.test', 'wrong', {}, '198.51.100.9')).status);
    expect(statuses).toEqual([...Array(10).fill(401), 429]);
  });

  it('are forgotten for the account after a success', async () => {
    const ip = '198.51.100.10';
    for (let round = 0; round < 3; round++) {
      for (let turn = 0; turn < 9; turn++) expect((await attempt('owner@acme.test', 'wrong', {}, ip)).status).toBe(401);
      expect((await attempt('owner@acme.test', PASSWORD, {}, ip)).status).toBe(200);
    }
  });

  it('cannot be outrun by guessing in parallel', async () => {
    const guesses = Array.from({ length: 60 }, () => attempt('owner@acme.test', 'wrong', {}, '198.51.100.11'));
    const statuses = (await Promise.all(guesses)).map(({ status }) => status);
    const evaluated = statuses.filter((status) => status === 401).length;
    expect(evaluated).toBeGreaterThanOrEqual(10);
    expect(evaluated).toBeLessThanOrEqual(16);
    expect(statuses.filter((status) => status === 429).length).toBe(60 - evaluated);
  });

  it('from one address are limited, whatever the accounts; an IPv6 network counts as one', async () => {
    const narrow = await startTestNode(test.database, {
      config: { signInLimits: { ...DEFAULT_IDENTITY_CONFIG.signInLimits, failuresPerAddress: 3 } },
    });
    try {
      const guess = async (email: string, ip: string) =>
        (await narrow.call('POST', '/api/auth/sign-in', { ip, body: { email, password: 'wrong' } })).status;
      expect(await guess('a@x.test', '2001:db8::1')).toBe(401);
      expect(await guess('b@x.test', '2001:db8::2')).toBe(401);
      expect(await guess('c@x.test', '2001:db8::3')).toBe(401);
      expect(await guess('d@x.test', '2001:db8::4')).toBe(429);
      expect(await guess('d@x.test', '2001:db9::4')).toBe(401);
    } finally {
      await narrow.close();
    }
  });

  it('for one account, and those that name one tenant, are limited from anywhere', async () => {
    const limits = { ...DEFAULT_IDENTITY_CONFIG.signInLimits, failuresPerAccountAnywhere: 3, failuresPerTenant: 3 };
    const narrow = await startTestNode(test.database, { config: { signInLimits: limits } });
    let network = 0;
    const guess = async (email: string, more: object = {}) => {
      network += 1;
      const body = { email, password: 'wrong', ...more };
      return (await narrow.call('POST', '/api/auth/sign-in', { ip: `203.0.113.${network}`, body })).status;
    };
    try {
      const statuses = [];
      for (let count = 0; count < 4; count += 1) statuses.push(await guess('target@x.test'));
      expect(statuses).toEqual([401, 401, 401, 429]);
      expect(await guess('another@x.test')).toBe(401);
      const named = [];
      for (let count = 0; count < 4; count += 1) named.push(await guess(`p${count}@x.test`, { tenant: 'demo' }));
      expect(named).toEqual([401, 401, 401, 429]);
      expect(await guess('p9@x.test', { tenant: 'northwind' })).toBe(401);
      expect(await guess('p9@x.test')).toBe(401);
    } finally {
      await narrow.close();
    }
  });

  it('leave no password or address of an account in the database', async () => {
    const { rows } = await test.database.platform.query<{ key: string }>('select key from core.sign_in_failures');
    expect(rows.length).toBeGreaterThan(0);
    for (const { key } of rows) expect(key).not.toMatch(/acme|@/);
  });
});
