import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createTestTenant, signIn } from '../support/people.ts';
import { erasedIn, type PrivacyNode, startPrivacyNode, WITHIN } from './support.ts';

let fixture: PrivacyNode;

beforeAll(async () => {
  fixture = await startPrivacyNode();
});
afterAll(() => fixture?.close());

test('a workspace is deleted by an owner who types its name, can be kept for thirty days, and takes nobody else along', async () => {
  const { node, database, plugin, sql, fill, rowsOf, requestOf, signedOut, pictured, isShown } = fixture;
  const people = { 'boss@five.test': 'owner', 'both@five.test': 'recruiter', 'only@five.test': 'viewer' };
  const { tenantId } = await createTestTenant(database, 'five', people);
  const neighbour = await createTestTenant(database, 'six', { 'both@five.test': 'owner' });
  for (const id of [tenantId, neighbour.tenantId]) await fill(plugin.manifest.id, id);
  await sql(`update core.tenants set profile = '{"headquarters": "At Ann’s"}' where id = $1`, [tenantId]);
  const { accessToken: token } = await signIn(node, 'boss@five.test');
  const logo = await pictured(token, '/api/tenant/logo');
  const viewer = (await signIn(node, 'only@five.test')).accessToken;
  const stranded = await pictured(viewer);
  const other = await pictured((await signIn(node, 'both@five.test', 'six')).accessToken);
  expect((await node.call('GET', '/api/tenant/deletion', { token: viewer })).status).toBe(403);
  const { body: before } = await node.call('GET', '/api/tenant/deletion', { token });
  expect(before).toMatchObject({
    planned: null,
    impact: { members: 3, plugins: [{ id: plugin.manifest.id, rows: 3 }] },
  });
  const ask = (confirm: string) => node.call('POST', '/api/tenant/deletion', { token, body: { confirm } });
  expect(await ask('six')).toMatchObject({ status: 400, body: { errors: [{ pointer: '/confirm' }] } });
  const { renewals, ended, privacy } = fixture.stage;
  renewals.renewing = ['sub_1', 'sub_2'];
  expect((await ask('five')).status).toBe(202);
  expect((await ask('five')).status).toBe(409);
  renewals.renewing = [];
  expect((await node.call('DELETE', '/api/tenant/deletion', { token })).status).toBe(200);
  expect(renewals.log).toEqual(['stop', 'resume sub_1,sub_2']);
  // What the provider could not be told is told later, and no more than once.
  renewals.away = true;
  renewals.renewing = ['sub_3'];
  expect((await ask('five')).status).toBe(202);
  renewals.renewing = [];
  expect((await node.call('DELETE', '/api/tenant/deletion', { token })).status).toBe(200);
  renewals.away = false;
  await privacy.sweep();
  await privacy.sweep();
  expect(renewals.log).toEqual(['stop', 'resume sub_1,sub_2', 'resume sub_3']);
  expect((await ask('five')).status).toBe(202);

  await sql(`update core.privacy_requests set due_at = now() where tenant_id = $1 and state = 'scheduled'`, [tenantId]);
  const deletion = async () =>
    (
      await sql<{ id: string; state: string }>(
        `select id, state from core.privacy_requests where tenant_id = $1 and state <> 'cancelled'`,
        [tenantId],
      )
    ).rows[0];
  await vi.waitFor(async () => expect((await deletion())?.state).toBe('done'), WITHIN);
  expect(ended).toEqual([tenantId]);
  expect([await rowsOf(plugin.manifest.id, tenantId), await rowsOf(plugin.manifest.id, neighbour.tenantId)]).toEqual([
    0, 3,
  ]);
  await signedOut(token);
  expect([await isShown(logo), await isShown(stranded), await isShown(other)]).toEqual([false, false, true]);
  const { rows } = await sql(
    `select t.slug ~ '^deleted-' as renamed, t.profile = '{}' and t.logo is null as emptied, t.deleted_at is not null as deleted,
       (select count(*) from core.memberships m where m.tenant_id = t.id) as members,
       (select count(*) from core.licences l where l.tenant_id = t.id) as licences,
       (select count(*) from core.users where lower(email) in ('boss@five.test', 'only@five.test')) as stranded,
       (select count(*) from core.audit_log a where a.tenant_id = t.id) > 0 as audited
     from core.tenants t where t.id = $1`,
    [tenantId],
  );
  expect(rows).toEqual([
    { renamed: true, emptied: true, deleted: true, members: 0, licences: 0, stranded: 0, audited: true },
  ]);
  expect((await signIn(node, 'both@five.test')).tenant.slug).toBe('six');
  expect(erasedIn((await requestOf((await deletion())?.id))?.certificate)).toEqual(
    expect.arrayContaining([
      { what: `rows of ${plugin.manifest.id}`, count: 3 },
      { what: 'memberships', count: 3 },
    ]),
  );
});

test('the log says who asked and what became of it, and holds neither people nor links', async () => {
  expect(await fixture.logged()).toEqual({
    'tenant.deleted': 'system',
    'tenant.deletion-requested': 'user',
    'tenant.deletion-undone': 'user',
  });
});
