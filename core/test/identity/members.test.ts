import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditedActions } from '../support/audited.ts';
import { createTestTenant, type SignedInReply, signIn } from '../support/people.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { manifest, startTestNode, type TestNode } from '../support/test-node.ts';
import { letter } from './support/mailbox.ts';

const JOBS = manifest('job-board', {
  permissions: [
    { name: 'jobs.read', title: 'Read jobs' },
    { name: 'jobs.write', title: 'Write jobs' },
  ],
  roles: { recruiter: ['jobs.read', 'jobs.write'], viewer: ['jobs.read'] },
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
  await createTestTenant(test.database, 'northwind', { 'nora@northwind.test': 'owner', 'vera@acme.test': 'recruiter' });
});

afterAll(async () => {
  await node.close();
  await other.close();
  await test.drop();
});

const call = (method: string, path: string, { accessToken }: { accessToken: string }, body?: object) =>
  node.call(method, path, { token: accessToken, ...(body === undefined ? {} : { body }) });
const as = (email: string) => signIn(node, email);
const permissionsOf = async (at: TestNode, token: string) => {
  const { body } = await at.call('GET', '/api/me', { token });
  return (body.user as { permissions: string[] } | undefined)?.permissions ?? null;
};

async function audited(action: string): Promise<Record<string, unknown>[]> {
  const { rows } = await test.database.platform.query(
    'select detail, actor_id as actor from core.audit_log where action = $1 order by at',
    [action],
  );
  return rows;
}

describe('when somebody was last active', () => {
  it('is known to five minutes, on every node, whatever they did', async () => {
    const [admin, ron] = [await as('admin@acme.test'), await as('ron@acme.test')];
    const shown = async () => {
      const { items } = (await call('GET', '/api/users?q=ron@acme', admin)).body as { items: unknown[] };
      const one = (await call('GET', `/api/users/${ron.user.id}`, admin)).body as Record<string, unknown>;
      expect(items).toMatchObject([{ lastSignInAt: one.lastSignInAt, lastActiveAt: one.lastActiveAt }]);
      return Date.parse(String(one.lastActiveAt));
    };
    const before = await shown();
    const requests = async (minutesLater: number) => {
      clock.ahead = minutesLater * 60_000;
      for (const at of [node, node, other]) await at.call('GET', '/api/me', { token: ron.accessToken });
    };
    try {
      await requests(4);
      await requests(6);
      await expect.poll(shown).toBeGreaterThanOrEqual(before + 6 * 60_000);
      const { items } = (await call('GET', '/api/sessions', ron)).body as { items: Record<string, unknown>[] };
      expect(Date.parse(String(items.find(({ current }) => current)?.lastUsedAt))).toBe(await shown());
    } finally {
      clock.ahead = 0;
    }
  });
});

