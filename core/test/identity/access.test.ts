import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/data/index.ts';
import { createTenantDirectory } from '../../src/tenancy/index.ts';
import { createTestTenant, eventually, signIn } from '../support/people.ts';
import { createTestDatabase, silentLogger, type TestDatabase } from '../support/test-database.ts';
import { manifest, startTestNode, type TestNode } from '../support/test-node.ts';

const JOBS = manifest('job-board', {
  permissions: [
    { name: 'jobs.read', title: 'Read' },
    { name: 'jobs.write', title: 'Write' },
  ],
  roles: { recruiter: ['jobs.read'] },
});

let test: TestDatabase;
let node: TestNode;
let far: TestNode;
let closeFar: () => Promise<void>;
let acme: Awaited<ReturnType<typeof createTestTenant>>;

beforeAll(async () => {
  test = await createTestDatabase();
  // A second process in all but the process: its own pools, its own listening connection.
  const elsewhere = await openDatabase({
    server: { connection: test.connection },
    secret: 'secret of the tests',
    logger: silentLogger,
  });
  node = await startTestNode(test.database, { plugins: [JOBS] });
  far = await startTestNode(elsewhere, { plugins: [JOBS] });
  closeFar = async () => {
    await far.close();
    await elsewhere.close();
  };
  acme = await createTestTenant(test.database, 'acme', {
    'owner@acme.test': 'owner',
    'recruiter@acme.test': 'recruiter',
  });
});

afterAll(async () => {
  await closeFar();
  await node.close();
  await test.drop();
});

async function permissions(at: TestNode, token: string): Promise<readonly string[]> {
  return (await at.identity.authenticate(token)).permissions;
}

describe('access', () => {
  it('follows a change of roles on every node', async () => {
    const { accessToken, user } = await signIn(node, 'recruiter@acme.test');
    for (const at of [node, far]) expect(await permissions(at, accessToken)).toEqual(['job-board:jobs.read']);

    const where = { tenantId: acme.tenantId, name: 'recruiter' };
    await test.database.asPlatform((models) => models.Role.update({ permissions: ['core:audit.read'] }, { where }));
    await node.changes.announce('role', { tenantId: acme.tenantId });
    const both = ['core:audit.read', 'job-board:jobs.read'];
    expect(await permissions(node, accessToken)).toEqual(both);
    await eventually(async () => (await permissions(far, accessToken)).length === 2);

    const membership = { tenantId: acme.tenantId, userId: user.id };
    await test.database.asPlatform((models) => models.MembershipRole.destroy({ where: membership }));
    await far.changes.announce('membership', membership);
    expect(await permissions(far, accessToken)).toEqual([]);
    await eventually(async () => (await permissions(node, accessToken)).length === 0);
  });

  it('follows the plugins that are active', async () => {
    const { accessToken } = await signIn(node, 'owner@acme.test');
    expect(await permissions(node, accessToken)).toContain('job-board:jobs.write');
    await node.setPlugins(manifest('crm', { permissions: [{ name: 'deals.read', title: 'Read' }] }));
    const now = await permissions(node, accessToken);
    expect(now).toContain('crm:deals.read');
    expect(now).not.toContain('job-board:jobs.write');
    await node.setPlugins(JOBS);
  });

  it('ends with the account', async () => {
    const { tenantId } = await createTestTenant(test.database, 'gone', { 'gone@acme.test': 'owner' });
    const { accessToken, user } = await signIn(node, 'gone@acme.test');
    expect((await node.identity.authenticate(accessToken)).tenant.id).toBe(tenantId);
    await far.identity.authenticate(accessToken);
    await test.database.asPlatform((models) => models.User.update({ status: 'inactive' }, { where: { id: user.id } }));
    await node.changes.announce('membership', { userId: user.id });
    await expect(node.identity.authenticate(accessToken)).rejects.toMatchObject({ reason: 'session-ended' });
    await eventually(() =>
      far.identity.authenticate(accessToken).then(
        () => false,
        () => true,
      ),
    );
  });

  it('does not keep what was read before a change that came in between', async () => {
    const people = { 'racer@acme.test': 'owner' };
    const { tenantId, users } = await createTestTenant(test.database, 'race', people);
    const userId = users['racer@acme.test'] ?? '';
    for (let round = 0; round < 20; round++) {
      const { accessToken } = await signIn(node, 'racer@acme.test');
      await node.changes.announce('membership', { userId });
      const reads = Promise.allSettled([accessToken, accessToken].map((token) => node.identity.authenticate(token)));
      const status = round % 2 === 0 ? 'suspended' : 'active';
      await test.database.asPlatform((models) => models.Membership.update({ status }, { where: { tenantId, userId } }));
      await node.changes.announce('membership', { userId });
      await reads;
      const after = node.identity.authenticate(accessToken).then(
        () => 'active',
        () => 'suspended',
      );
      expect(await after).toBe(status);
      if (status === 'suspended') {
        await test.database.asPlatform((models) =>
          models.Membership.update({ status: 'active' }, { where: { tenantId, userId } }),
        );
        await node.changes.announce('membership', { userId });
      }
    }
  });

  it('gives a principal that nobody can change for the others', async () => {
    const { accessToken } = await signIn(node, 'owner@acme.test');
    const principal = await node.identity.authenticate(accessToken);
    expect(await node.identity.authenticate(accessToken)).toBe(principal);
    expect(
      Object.isFrozen(principal) && Object.isFrozen(principal.permissions) && Object.isFrozen(principal.user),
    ).toBe(true);
  });

  it('costs microseconds for a token seen before', async () => {
    const { accessToken } = await signIn(node, 'owner@acme.test');
    await node.identity.authenticate(accessToken);
    const rounds = 1_000;
    // The best of several: others work on this machine.
    let micros = Number.POSITIVE_INFINITY;
    for (let attempt = 0; attempt < 20; attempt++) {
      const from = performance.now();
      for (let round = 0; round < rounds; round++)
        await node.identity.authenticate(`${accessToken.slice(0, 20)}${accessToken.slice(20)}`);
      micros = Math.min(micros, ((performance.now() - from) * 1000) / rounds);
    }
    expect(micros).toBeLessThan(50);
  });
});

