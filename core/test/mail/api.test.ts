import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createMail, type MailService, queueMail } from '../../src/mail/index.ts';
import { auditedActions } from '../support/audited.ts';
import { createTestTenant, signIn } from '../support/people.ts';
import { createTestDatabase, silentLogger, type TestDatabase } from '../support/test-database.ts';
import { startTestNode, type TestNode } from '../support/test-node.ts';

let test_: TestDatabase;
let node: TestNode;
let mail: MailService;
let tenantId: string;
let operator: string;
let owner: string;

beforeAll(async () => {
  test_ = await createTestDatabase();
  mail = createMail({
    db: test_.database,
    demo: false,
    publicOrigin: () => 'http://bazaar.test',
    log: silentLogger,
    now: () => new Date(),
    timing: { pollMs: 20 },
  });
  node = await startTestNode(test_.database, { routes: () => mail.routes });
  ({ tenantId } = await createTestTenant(test_.database, 'one', { 'boss@one.test': 'owner' }));
  await createTestTenant(test_.database, 'ops', { 'olga@ops.test': 'owner' }, { isOperator: true });
  operator = (await signIn(node, 'olga@ops.test')).accessToken;
  owner = (await signIn(node, 'boss@one.test')).accessToken;
  mail.start();
});
afterAll(async () => {
  await mail?.stop();
  await node?.close();
  await test_?.drop();
});

const write = (email: string) =>
  test_.database.inTenant(tenantId, (models) =>
    queueMail(models, {
      template: 'test',
      to: { email },
      locale: 'en',
      tenantId,
      values: { platform: 'http://bazaar.test', sentBy: 'Boss' },
    }),
  );
const list = async (path: string, token?: string) =>
  (await node.call('GET', path, token === undefined ? {} : { token })) as unknown as {
    status: number;
    body: {
      items: { id: string; to: { address: string }; state: string; last: { outcome: string } | null }[];
      nextCursor?: string;
    };
  };

test('captured letters are read by operators only, newest first, and found by address', async () => {
  await write('first@one.test');
  await write('second@one.test');
  await vi.waitFor(async () => expect((await list('/api/mailbox', operator)).body.items).toHaveLength(2), {
    timeout: 20_000,
  });
  expect([(await list('/api/mailbox')).status, (await list('/api/mailbox', owner)).status]).toEqual([401, 403]);
  const page = await list('/api/mailbox?limit=1', operator);
  expect(page.body.items.map(({ to }) => to.address)).toEqual(['second@one.test']);
  const next = await list(`/api/mailbox?limit=1&cursor=${page.body.nextCursor}`, operator);
  expect(next.body.items.map(({ to }) => to.address)).toEqual(['first@one.test']);
  const found = await list('/api/mailbox?address=FIRST%40', operator);
  expect(found.body.items).toHaveLength(1);
  const opened = await node.call('GET', `/api/mailbox/${found.body.items[0]?.id}`, { token: operator });
  expect(opened.body).toMatchObject({ subject: 'Bazaar can send mail', to: { address: 'first@one.test' } });
  expect(String(opened.body.html)).toContain('http://bazaar.test');
  expect((await node.call('GET', `/api/mailbox/${found.body.items[0]?.id}`, { token: owner })).status).toBe(403);
  expect((await list('/api/mailbox?address=%25', operator)).body.items).toEqual([]);
});

test('what letters say is sealed where it is stored', async () => {
  const admin = await test_.admin();
  const { rows } = await admin.query<{ letter: Buffer }>('select letter from core.mails');
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.every(({ letter }) => !letter.includes('Bazaar'))).toBe(true);
});

test('the delivery log is for operators; a letter can be sent again while it is remembered', async () => {
  expect([(await list('/api/platform/mail')).status, (await list('/api/platform/mail', owner)).status]).toEqual([
    401, 403,
  ]);
  const log = await list('/api/platform/mail?state=captured&address=first', operator);
  const [mail] = log.body.items;
  expect(mail).toMatchObject({
    state: 'captured',
    template: 'test',
    tenant: { slug: 'one' },
    last: { outcome: 'captured' },
  });
  expect((await node.call('POST', `/api/platform/mail/${mail?.id}/resend`, { token: owner, body: {} })).status).toBe(
    403,
  );
  const again = await node.call('POST', `/api/platform/mail/${mail?.id}/resend`, { token: operator, body: {} });
  expect(again.status).toBe(202);
  await vi.waitFor(
    async () => {
      const { body } = await node.call('GET', `/api/platform/mail/${mail?.id}`, { token: operator });
      expect(body).toMatchObject({ state: 'captured', attempts: 2, deliveries: [{ attempt: 2 }, { attempt: 1 }] });
    },
    { timeout: 20_000 },
  );
  await test_.database.platform.query('update core.mails set letter = null where id = $1', [mail?.id]);
  const forgotten = await node.call('POST', `/api/platform/mail/${mail?.id}/resend`, { token: operator, body: {} });
  expect(forgotten).toMatchObject({ status: 409, body: { reason: 'forgotten' } });
  const unknown = '00000000-0000-4000-8000-000000000000';
  expect((await node.call('POST', `/api/platform/mail/${unknown}/resend`, { token: operator, body: {} })).status).toBe(
    404,
  );
  expect((await node.call('POST', '/api/platform/mail/test', { token: operator, body: {} })).status).toBe(202);
  expect(await auditedActions(test_)).toEqual(expect.arrayContaining(['mail.resent', 'mail.tested']));
});

test('old letters are forgotten, and of captured ones no more than a thousand are kept', async () => {
  const sql = test_.database.platform;
  await sql.query(`update core.mails set created_at = now() - interval '8 days' where to_address = 'second@one.test'`);
  await sql.query(
    `insert into core.mails (tenant_id, id, template, locale, to_address, state, settled_at)
     select $1, gen_random_uuid(), 'test', 'en', 'bulk' || n || '@one.test', 'captured', now() from generate_series(1, 1100) n`,
    [tenantId],
  );
  const afterSweep = async () => {
    await mail.sweep();
    const { rows } = await sql.query<{ kept: number; old: number }>(
      `select count(*) as kept, count(*) filter (where to_address = 'second@one.test') as old from core.mails
        where state = 'captured'`,
    );
    return rows;
  };
  // What the tests before have sent may be captured only now.
  await expect.poll(afterSweep).toEqual([{ kept: 1000, old: 0 }]);
});