describe('invitations', () => {
  it('bring a new person in with the chosen roles, once', async () => {
    const admin = await as('admin@acme.test');
    const sent = await call('POST', '/api/invitations', admin, { email: 'New@Person.example', roles: ['viewer'] });
    expect(sent).toMatchObject({
      status: 201,
      body: { email: 'new@person.example', roles: ['viewer'], state: 'open' },
    });
    const { token } = await letter(test, 'invitation', 'new@person.example');
    const looked = await node.call('POST', '/api/auth/invitation', { body: { token } });
    expect(looked.body).toEqual({
      tenant: { slug: 'acme', name: 'acme' },
      email: 'new@person.example',
      roles: ['Viewer'],
      account: 'new',
      signedIn: false,
    });
    const accept = (body: object) => node.call('POST', '/api/auth/accept-invitation', { body: { token, ...body } });
    expect(await accept({ password: 'nine brown bears' })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/name' }] },
    });
    expect(await accept({ name: 'Neo', password: 'new@person.example' })).toMatchObject({ status: 400 });
    const [one, two] = await Promise.all([
      accept({ name: 'Neo', password: 'nine brown bears' }),
      accept({ name: 'Neo', password: 'nine brown bears' }),
    ]);
    expect([one.status, two.status].sort()[0]).toBe(200);
    expect([one.status, two.status].sort()[1]).toBeGreaterThanOrEqual(400);
    expect([one.status, two.status].sort()[1]).toBeLessThan(500);
    const joined = one.status === 200 ? one : two;
    expect(joined.body).toMatchObject({ tenant: { slug: 'acme' }, user: { permissions: ['job-board:jobs.read'] } });
    expect(await audited('invitation.accepted')).toHaveLength(1);
  });

  it('bring in who has an account by their password, and who is signed in without', async () => {
    const admin = await as('admin@acme.test');
    await call('POST', '/api/invitations', admin, { email: 'nora@northwind.test', roles: ['recruiter'] });
    const { token } = await letter(test, 'invitation', 'nora@northwind.test');
    const accept = (body: object, session?: SignedInReply) =>
      node.call('POST', '/api/auth/accept-invitation', {
        body: { token, ...body },
        ...(session ? { token: session.accessToken } : {}),
      });
    expect((await accept({ password: 'a guess, no more' })).status).toBe(401);
    expect((await accept({}, await as('vera@acme.test'))).status).toBe(400);
    const nora = await as('nora@northwind.test');
    expect((await accept({}, nora)).body).toMatchObject({ tenant: { slug: 'acme' } });
    // She goes on in the other tenant: the session she came with has ended.
    expect((await call('GET', '/api/me', nora)).status).toBe(401);
    const again = await call('POST', '/api/invitations', admin, { email: 'nora@northwind.test', roles: ['viewer'] });
    expect(again).toMatchObject({ status: 409, body: { reason: 'already-member' } });
  });

  it('can be sent again, taken back, and end', async () => {
    const admin = await as('admin@acme.test');
    const { body } = await call('POST', '/api/invitations', admin, { email: 'late@x.example', roles: ['viewer'] });
    const first = await letter(test, 'invitation', 'late@x.example');
    const twice = await call('POST', '/api/invitations', admin, { email: 'late@x.example', roles: ['viewer'] });
    expect(twice).toMatchObject({ status: 409, body: { reason: 'already-invited' } });
    expect((await call('POST', `/api/invitations/${String(body.id)}/resend`, admin)).status).toBe(200);
    const second = await letter(test, 'invitation', 'late@x.example', first.token);
    const look = async (token: string) => (await node.call('POST', '/api/auth/invitation', { body: { token } })).status;
    expect([await look(first.token), await look(second.token)]).toEqual([400, 200]);
    clock.ahead = 8 * 86_400_000;
    expect(await look(second.token)).toBe(400);
    clock.ahead = 0;
    expect((await call('DELETE', `/api/invitations/${String(body.id)}`, admin)).status).toBe(204);
    expect(await look(second.token)).toBe(400);
    expect((await call('DELETE', `/api/invitations/${String(body.id)}`, admin)).status).toBe(404);
  });

  it('never take more seats than there are, also when they are sent all at once', async () => {
    const { tenantId } = await createTestTenant(test.database, 'small', { 'boss@small.test': 'owner' });
    await test.database.platform.query('update core.tenants set max_users = 3 where id = $1', [tenantId]);
    const boss = await as('boss@small.test');
    const replies = await Promise.all(
      Array.from({ length: 8 }, (_none, index) =>
        call('POST', '/api/invitations', boss, { email: `p${index}@small.test`, roles: ['viewer'] }),
      ),
    );
    expect(replies.map(({ status }) => status).filter((status) => status === 201)).toHaveLength(2);
    for (const { status, body } of replies) {
      if (status !== 201) expect([status, body.reason]).toEqual([409, 'seats-exhausted']);
    }
    expect((await call('GET', '/api/seats', boss)).body).toMatchObject({ seats: 3, members: 1, invitations: 2 });
    const { body } = await call('GET', '/api/invitations?limit=1', boss);
    expect(body.items).toHaveLength(1);
    expect(typeof body.nextCursor).toBe('string');
  });

  it.each([
    [{ email: 'x@y.example', roles: [] }, '/roles'],
    [{ email: 'x@y.example', roles: ['nothing'] }, '/roles/0'],
    [{ email: 'no address', roles: ['viewer'] }, '/email'],
    [{ email: 'x@y.example\r\nBcc: z@y.example', roles: ['viewer'] }, '/email'],
  ])('refuse %j', async (body, pointer) => {
    const reply = await call('POST', '/api/invitations', await as('admin@acme.test'), body);
    expect(reply).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
  });
});

