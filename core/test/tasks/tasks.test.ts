import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { countOpenTasks, endOperatorTasks, raiseOperatorTask } from '../../src/tasks/index.ts';
import { createTestTenant, signIn } from '../support/people.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { manifest, startTestNode, type TestNode } from '../support/test-node.ts';

const CVS = manifest('cv-analysis', {
  permissions: [
    { name: 'cvs.read', title: 'Read CVs' },
    { name: 'cvs.admin', title: 'Administer' },
  ],
  roles: { recruiter: ['cvs.read'] },
});

let test: TestDatabase;
let node: TestNode;
let tenantId: string;
let otherTenant: string;
let owner: string;
let recruiter: string;
let sales: string;
let stranger: string;

beforeAll(async () => {
  test = await createTestDatabase();
  node = await startTestNode(test.database, { plugins: [CVS] });
  const people = { 'owner@a.test': 'owner', 'recruiter@a.test': 'recruiter', 'sales@a.test': 'sales' };
  ({ tenantId } = await createTestTenant(test.database, 'tenant-a', people));
  otherTenant = (await createTestTenant(test.database, 'tenant-b', { 'owner@b.test': 'owner' })).tenantId;
  owner = (await signIn(node, 'owner@a.test')).accessToken;
  recruiter = (await signIn(node, 'recruiter@a.test')).accessToken;
  sales = (await signIn(node, 'sales@a.test')).accessToken;
  stranger = (await signIn(node, 'owner@b.test')).accessToken;
});

afterAll(async () => {
  await node.close();
  await test.drop();
});

beforeEach(() => {
  node.pushed.length = 0;
});

async function raise(title: string, audience: string, tenant = tenantId): Promise<string> {
  const task = await test.database.inTenant(tenant, (models) =>
    models.Task.create({ pluginId: 'cv-analysis', kind: 'PARSE_FAILURE', title, audience }),
  );
  return task.id;
}

async function titles(token: string, query = ''): Promise<string[]> {
  const { body } = await node.call('GET', `/api/tasks${query}`, { token });
  return (body.items as { title: string }[]).map(({ title }) => title);
}

it('shows tasks to the holders of their audience’s permission, newest first', async () => {
  await raise('first', 'cv-analysis:cvs.read');
  await raise('for admins', 'cv-analysis:cvs.admin');
  await raise('elsewhere', 'cv-analysis:cvs.read', otherTenant);
  await raise('for nobody', 'cv-analysis:cvs.unknown');
  expect(await titles(owner)).toEqual(['for admins', 'first']);
  expect(await titles(recruiter)).toEqual(['first']);
  expect(await titles(sales)).toEqual([]);
  expect(await titles(stranger)).toEqual(['elsewhere']);
  const counts = [owner, recruiter, sales, stranger].map(async (token) =>
    countOpenTasks(test.database, await node.identity.authenticate(token)),
  );
  expect(await Promise.all(counts)).toEqual([2, 1, 0, 1]);
  const { body } = await node.call('GET', '/api/tasks', { token: recruiter });
  expect(body.items).toMatchObject([
    { plugin: 'cv-analysis', kind: 'PARSE_FAILURE', priority: 'normal', state: 'open', link: null, closedAt: null },
  ]);
});

it('closes a task once, for its audience only, and tells them', async () => {
  const id = await raise('to do', 'cv-analysis:cvs.read');
  for (const token of [sales, stranger]) {
    expect((await node.call('POST', `/api/tasks/${id}/done`, { token })).status).toBe(404);
  }
  expect(await node.call('POST', `/api/tasks/${id}/done`, { token: recruiter })).toMatchObject({
    status: 200,
    body: { state: 'done' },
  });
  expect((await node.call('POST', `/api/tasks/${id}/done`, { token: owner })).status).toBe(200);
  expect(await node.call('POST', `/api/tasks/${id}/dismiss`, { token: owner })).toMatchObject({
    status: 409,
    body: { reason: 'task-closed' },
  });
  expect(node.pushed).toEqual([{ tenantId, permission: 'cv-analysis:cvs.read', event: 'task.changed', payload: {} }]);
  expect(await titles(recruiter, '?state=done')).toEqual(['to do']);
  const audit = await node.call('GET', '/api/audit?action=task.done', { token: owner });
  expect(audit.body.items).toMatchObject([{ entityId: id, plugin: 'cv-analysis', actor: { name: 'recruiter' } }]);

  const dismissed = await raise('never mind', 'cv-analysis:cvs.read');
  expect((await node.call('POST', `/api/tasks/${dismissed}/dismiss`, { token: recruiter })).status).toBe(200);
  expect(await titles(recruiter, '?state=dismissed')).toEqual(['never mind']);
});

it('closes a task for one of many who try at the same time', async () => {
  const id = await raise('race', 'cv-analysis:cvs.read');
  const verbs = Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? 'done' : 'dismiss'));
  const replies = await Promise.all(
    verbs.map((verb) => node.call('POST', `/api/tasks/${id}/${verb}`, { token: recruiter })),
  );
  expect(replies.map(({ status }) => status).sort()).toEqual([...Array(5).fill(200), ...Array(5).fill(409)]);
  expect(node.pushed).toHaveLength(1);
});

