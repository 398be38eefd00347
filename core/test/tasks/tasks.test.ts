import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { countOpenTasks } from '../../src/tasks/index.ts';
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