describe('members', () => {
  const path = (email: string, what = '') => `/api/users/${acme.users[email]}${what}`;

  it('are shut out and let in again, at once and on every node', async () => {
    const admin = await as('admin@acme.test');
    const ron = await as('ron@acme.test');
    const on = async (at: TestNode) => (await at.call('GET', '/api/me', { token: ron.accessToken })).status;
    expect(await on(other)).toBe(200);
    expect((await call('POST', path('ron@acme.test', '/suspend'), admin)).status).toBe(204);
    expect(await on(node)).toBe(401);
    await expect.poll(() => on(other)).toBe(401);
    expect((await call('POST', path('ron@acme.test', '/reactivate'), admin)).status).toBe(204);
    expect(await on(node)).toBe(200);
    expect(await audited('member.suspended')).toHaveLength(1);
  });

  it('get other roles, none beyond those of who gives them', async () => {
    const owner = await as('owner@acme.test');
    const admin = await as('admin@acme.test');
    const give = (who: SignedInReply, email: string, ...roles: string[]) =>
      call('PUT', path(email, '/roles'), who, { roles });
    expect(await give(admin, 'vera@acme.test', 'owner')).toMatchObject({
      status: 403,
      body: { reason: 'more-than-yours' },
    });
    expect(await give(admin, 'owner@acme.test', 'viewer')).toMatchObject({ status: 403 });
    expect(await give(owner, 'owner@acme.test', 'viewer')).toMatchObject({
      status: 409,
      body: { reason: 'last-owner' },
    });
    expect((await give(owner, 'admin@acme.test', 'admin', 'owner')).status).toBe(200);
    expect((await give(owner, 'admin@acme.test', 'admin')).body).toEqual({ roles: ['admin'] });
    const vera = await as('vera@acme.test');
    expect((await call('PUT', path('ron@acme.test', '/roles'), vera, { roles: ['viewer'] })).status).toBe(403);
    const strange = '/api/users/00000000-0000-4000-8000-000000000000';
    expect((await call('DELETE', strange, admin)).status).toBe(404);
    expect((await call('DELETE', '/api/users/nobody', admin)).status).toBe(400);
  });

  it('leave with their sessions and keys; of two last owners one stays', async () => {
    const { users } = await createTestTenant(test.database, 'pair', { 'a@pair.test': 'owner', 'b@pair.test': 'owner' });
    const [a, b] = [await as('a@pair.test'), await as('b@pair.test')];
    const replies = await Promise.all([
      call('DELETE', `/api/users/${users['b@pair.test']}`, a),
      call('DELETE', `/api/users/${users['a@pair.test']}`, b),
    ]);
    expect(replies.map(({ status }) => status).filter((status) => status === 204)).toHaveLength(1);
    const left = await test.database.platform.query(
      "select 1 from core.membership_roles r join core.tenants t on t.id = r.tenant_id where t.slug = 'pair'",
    );
    expect(left.rows).toHaveLength(1);
  });
});

