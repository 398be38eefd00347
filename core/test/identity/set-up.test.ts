import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { startTestNode, type TestNode } from '../support/test-node.ts';

const INPUT = {
  tenantName: 'Äcme Staffing',
  name: 'Olivia Owner',
  email: 'Olivia@Acme.example',
  password: 'a long enough password',
};

let test: TestDatabase;
let node: TestNode;
let other: TestNode;

beforeAll(async () => {
  test = await createTestDatabase();
  node = await startTestNode(test.database, { config: { demo: false } });
  other = await startTestNode(test.database, { config: { demo: false } });
});

afterAll(async () => {
  await node.close();
  await other.close();
  await test.drop();
});

function setUp(change: Record<string, unknown> = {}, at = node) {
  return at.call('POST', '/api/setup', { body: { ...INPUT, ...change } });
}

it('is not for demo mode', async () => {
  const demo = await startTestNode(test.database);
  expect((await demo.call('GET', '/api/setup')).body).toMatchObject({ needed: false, demo: true, signUp: true });
  expect((await setUp({}, demo)).status).toBe(409);
  await demo.close();
});

it.each([
  [{ password: 'short' }, '/password'],
  [{ email: 'not an address' }, '/email'],
  [{ tenantSlug: 'Not-A-Slug' }, '/tenantSlug'],
  [{ tenantSlug: 'a--b' }, '/tenantSlug'],
  [{ tenantName: '  ' }, '/tenantName'],
  [{ name: undefined }, '/name'],
  [{ isOperator: true }, '/isOperator'],
])('refuses %o and names the field', async (change, pointer) => {
  expect(await setUp(change)).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
  expect((await node.call('GET', '/api/setup')).body).toMatchObject({ needed: true, demo: false });
});

it('lets exactly one of many first visitors in, on whichever node', async () => {
  const replies = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      setUp({ email: `visitor${index}@acme.example` }, index % 2 === 0 ? node : other),
    ),
  );
  const [winner, ...rest] = replies.sort((a, b) => a.status - b.status);
  expect(rest.map(({ status, body }) => [status, body.reason])).toEqual(Array(7).fill([409, 'already-set-up']));
  expect(winner).toMatchObject({
    status: 201,
    body: {
      tenant: { slug: 'acme-staffing', name: 'Äcme Staffing' },
      user: { name: 'Olivia Owner', isOperator: true },
      memberships: [{ tenant: { slug: 'acme-staffing' }, roles: ['owner'] }],
    },
  });
  expect(winner?.headers.get('set-cookie')).toContain('bazaar_refresh=');
  const token = String(winner?.body.accessToken);
  expect((await node.call('GET', '/api/users', { token })).body.items).toHaveLength(1);
  const audit = (await node.call('GET', '/api/audit', { token })).body.items as { action: string }[];
  expect(audit.map(({ action }) => action).sort()).toEqual(['member.added', 'tenant.created']);
  expect((await other.call('GET', '/api/setup')).body).toMatchObject({ needed: false, demo: false });
  const [{ email }] = (await node.call('GET', '/api/users', { token })).body.items as [{ email: string }];
  const again = await node.call('POST', '/api/auth/sign-in', { body: { email, password: INPUT.password } });
  expect(again.status).toBe(200);
});
