import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createMail, type MailRequest, type MailService, queueMail } from '../../src/mail/index.ts';
import { sendBySmtp } from '../../src/mail/transport/index.ts';
import { createTestDatabase, seedTenants, silentLogger, type TestDatabase } from '../support/test-database.ts';
import { type MailServer, startMailServer } from './mail-server.ts';

const WITHIN = { timeout: 20_000, interval: 20 };

let test_: TestDatabase;
let tenants: Awaited<ReturnType<typeof seedTenants>>;
let server: MailServer;
const services: MailService[] = [];

beforeAll(async () => {
  test_ = await createTestDatabase();
  tenants = await seedTenants(test_.database);
});
afterAll(() => test_.drop());
beforeEach(async () => {
  server = await startMailServer();
});
afterEach(async () => {
  await Promise.all(services.splice(0).map((mail) => mail.stop()));
  await server.close();
  await test_.database.platform.query('delete from core.mails');
});

function startMail(): MailService {
  const mail = createMail({
    db: test_.database,
    smtp: { url: `smtp://127.0.0.1:${server.port}`, from: 'Bazaar <post@bazaar.test>' },
    demo: false,
    publicOrigin: () => 'http://bazaar.test',
    log: silentLogger,
    now: () => new Date(),
    timing: { pollMs: 30, retryDelayMs: () => 100, pauseMs: () => 50, leaseMs: 60_000, deadlineMs: 20_000 },
  });
  services.push(mail);
  mail.start();
  return mail;
}

function letter(email: string, more: Partial<MailRequest<'test'>> = {}): MailRequest<'test'> {
  const values = { platform: 'http://bazaar.test', sentBy: 'Änne <b>&' };
  return { template: 'test', to: { email }, locale: 'en', tenantId: null, values, ...more };
}

const queue = (...letters: MailRequest<'test'>[]) =>
  test_.database.asPlatform(async (models) => {
    for (const each of letters) await queueMail(models, each);
  });

interface State {
  state: string;
  attempts: number;
  forgotten: boolean;
  outcomes: (string | null)[];
}

async function stateOf(address: string): Promise<State | undefined> {
  const { rows } = await test_.database.platform.query<State>(
    `select state, attempts, letter is null as forgotten,
       (select array_agg(outcome order by attempt) from core.mail_deliveries d where d.mail_id = m.id) as outcomes
     from core.mails m where to_address = $1`,
    [address],
  );
  return rows[0];
}

test('a letter arrives once, with both bodies, and is forgotten', async () => {
  const mail = startMail();
  await queue(
    letter('ann@example.test', { to: { email: 'ann@example.test', name: 'Ann\r\nBcc: x@evil.test' }, locale: 'de' }),
  );
  mail.mailer.wake();
  await vi.waitFor(async () => expect((await stateOf('ann@example.test'))?.state).toBe('sent'), WITHIN);
  expect(await stateOf('ann@example.test')).toMatchObject({ attempts: 1, forgotten: true, outcomes: ['accepted'] });
  expect(server.received).toHaveLength(1);
  const { to, source } = server.received[0] ?? { to: '', source: '' };
  expect(to).toBe('ann@example.test');
  expect(source).toMatch(/^Subject: Bazaar kann E-Mails senden\r$/m);
  expect(source).toMatch(/^Message-ID: <[0-9a-f-]{36}@bazaar\.test>\r$/im);
  expect(source).toMatch(/^Auto-Submitted: auto-generated\r$/m);
  expect(source).not.toMatch(/^bcc:/im);
  expect(source).toContain('text/plain');
  expect(source).toContain('text/html');
  expect(source).toContain('&lt;b&gt;&amp;');
});

test('it goes with its transaction, once for each key, never to what is no address', async () => {
  const failing = test_.database.asPlatform(async (models) => {
    await queueMail(models, letter('never@example.test'));
    throw new Error('changed my mind');
  });
  await expect(failing).rejects.toThrow('changed my mind');
  const once_ = letter('key@example.test', { key: 'k', tenantId: tenants.a });
  await test_.database.inTenant(tenants.a, (models) => queueMail(models, once_));
  await test_.database.inTenant(tenants.a, (models) => queueMail(models, once_));
  await expect(
    test_.database.inTenant(tenants.b, (models) => queueMail(models, { ...once_, key: 'other' })),
  ).rejects.toThrow('row-level security');
  for (const wrong of [
    '',
    'a',
    'a@b@c.test',
    'a@b.test,c@d.test',
    'a@b.test\r\nx',
    'a b@c.test',
    '"a"@b.test',
    '@b.test',
  ]) {
    await expect(queue(letter(wrong)), wrong).rejects.toThrow('address');
  }
  startMail();
  await vi.waitFor(async () => expect((await stateOf('key@example.test'))?.state).toBe('sent'), WITHIN);
  expect(server.received.map(({ to }) => to)).toEqual(['key@example.test']);
});

