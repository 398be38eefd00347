import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestTenant, signIn } from '../support/people.ts';
import { type PrivacyNode, startPrivacyNode } from './support.ts';

let fixture: PrivacyNode;

beforeAll(async () => {
  fixture = await startPrivacyNode();
});
afterAll(() => fixture?.close());

test('an archive can be had by its link until its time is over', async () => {
  const { node, database, sql, requestOf, settled, archiveOf, pictured, isShown } = fixture;
  const people = { 'boss@four.test': 'owner', 'vera@four.test': 'viewer' };
  const { tenantId } = await createTestTenant(database, 'four', people);
  await sql(`update core.tenants set profile = '{"headquarters": "Berlin"}' where id = $1`, [tenantId]);
  const boss = (await signIn(node, 'boss@four.test')).accessToken;
  const vera = (await signIn(node, 'vera@four.test')).accessToken;
  const picture = await pictured(vera);
  const { body } = await node.call('POST', '/api/account/privacy/exports', { token: vera, body: {} });
  await settled(body.id);
  const head = async (token?: string) =>
    (
      await fetch(`${node.url}/api/privacy/archives/${body.id}`, {
        headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
      })
    ).status;
  expect([await head(), await head(boss), await head(vera)]).toEqual([404, 404, 200]);
  expect((await archiveOf(body.id, vera)).get('four/core/membership.json')).toMatchObject({
    records: [{ roles: ['viewer'], workspace: { slug: 'four', name: 'four', profile: { headquarters: 'Berlin' } } }],
  });
  const index = (await archiveOf(body.id, vera)).get('index.json') as { contents: { path: string; type?: string }[] };
  const { path } = index.contents.find(({ type }) => type === 'image/png') ?? {};
  expect(path).toMatch(/^account\/files\/[0-9a-f-]{36}-picture$/);
  expect(picture).toContain(path?.slice('account/files/'.length, -'-picture'.length));
  const mine = await node.call('GET', '/api/account/privacy', { token: vera });
  expect(mine.body.items).toMatchObject([{ kind: 'export', scope: 'account', downloadable: true }]);
  expect((await node.call('GET', '/api/privacy/requests', { token: boss })).body.items).toEqual([]);
  await sql(`update core.privacy_requests set expires_at = now() - interval '1 second' where id = $1`, [body.id]);
  expect(await head(vera)).toBe(404);
  await sql(`update core.files set created_at = now() - interval '2 hours' where plugin_id = 'core'`);
  // One picture is somebody's; of the other its process died before it was.
  const lost = '00000000-0000-4000-8000-000000000001';
  await sql(
    `insert into core.files (tenant_id, id, plugin_id, name, type, size, sha256, storage_key)
     select tenant_id, $1, plugin_id, name, type, size, sha256, storage_key || '-' from core.files
      where plugin_id = 'core:pictures' and deleted_at is null limit 1`,
    [lost],
  );
  const isKept = async () =>
    (await sql('select 1 from core.files where id = $1 and deleted_at is null', [lost])).rows.length === 1;
  await node.pictures?.sweep();
  expect(await isKept()).toBe(true);
  await sql(`update core.files set created_at = now() - interval '2 hours' where plugin_id = 'core:pictures'`);
  await node.pictures?.sweep();
  expect([await isKept(), await isShown(picture)]).toEqual([false, true]);
  await fixture.stage.privacy.sweep();
  expect(await isShown(picture)).toBe(true);
  expect((await requestOf(body.id))?.state).toBe('expired');
  const { rows } = await sql(`select 1 from core.files where plugin_id = 'core' and deleted_at is null`);
  expect(rows).toEqual([]);
});

test('what does not fit into one answer is told in several, and put together in the archive', async () => {
  const { node, database, plugin, other, fill, settled, archiveOf } = fixture;
  const { tenantId } = await createTestTenant(database, 'eight', { 'boss@eight.test': 'owner' });
  const { accessToken: token } = await signIn(node, 'boss@eight.test');
  const honest = [plugin.answer, other.answer] as const;
  const cursors: unknown[] = [];
  plugin.answer = async (_hook, { cursor = '0' }) => {
    cursors.push(cursor);
    const records = Array.from({ length: 1000 }, (_, index) => ({ n: Number(cursor) * 1000 + index }));
    return {
      collections: [{ name: 'letters', title: 'Letters', records }],
      ...(cursor === '2' ? {} : { nextCursor: String(Number(cursor) + 1) }),
    };
  };
  // Goes round in circles.
  other.answer = async () => ({ collections: [], nextCursor: 'again' });
  await fill(other.manifest.id, tenantId);
  const { body } = await node.call('POST', '/api/privacy/exports', { token, body: { email: 'somebody@else.test' } });
  await settled(body.id);
  expect(cursors).toEqual(['0', '1', '2']);
  const contents = await archiveOf(body.id, token);
  const { records } = contents.get(`eight/${plugin.manifest.id}/letters.json`) as { records: { n: number }[] };
  expect(records.map(({ n }) => n)).toEqual(Array.from({ length: 3000 }, (_, index) => index));
  expect(contents.get('index.json')).toMatchObject({
    contents: expect.arrayContaining([expect.objectContaining({ title: 'Letters', records: 3000 })]),
    missing: [{ part: other.manifest.id, reason: 'It failed when it was asked.' }],
  });
  [plugin.answer, other.answer] = honest;
});

test('the log says who asked and what became of it, and holds neither people nor links', async () => {
  expect(await fixture.logged()).toEqual({
    'privacy.archive-downloaded': expect.stringMatching(/^(user|visitor)$/),
    'privacy.export-made': 'system',
    'privacy.export-requested': 'user',
  });
});