describe('people', () => {
  it('change their own name, which is trimmed, audited and seen at once', async () => {
    const { accessToken: token } = await signIn(node, 'owner@acme.test');
    expect(await node.call('PATCH', '/api/me', { token, body: { name: '  Olivia Owner ' } })).toMatchObject({
      status: 200,
      body: { name: 'Olivia Owner' },
    });
    expect(await node.call('GET', '/api/me', { token })).toMatchObject({ body: { user: { name: 'Olivia Owner' } } });
    for (const body of [
      {},
      { name: '' },
      { name: '   ' },
      { name: 'x'.repeat(121) },
      { name: 'Eve\r\nhttps://evil.test' },
      { name: 'Eve\u202Etset.live' },
      { name: 'x', email: 'y@z.test' },
    ]) {
      expect((await node.call('PATCH', '/api/me', { token, body })).status).toBe(400);
    }
    const audit = await node.call('GET', '/api/audit?action=profile.changed', { token });
    expect(audit.body.items).toMatchObject([{ detail: { fields: ['name'] } }]);
  });

  it('are listed within their tenant, filtered literally, page by page', async () => {
    const names = Array.from({ length: 7 }, (_, index) => `person${index}@list.test`);
    await createTestTenant(test.database, 'listed', {
      ...Object.fromEntries(names.map((email) => [email, 'viewer'])),
      '50%_off@list.test': 'admin',
    });
    const { accessToken: token } = await signIn(node, '50%_off@list.test');
    const seen: string[] = [];
    let path = '/api/users?limit=3';
    while (path !== '') {
      const { body } = await node.call('GET', path, { token });
      seen.push(...(body.items as { email: string }[]).map(({ email }) => email));
      path = body.nextCursor === undefined ? '' : `/api/users?limit=3&cursor=${body.nextCursor}`;
    }
    expect(seen).toEqual(['50%_off@list.test', ...names]);
    const found = async (q: string) =>
      ((await node.call('GET', `/api/users?q=${encodeURIComponent(q)}`, { token })).body.items as unknown[]).length;
    expect([await found('%'), await found('_'), await found('PERSON'), await found('acme'), await found("'")]).toEqual([
      1, 1, 7, 0, 0,
    ]);
    const { body } = await node.call('GET', '/api/users?q=50', { token });
    expect(body.items).toMatchObject([{ name: '50%_off', status: 'active', roles: ['admin'] }]);
    expect(JSON.stringify(body)).not.toMatch(/argon2|password/i);
  });

  it('and roles need a permission to be listed', async () => {
    const { accessToken: token } = await signIn(node, 'person0@list.test');
    for (const path of ['/api/users', '/api/roles', '/api/audit', '/api/plugins']) {
      expect(await node.call('GET', path, { token })).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    }
    for (const path of ['/api/users', '/api/me', '/api/sessions', '/api/tasks']) {
      expect(await node.call('GET', path)).toMatchObject({ status: 401 });
    }
  });

  it('have roles that say what their holders may do now', async () => {
    const { accessToken: token } = await signIn(node, '50%_off@list.test');
    const { body } = await node.call('GET', '/api/roles', { token });
    const roles = body.items as { name: string; builtIn: boolean; permissions: string[] }[];
    expect(roles.map(({ name }) => name)).toEqual(['admin', 'manager', 'owner', 'recruiter', 'sales', 'viewer']);
    expect(roles.find(({ name }) => name === 'recruiter')).toMatchObject({
      builtIn: true,
      permissions: ['job-board:jobs.read'],
    });
    expect(roles.find(({ name }) => name === 'owner')?.permissions).toContain('job-board:jobs.write');
  });
});