describe('roles', () => {
  it('of a tenant take effect at once, on every node, and name what they are made of', async () => {
    const admin = await as('admin@acme.test');
    const { body: groups } = await call('GET', '/api/permissions', admin);
    expect(groups.items).toContainEqual({
      plugin: 'job-board',
      title: 'job-board',
      permissions: [
        { name: 'job-board:jobs.read', title: 'Read jobs' },
        { name: 'job-board:jobs.write', title: 'Write jobs' },
      ],
    });
    const made = await call('POST', '/api/roles', admin, { title: 'Job clerk', permissions: ['job-board:jobs.read'] });
    expect(made).toMatchObject({ status: 201, body: { name: 'job-clerk' } });
    const vera = await as('vera@acme.test');
    await call('PUT', `/api/users/${acme.users['vera@acme.test']}/roles`, admin, { roles: ['job-clerk'] });
    expect(await permissionsOf(other, vera.accessToken)).toEqual(['job-board:jobs.read']);
    const permissions = ['job-board:jobs.read', 'core:users.read'];
    expect((await call('PATCH', '/api/roles/job-clerk', admin, { permissions })).status).toBe(204);
    expect(await permissionsOf(node, vera.accessToken)).toEqual(['core:users.read', 'job-board:jobs.read']);
    await expect.poll(() => permissionsOf(other, vera.accessToken)).toContain('core:users.read');
    expect(await call('DELETE', '/api/roles/job-clerk', admin)).toMatchObject({ status: 409 });
    await call('PUT', `/api/users/${acme.users['vera@acme.test']}/roles`, admin, { roles: ['viewer'] });
    expect((await call('DELETE', '/api/roles/job-clerk', admin)).status).toBe(204);
    expect(await audited('role.changed')).toHaveLength(1);
  });

  it('that are built in get additions, the mighty ones none', async () => {
    const admin = await as('admin@acme.test');
    const add = (name: string, permissions: string[]) => call('PATCH', `/api/roles/${name}`, admin, { permissions });
    expect((await add('viewer', ['core:audit.read'])).status).toBe(204);
    const { body } = await call('GET', '/api/roles', admin);
    expect((body.items as { name: string }[]).find(({ name }) => name === 'viewer')).toMatchObject({
      fixed: false,
      permissions: ['core:audit.read', 'job-board:jobs.read'],
      additions: ['core:audit.read'],
    });
    expect((await add('viewer', [])).status).toBe(204);
    expect(await add('admin', [])).toMatchObject({ status: 409, body: { reason: 'role-fixed' } });
    expect(await add('viewer', ['nothing:at.all'])).toMatchObject({ status: 400 });
    expect(await call('DELETE', '/api/roles/viewer', admin)).toMatchObject({ status: 409 });
    expect((await add('nobody', [])).status).toBe(404);
  });

  it('hand out nothing that their maker does not hold', async () => {
    const admin = await as('admin@acme.test');
    const lead = { title: 'Lead', permissions: ['core:roles.manage', 'core:users.manage', 'core:users.read'] };
    await call('POST', '/api/roles', admin, lead);
    await call('PUT', `/api/users/${acme.users['ron@acme.test']}/roles`, admin, { roles: ['lead', 'viewer'] });
    const ron = await as('ron@acme.test');
    const more = { title: 'More', permissions: ['core:billing.manage'] };
    expect(await call('POST', '/api/roles', ron, more)).toMatchObject({
      status: 403,
      body: { errors: [{ pointer: '/permissions/0' }] },
    });
    const up = await call('PATCH', '/api/roles/lead', ron, { permissions: [...lead.permissions, 'core:audit.read'] });
    expect(up.status).toBe(403);
    const invite = await call('POST', '/api/invitations', ron, { email: 'friend@x.example', roles: ['admin'] });
    expect(invite).toMatchObject({ status: 403, body: { reason: 'more-than-yours' } });
  });
});

