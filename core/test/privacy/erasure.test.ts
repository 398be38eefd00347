import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createTestTenant, PASSWORD, signIn } from '../support/people.ts';
import { erasedIn, type PrivacyNode, startPrivacyNode, WITHIN } from './support.ts';

let fixture: PrivacyNode;

beforeAll(async () => {
  fixture = await startPrivacyNode();
});
afterAll(() => fixture?.close());

test('an account goes with its owner’s word only, in thirty days or at once, and leaves nothing that leads to the person', async () => {
  const { node, database, sql, requestOf, settled, signedOut, pictured, isShown } = fixture;
  const people = { 'boss@one.test': 'owner', 'rita@one.test': 'recruiter' };
  const { tenantId, users } = await createTestTenant(database, 'one', people);
  const boss = await signIn(node, 'boss@one.test');
  const alone = await node.call('POST', '/api/account/privacy/deletion', {
    token: boss.accessToken,
    body: { confirm: 'boss@one.test' },
  });
  expect(alone).toMatchObject({ status: 409, body: { reason: 'last-owner' } });

  const { accessToken: token } = await signIn(node, 'rita@one.test');
  const ask = (body: object) => node.call('POST', '/api/account/privacy/deletion', { token, body });
  expect(await ask({ confirm: 'somebody@one.test' })).toMatchObject({
    status: 400,
    body: { errors: [{ pointer: '/confirm' }] },
  });
  const picture = await pictured(token);
  const planned = await ask({ confirm: 'Rita@one.test' });
  expect(planned.status).toBe(202);
  expect(Date.parse(String(planned.body.dueAt)) - Date.now()).toBeGreaterThan(29 * 86_400_000);
  expect(await ask({ confirm: 'rita@one.test', when: 'now' })).toMatchObject({ status: 409 });
  expect((await node.call('DELETE', '/api/account/privacy/deletion', { token })).status).toBe(200);
  expect((await node.call('DELETE', '/api/account/privacy/deletion', { token })).status).toBe(404);

  const { body } = await ask({ confirm: 'rita@one.test', when: 'now' });
  await settled(body.id);
  expect((await requestOf(body.id))?.subject).toBeNull();
  await signedOut(token);
  const again = await node.call('POST', '/api/auth/sign-in', { body: { email: 'rita@one.test', password: PASSWORD } });
  expect(again.status).toBe(401);
  const { rows } = await sql<{ traces: number; kept: number; name: string }>(
    `select (select count(*) from core.users where email like '%rita%' or name like '%rita%' or (id = $2 and picture is not null)) as traces,
       (select count(*) from core.audit_log where tenant_id = $1 and actor_id = $2) as kept,
       (select name from core.users where id = $2) as name`,
    [tenantId, users['rita@one.test']],
  );
  expect(rows).toEqual([{ traces: 0, kept: expect.any(Number), name: 'Former member' }]);
  expect(rows[0]?.kept).toBeGreaterThan(0);
  const letters = await sql<{ template: string }>(
    `select template from core.mails where to_address = 'rita@one.test' order by template`,
  );
  expect(letters.rows).toEqual([{ template: 'account-deleted' }]);
  expect(await isShown(picture)).toBe(false);
  const certificate = JSON.parse((await requestOf(body.id))?.certificate ?? '{}');
  expect(certificate.totals.erased).toContainEqual({ what: 'Pictures', count: 1 });
  expect(certificate.totals.kept).toContainEqual(
    expect.objectContaining({ what: 'Entries of the audit log', reason: expect.stringContaining('GDPR') }),
  );
});

test('a plugin that does not run is waited for, and then everybody is asked again', async () => {
  const { node, database, other, asked, fill, requestOf, settled } = fixture;
  const { tenantId } = await createTestTenant(database, 'two', { 'boss@two.test': 'owner' });
  await fill(other.manifest.id, tenantId);
  other.running = false;
  const { accessToken: token } = await signIn(node, 'boss@two.test');
  const email = 'candidate@elsewhere.test';
  const ask = (address: string) =>
    node.call('POST', '/api/privacy/erasures', { token, body: { email: address, confirm: address } });
  const { body } = await ask(email);
  await settled(body.id, 'waiting');
  // Once more would be once too often, also by two clicks at a time.
  for (const again of await Promise.all([ask(email), ask(email.toUpperCase())])) {
    expect(again).toMatchObject({ status: 409, body: { reason: 'under-way' } });
  }
  const shown = await node.call('GET', `/api/privacy/requests/${body.id}`, { token });
  expect(shown.body).toMatchObject({ email, waitingFor: [other.manifest.id], hasCertificate: false });
  asked.length = 0;
  other.running = true;
  await settled(body.id);
  expect(asked.filter((line) => line.startsWith('erase'))).toHaveLength(2);
  expect(erasedIn((await requestOf(body.id))?.certificate)).toContainEqual({
    what: `Records of ${other.manifest.id}`,
    count: 1,
  });
});

test('what a killed process had begun is finished by another, and counted once for each time it was done', async () => {
  const { node, database, connection, folder, plugin, other, requestOf, settled, restart } = fixture;
  await createTestTenant(database, 'three', { 'boss@three.test': 'owner' });
  const { accessToken: token } = await signIn(node, 'boss@three.test');
  await fixture.stage.privacy.stop();
  const child = spawn(
    process.execPath,
    [
      join(import.meta.dirname, 'privacy-process.ts'),
      JSON.stringify(connection),
      folder,
      plugin.manifest.id,
      other.manifest.id,
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const email = 'candidate@elsewhere.test';
  const { body } = await node.call('POST', '/api/privacy/erasures', { token, body: { email, confirm: email } });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect((await requestOf(body.id))?.state).toBe('running');
  restart();
  await settled(body.id);
  expect((await requestOf(body.id))?.attempts).toBe(2);
  expect(erasedIn((await requestOf(body.id))?.certificate)).toEqual(
    expect.arrayContaining([
      { what: `Records of ${plugin.manifest.id}`, count: 2 },
      { what: `Records of ${other.manifest.id}`, count: 1 },
    ]),
  );
});

test('a plugin that breaks, or answers nonsense, keeps the others from nothing', async () => {
  const { node, database, plugin, sql, requestOf, settled } = fixture;
  await createTestTenant(database, 'seven', { 'boss@seven.test': 'owner' });
  const { accessToken: token } = await signIn(node, 'boss@seven.test');
  const honest = plugin.answer;
  const email = 'candidate@elsewhere.test';
  plugin.answer = async () => ({ collections: [{ name: '../../etc', title: '', records: 7 }], erased: -1 });
  const { body } = await node.call('POST', '/api/privacy/erasures', { token, body: { email, confirm: email } });
  // It is tried again and again meanwhile, and says nothing while it is.
  await vi.waitFor(async () => expect((await requestOf(body.id))?.reason ?? '').toContain(plugin.manifest.id), WITHIN);
  const { rows } = await sql<{ states: string[] }>(
    `select array(select r ->> 'state' from jsonb_array_elements(progress -> 'results') r where r ->> 'part' <> 'core'
       order by r ->> 'part') as states from core.privacy_requests where id = $1`,
    [body.id],
  );
  expect(rows[0]?.states.toSorted()).toEqual(['done', 'waiting']);
  plugin.answer = honest;
  await settled(body.id);
});

test('the log says who asked and what became of it, and holds neither people nor links', async () => {
  expect(await fixture.logged()).toEqual({
    'privacy.erasure-requested': 'user',
    'privacy.person-erased': 'system',
    'privacy.request-cancelled': 'user',
  });
});