describe('a workspace', () => {
  it('is renamed, and says of itself what its administrators let it say', async () => {
    const { tenantId } = await createTestTenant(test.database, 'firm', {
      'chief@firm.test': 'admin',
      'clerk@firm.test': 'viewer',
    });
    const directory = createTenantDirectory(test.database, far.changes);
    expect(await directory.bySlug('firm')).toMatchObject({ name: 'firm' });
    const { accessToken: token } = await signIn(node, 'chief@firm.test');
    const { accessToken: clerk } = await signIn(far, 'clerk@firm.test');
    const workspace = { id: tenantId, slug: 'firm', name: 'firm', profile: {}, logo: null, verifiedAt: null };
    const read = async () => (await node.call('GET', '/api/tenant', { token })).body;
    expect(await read()).toEqual(workspace);

    const change = (body: object) => node.call('PATCH', '/api/tenant', { token, body });
    const refused: [object, string][] = [
      [{}, ''],
      [{ name: ' ' }, '/name'],
      [{ name: 'Eve\r\nhttps://evil.test' }, '/name'],
      [{ name: 'x'.repeat(121) }, '/name'],
      [{ slug: 'other' }, '/slug'],
      [{ profile: { website: 'javascript:alert(1)' } }, '/profile/website'],
      [{ profile: { website: 'acme' } }, '/profile/website'],
      [{ profile: { foundedYear: 999 } }, '/profile/foundedYear'],
      [{ profile: { foundedYear: 9000 } }, '/profile/foundedYear'],
      [{ profile: { industry: 'piracy' } }, '/profile/industry'],
      [{ profile: { type: 'pirate' } }, '/profile/type'],
      [{ verifiedAt: '2026-01-01T00:00:00Z' }, '/verifiedAt'],
      [{ profile: { size: 12 } }, '/profile/size'],
      [{ profile: { description: 'x'.repeat(2001) } }, '/profile/description'],
      [{ profile: { headquarters: 'Berlin\nParis' } }, '/profile/headquarters'],
      [{ profile: { verified: true } }, '/profile/verified'],
    ];
    for (const [body, pointer] of refused) {
      expect(await change(body), JSON.stringify(body)).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
    }
    expect(await read()).toEqual(workspace);
    for (const method of ['GET', 'PATCH']) {
      const sent = method === 'GET' ? {} : { body: { name: 'Clerk and Sons' } };
      expect((await far.call(method, '/api/tenant', { token: clerk, ...sent })).status).toBe(403);
      expect((await far.call(method, '/api/tenant', sent)).status).toBe(401);
    }

    const profile = { website: 'https://firm.test', type: 'employer', industry: 'staffing', foundedYear: 1999 };
    const changed = { ...workspace, name: 'The Firm', profile };
    expect((await change({ name: '  The Firm ', profile: { ...profile, description: ' ' } })).body).toEqual(changed);
    expect(await read()).toEqual(changed);
    expect((await node.identity.authenticate(token)).tenant).toEqual({ id: tenantId, slug: 'firm', name: 'The Firm' });
    await eventually(async () => (await far.identity.authenticate(clerk)).tenant.name === 'The Firm');
    await eventually(async () => (await directory.bySlug('firm'))?.name === 'The Firm');
    directory.close();

    // What says nothing new is no change.
    expect((await change({ name: 'The Firm', profile: { industry: 'staffing' } })).status).toBe(200);
    const { body } = await change({ profile: { industry: null, type: null, size: '11-50' } });
    expect(body.profile).toEqual({ website: 'https://firm.test', foundedYear: 1999, size: '11-50' });
    const audit = await node.call('GET', '/api/audit?action=tenant.changed', { token });
    expect(audit.body.items).toMatchObject([
      { entityId: tenantId, detail: { fields: ['industry', 'size', 'type'] } },
      { entityId: tenantId, detail: { fields: ['foundedYear', 'industry', 'name', 'type', 'website'] } },
    ]);
    expect(audit.body.items).toHaveLength(2);
  });
});