describe('one’s own workspaces', () => {
  const verify = () =>
    test.database.platform.query(`update core.users set email_verified_at = now() where name = 'tom'`);

  it('are made by who has confirmed the address, and owned by them', async () => {
    await createTestTenant(test.database, 'solo', { 'tom@solo.test': 'owner' });
    const tom = await as('tom@solo.test');
    const make = (body: object, who = tom) => call('POST', '/api/tenants', who, body);
    expect(await make({ tenantName: 'Tom & Co' })).toMatchObject({ status: 403, body: { reason: 'email-unverified' } });
    await verify();
    expect(await make({ tenantName: 'Tom & Co', tenantSlug: 'acme' })).toMatchObject({
      status: 409,
      body: { errors: [{ pointer: '/tenantSlug' }] },
    });
    expect(await make({ tenantName: ' ' })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/tenantName' }] },
    });
    expect(await make({ tenantName: 'Tom & Co' })).toMatchObject({
      status: 201,
      body: { slug: 'tom-co', name: 'Tom & Co' },
    });
    expect((await call('GET', '/api/me', tom)).status).toBe(200);
    const there = (await call('POST', '/api/auth/switch', tom, { tenant: 'tom-co' })).body as unknown as SignedInReply;
    expect(there.user.permissions).toContain('core:users.manage');
    expect((await make({ tenantName: 'Tom & Co' }, there)).body).toMatchObject({ slug: 'tom-co-2' });
    const key = await call('POST', '/api/keys', there, { name: 'x', permissions: ['core:users.read'] });
    expect((await node.call('POST', '/api/tenants', { token: String(key.body.key), body: {} })).status).toBe(403);
    const statuses = [];
    for (let count = 0; count < 3; count += 1) statuses.push((await make({ tenantName: 'More' }, there)).status);
    expect(statuses).toEqual([201, 429, 429]);
  });

  it('are left at once and on every node, but not by the last owner', async () => {
    const nora = await signIn(node, 'nora@northwind.test', 'acme');
    const leave = (slug: string, who = nora) => call('DELETE', `/api/me/memberships/${slug}`, who);
    expect(await leave('northwind')).toMatchObject({ status: 409, body: { reason: 'last-owner' } });
    expect((await leave('nowhere')).status).toBe(404);
    expect((await other.call('GET', '/api/me', { token: nora.accessToken })).status).toBe(200);
    expect((await leave('acme')).status).toBe(204);
    expect((await call('GET', '/api/me', nora)).status).toBe(401);
    await expect.poll(async () => (await other.call('GET', '/api/me', { token: nora.accessToken })).status).toBe(401);
    expect((await signIn(node, 'nora@northwind.test')).memberships.map(({ tenant }) => tenant.slug)).toEqual([
      'northwind',
    ]);
    expect(await audited('member.left')).toMatchObject([{ actor: nora.user.id, detail: { roles: ['recruiter'] } }]);
  });

  it('stay closed to who is suspended there and leaves', async () => {
    const admin = await as('admin@acme.test');
    const vera = await signIn(node, 'vera@acme.test', 'northwind');
    await call('POST', `/api/users/${acme.users['vera@acme.test']}/suspend`, admin);
    expect((await call('DELETE', '/api/me/memberships/acme', vera)).status).toBe(404);
    await call('POST', `/api/users/${acme.users['vera@acme.test']}/reactivate`, admin);
  });
});

describe('switching tenants', () => {
  it('goes on in the other one, with the proof as old as it was', async () => {
    const vera = await signIn(node, 'vera@acme.test', 'acme');
    await test.database.platform.query("update core.sessions set proven_at = now() - interval '1 hour'");
    await node.changes.announce('membership', { userId: vera.user.id });
    const switched = await call('POST', '/api/auth/switch', vera, { tenant: 'northwind' });
    expect(switched).toMatchObject({
      status: 200,
      body: { tenant: { slug: 'northwind' }, user: { id: vera.user.id } },
    });
    expect((await call('GET', '/api/me', vera)).status).toBe(401);
    const there = switched.body as unknown as SignedInReply;
    expect(await call('POST', '/api/me/email', there, { email: 'v@x.example' })).toMatchObject({
      status: 403,
      body: { code: 'sudo-required' },
    });
    expect((await call('POST', '/api/auth/switch', there, { tenant: 'pair' })).status).toBe(403);
    expect((await call('POST', '/api/auth/switch', there, { tenant: 'northwind' })).status).toBe(409);
  });
});

it('whatever was changed here stands in the audit log', async () => {
  expect(await auditedActions(test)).toEqual(
    expect.arrayContaining([
      'invitation.accepted',
      'invitation.revoked',
      'invitation.sent',
      'invitation.sent-again',
      'member.left',
      'member.reactivated',
      'member.removed',
      'member.roles-changed',
      'member.suspended',
      'role.changed',
      'role.created',
      'role.deleted',
      'session.revoked',
    ]),
  );
});