test('greylisting is waited for, a refusal is final', async () => {
  server.refusals.set('grey@example.test', [
    { code: 451, text: 'come back' },
    { code: 450, text: 'not yet' },
  ]);
  server.refusals.set('gone@example.test', [{ code: 550, text: 'nobody of that name' }]);
  await queue(letter('grey@example.test'), letter('gone@example.test'));
  startMail();
  await vi.waitFor(async () => expect((await stateOf('grey@example.test'))?.state).toBe('sent'), WITHIN);
  expect((await stateOf('grey@example.test'))?.outcomes).toEqual(['deferred', 'deferred', 'accepted']);
  expect(await stateOf('gone@example.test')).toEqual({
    state: 'failed',
    attempts: 1,
    forgotten: false,
    outcomes: ['refused'],
  });
});

test('while the mail server is away nothing is lost, and all leaves when it is back', async () => {
  await server.close();
  const addresses = Array.from({ length: 20 }, (_, index) => `away${index}@example.test`);
  await queue(...addresses.map((address) => letter(address)));
  startMail();
  const outcomes = async () =>
    (await test_.database.platform.query<{ outcome: string }>('select outcome from core.mail_deliveries')).rows;
  await vi.waitFor(async () => expect(await outcomes()).toContainEqual({ outcome: 'unreachable' }), WITHIN);
  await server.open();
  await vi.waitFor(() => expect(server.received).toHaveLength(20), WITHIN);
  expect(server.received.map(({ to }) => to).sort()).toEqual([...addresses].sort());
});

test('two nodes share the work, no letter goes twice, and no tenant waits for the backlog of another', async () => {
  const many = Array.from({ length: 120 }, (_, index) => letter(`many${index}@example.test`, { tenantId: tenants.a }));
  await queue(...many);
  await queue(...[0, 1, 2].map((index) => letter(`few${index}@example.test`, { tenantId: tenants.b })));
  startMail();
  startMail();
  await vi.waitFor(() => expect(server.received).toHaveLength(123), WITHIN);
  expect(new Set(server.received.map(({ to }) => to)).size).toBe(123);
  const last = server.received.findLastIndex(({ to }) => to.startsWith('few'));
  expect(last).toBeLessThan(60);
  expect(server.most).toBeGreaterThan(1);
});

test('a letter whose node was killed before it wrote down the outcome goes again, with the same id', async () => {
  const killed = Promise.withResolvers<void>();
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'mail-process.ts'), JSON.stringify(test_.connection), String(server.port)],
    { stdio: ['pipe', 'inherit', 'inherit'] },
  );
  server.hold = () => {
    server.hold = undefined;
    child.kill('SIGKILL');
    return killed.promise;
  };
  await queue(letter('again@example.test'));
  await once(child, 'exit');
  killed.resolve();
  expect((await stateOf('again@example.test'))?.outcomes).toEqual([null]);
  // As if the time had passed in which the letter is left to the node that had it.
  await test_.database.platform.query('update core.mails set due_at = now()');
  startMail();
  await vi.waitFor(async () => expect((await stateOf('again@example.test'))?.state).toBe('sent'), WITHIN);
  expect((await stateOf('again@example.test'))?.outcomes).toEqual([null, 'accepted']);
  const ids = server.received.map(({ source }) => /^Message-ID: (.*)\r$/im.exec(source)?.[1]);
  expect(ids).toHaveLength(2);
  expect(new Set(ids).size).toBe(1);
});

test('where encryption is demanded, nothing is sent to a mail server that offers none', async () => {
  const insecure = sendBySmtp(
    { host: '127.0.0.1', port: server.port, secure: false, requireTls: true },
    { address: 'post@bazaar.test', name: '' },
    1,
  );
  const mail = { messageId: '<a@b>', to: { address: 'a@b.test', name: null }, subject: 's', text: 't', html: 'h' };
  expect(await insecure.deliver(mail, AbortSignal.timeout(20_000))).toMatchObject({ outcome: 'unreachable' });
  expect(server.received).toEqual([]);
  insecure.close();
});

test('a mail server that says nothing is not waited for longer than the deadline', async () => {
  const deaf = sendBySmtp(
    { host: '127.0.0.1', port: server.port, secure: false, requireTls: false },
    { address: 'post@bazaar.test', name: '' },
    1,
  );
  server.hold = () => new Promise(() => {});
  const mail = { messageId: '<a@b>', to: { address: 'a@b.test', name: null }, subject: 's', text: 't', html: 'h' };
  expect(await deaf.deliver(mail, AbortSignal.timeout(500))).toMatchObject({ outcome: 'unreachable' });
  deaf.close();
});