it('pages without skipping or repeating what was raised in the same microsecond', async () => {
  const { rows } = await test.database.platform.query<{ id: string }>(
    `insert into core.tasks (tenant_id, plugin_id, kind, title, audience, created_at)
     select $1, 'cv-analysis', 'BULK', 'bulk ' || n, 'cv-analysis:cvs.read',
            timestamptz '2020-01-01 00:00:00.123456Z' + (n / 10) * interval '1 microsecond'
       from generate_series(1, 57) n returning id`,
    [tenantId],
  );
  const seen: string[] = [];
  let path = '/api/tasks?limit=7';
  while (path !== '') {
    const { body } = await node.call('GET', path, { token: recruiter });
    seen.push(...(body.items as { id: string }[]).map(({ id }) => id));
    path = body.nextCursor === undefined ? '' : `/api/tasks?limit=7&cursor=${body.nextCursor}`;
  }
  expect(new Set(seen).size).toBe(seen.length);
  for (const { id } of rows) expect(seen).toContain(id);
});

it.each(['?state=all', '?limit=0', '?limit=101', '?limit=x', '?cursor=x', '?plugin=No', '?unknown=1'])(
  'refuses %s',
  async (query) => {
    expect(await node.call('GET', `/api/tasks${query}`, { token: recruiter })).toMatchObject({ status: 400 });
  },
);

it.each(['1', 'x', '00000000-0000-0000-0000-000000000000', "'", 'urn:uuid:00000000-0000-0000-0000-000000000000'])(
  'finds no task %s',
  async (id) => {
    const { status } = await node.call('POST', `/api/tasks/${encodeURIComponent(id)}/done`, { token: recruiter });
    expect([400, 404]).toContain(status);
  },
);

it('has tasks for the operators of the platform, whichever workspace they are in, and for nobody else', async () => {
  await createTestTenant(test.database, 'the-platform', { 'operator@p.test': 'admin' }, { isOperator: true });
  const operator = (await signIn(node, 'operator@p.test')).accessToken;
  const count = async (token: string) => countOpenTasks(test.database, await node.identity.authenticate(token));
  const before = await count(owner);
  const raise = (key: string, dueAt: Date | null = null) =>
    test.database.asPlatform((models) =>
      raiseOperatorTask(models, {
        key,
        kind: 'DISPUTE_OPEN',
        title: key,
        description: 'Look at it.',
        priority: 'high',
        link: null,
        dueAt,
      }),
    );
  const end = (...keys: string[]) => test.database.asPlatform((models) => endOperatorTasks(models, keys, new Date()));
  const open = async (query = '') => {
    const { body } = await node.call('GET', `/api/operator/tasks${query}`, { token: operator });
    return body as unknown as { items: { id: string; title: string; dueAt: string | null }[]; nextCursor?: string };
  };
  for (const key of ['one', 'two', 'one']) await raise(key, new Date('2026-12-01T00:00:00Z'));
  await raise('two', new Date('2026-12-02T00:00:00Z'));
  expect((await open()).items.map(({ title, dueAt }) => [title, dueAt])).toEqual([
    ['two', '2026-12-02T00:00:00.000Z'],
    ['one', '2026-12-01T00:00:00.000Z'],
  ]);
  expect([await count(operator), await count(owner)]).toEqual([2, before]);
  const { items: first, nextCursor } = await open('?limit=1');
  expect([...first, ...(await open(`?limit=1&cursor=${nextCursor}`)).items].map(({ title }) => title)).toEqual([
    'two',
    'one',
  ]);

  // What was over may come again; what somebody put aside does not.
  await end('one', 'unknown');
  expect((await open('?state=done')).items.map(({ title }) => title)).toEqual(['one']);
  await raise('one');
  const [two] = (await open()).items;
  const close = (verb: string, token: string) => node.call('POST', `/api/operator/tasks/${two?.id}/${verb}`, { token });
  expect((await close('dismiss', owner)).status).toBe(403);
  expect((await close('dismiss', operator)).status).toBe(200);
  expect((await close('dismiss', operator)).status).toBe(200);
  expect((await close('done', operator)).body).toMatchObject({ status: 409, reason: 'task-closed' });
  await raise('two');
  expect((await open()).items.map(({ title, dueAt }) => [title, dueAt])).toEqual([['one', null]]);
  expect((await node.call('GET', '/api/operator/tasks?state=lost', { token: operator })).body).toMatchObject({
    status: 400,
    errors: [{ pointer: '/state' }],
  });
  const { rows } = await test.database.platform.query(
    'select action, detail from core.audit_log where entity_id = $1',
    [two?.id],
  );
  expect(rows).toEqual([{ action: 'task.dismissed', detail: { kind: 'DISPUTE_OPEN' } }]);
});
