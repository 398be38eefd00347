import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { createTestTenant, PASSWORD, signIn } from '../support/people.ts';
import { drawPng } from '../support/pictures.ts';
import { dataPackage, JOBS } from '../support/plugin-packages.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { startTestNode, type TestNode } from '../support/test-node.ts';
import { type Stage, type StagedPlugin, stagedPlugin, startPrivacy } from './stage.ts';

const WITHIN = { timeout: 30_000, interval: 20 };
/** Tables that refer to each other, in both directions of the alphabet. */
const VISITS = `
  create table applications (tenant_id uuid not null default bazaar.current_tenant(), id uuid not null default gen_random_uuid(),
    job_id uuid not null, primary key (tenant_id, id),
    foreign key (tenant_id, job_id) references jobs (tenant_id, id));
  select bazaar.protect('applications');
  create table visits (tenant_id uuid not null default bazaar.current_tenant(), id uuid not null default gen_random_uuid(),
    job_id uuid not null, primary key (tenant_id, id),
    foreign key (tenant_id, job_id) references jobs (tenant_id, id));
  select bazaar.protect('visits');`;

let test_: TestDatabase;
let folder: string;
let node: TestNode;
let stage: Stage;
/** The one whose routes the node has. */
let asking: Stage;
let plugin: StagedPlugin;
let other: StagedPlugin;
const asked: string[] = [];

const sql = <Row extends object>(text: string, values: readonly unknown[] = []) =>
  test_.database.platform.query<Row>(text, values);

async function installed(): Promise<string> {
  const pkg = dataPackage([JOBS, VISITS]);
  await test_.database.plugins.install(pkg);
  await sql('insert into core.plugins (id) values ($1) on conflict do nothing', [pkg.pluginId]);
  return pkg.pluginId;
}

beforeAll(async () => {
  test_ = await createTestDatabase({ licensed: true });
  folder = await mkdtemp(join(tmpdir(), 'bazaar-privacy-'));
  const answer = (id: string) => async (hook: string) => {
    asked.push(`${hook} ${id}`);
    return hook === 'exportPerson'
      ? { collections: [] }
      : { erased: [{ what: `Records of ${id}`, count: 1 }], kept: [] };
  };
  const [first, second] = [await installed(), await installed()];
  plugin = stagedPlugin(first, answer(first));
  other = stagedPlugin(second, answer(second));
  stage = startPrivacy(test_.database, folder, [plugin, other]);
  asking = stage;
  node = await startTestNode(test_.database, { dataDir: folder, routes: () => asking.privacy.routes });
  stage.privacy.start();
});
afterAll(async () => {
  await stage?.privacy.stop();
  await node?.close();
  await test_?.drop();
  await rm(folder, { recursive: true, force: true });
});

/** Rows of a tenant in a plugin that refer to each other. */
async function fill(pluginId: string, tenantId: string): Promise<void> {
  const admin = await test_.admin();
  const schema = `p_${pluginId.replaceAll('-', '_')}`;
  await admin.query('begin');
  await admin.query(`select set_config('app.tenant_id', $1, true)`, [tenantId]);
  await admin.query(`insert into ${schema}.jobs (tenant_id, title) values ($1, 'One')`, [tenantId]);
  for (const table of ['applications', 'visits']) {
    await admin.query(
      `insert into ${schema}.${table} (tenant_id, job_id) select tenant_id, id from ${schema}.jobs where tenant_id = $1`,
      [tenantId],
    );
  }
  await admin.query('commit');
}

const rowsOf = async (pluginId: string, tenantId: string) =>
  (await test_.database.plugins.rows(pluginId, tenantId)).reduce((sum, { rows }) => sum + rows, 0);

interface Row {
  state: string;
  attempts: number;
  subject: Buffer | null;
  certificate: string | null;
  reason: string | null;
}
const requestOf = async (id: unknown) =>
  (
    await sql<Row>(
      'select state, attempts, subject, certificate, last_error as reason from core.privacy_requests where id = $1',
      [id],
    )
  ).rows[0];
const settled = (id: unknown, state = 'done') =>
  vi.waitFor(async () => expect((await requestOf(id))?.state).toBe(state), WITHIN);
/** Nodes tell each other by message. */
const signedOut = (token: string) =>
  vi.waitFor(async () => expect((await node.call('GET', '/api/me', { token })).status).toBe(401), WITHIN);
/** The lists in an archive by their place in it. */
async function archiveOf(id: unknown, token: string): Promise<Map<string, unknown>> {
  const archive = await fetch(`${node.url}/api/privacy/archives/${id}`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  const zip = await fromBufferPromise(Buffer.from(await archive.arrayBuffer()));
  const contents = new Map<string, unknown>();
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.endsWith('.json'))
      contents.set(entry.fileName, await json(await zip.openReadStreamPromise(entry)));
  }
  return contents;
}
const erasedIn = (certificate: string | null | undefined) =>
  (JSON.parse(certificate ?? '{}') as { totals: { erased: { what: string; count: number }[] } }).totals.erased;

/** Gives somebody a picture, or their workspace a logo. */
async function pictured(token: string, path = '/api/me/picture'): Promise<string> {
  const { body } = await node.call('PUT', path, { token, file: new Blob([drawPng(20, 20)], { type: 'image/png' }) });
  return String(body.picture ?? body.logo);
}
const isShown = async (path: string) => (await fetch(`${node.url}${path}`)).ok;

test('an account goes with its owner’s word only, in thirty days or at once, and leaves nothing that leads to the person', async () => {
  const people = { 'boss@one.test': 'owner', 'rita@one.test': 'recruiter' };
  const { tenantId, users } = await createTestTenant(test_.database, 'one', people);
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
  const { tenantId } = await createTestTenant(test_.database, 'two', { 'boss@two.test': 'owner' });
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
  await createTestTenant(test_.database, 'three', { 'boss@three.test': 'owner' });
  const { accessToken: token } = await signIn(node, 'boss@three.test');
  await stage.privacy.stop();
  const child = spawn(
    process.execPath,
    [
      join(import.meta.dirname, 'privacy-process.ts'),
      JSON.stringify(test_.connection),
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
  stage = startPrivacy(test_.database, folder, [plugin, other]);
  stage.privacy.start();
  await settled(body.id);
  expect((await requestOf(body.id))?.attempts).toBe(2);
  expect(erasedIn((await requestOf(body.id))?.certificate)).toEqual(
    expect.arrayContaining([
      { what: `Records of ${plugin.manifest.id}`, count: 2 },
      { what: `Records of ${other.manifest.id}`, count: 1 },
    ]),
  );
});

test('an archive can be had by its link until its time is over', async () => {
  const people = { 'boss@four.test': 'owner', 'vera@four.test': 'viewer' };
  const { tenantId } = await createTestTenant(test_.database, 'four', people);
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
  await stage.privacy.sweep();
  expect(await isShown(picture)).toBe(true);
  expect((await requestOf(body.id))?.state).toBe('expired');
  const { rows } = await sql(`select 1 from core.files where plugin_id = 'core' and deleted_at is null`);
  expect(rows).toEqual([]);
});

test('a workspace is deleted by an owner who types its name, can be kept for thirty days, and takes nobody else along', async () => {
  const people = { 'boss@five.test': 'owner', 'both@five.test': 'recruiter', 'only@five.test': 'viewer' };
  const { tenantId } = await createTestTenant(test_.database, 'five', people);
  const neighbour = await createTestTenant(test_.database, 'six', { 'both@five.test': 'owner' });
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
  const { renewals } = asking;
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
  await asking.privacy.sweep();
  await asking.privacy.sweep();
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
  expect(stage.ended).toEqual([tenantId]);
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

test('a plugin that breaks, or answers nonsense, keeps the others from nothing', async () => {
  await createTestTenant(test_.database, 'seven', { 'boss@seven.test': 'owner' });
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

test('what does not fit into one answer is told in several, and put together in the archive', async () => {
  const { tenantId } = await createTestTenant(test_.database, 'eight', { 'boss@eight.test': 'owner' });
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
  const { rows } = await sql<{ action: string; kind: string; entity: string; tenant: string; detail: object }>(
    `select action, actor_kind as kind, entity_id as entity, tenant_id as tenant, detail from core.audit_log
       where action ~ '^(privacy[.]|tenant[.]delet)'`,
  );
  const kinds = new Map(rows.map(({ action, kind }) => [action, kind]));
  expect(Object.fromEntries(kinds)).toEqual({
    'privacy.archive-downloaded': expect.stringMatching(/^(user|visitor)$/),
    'privacy.erasure-requested': 'user',
    'privacy.export-made': 'system',
    'privacy.export-requested': 'user',
    'privacy.person-erased': 'system',
    'privacy.request-cancelled': 'user',
    'tenant.deleted': 'system',
    'tenant.deletion-requested': 'user',
    'tenant.deletion-undone': 'user',
  });
  expect(JSON.stringify(rows.map(({ detail }) => detail))).not.toMatch(/@|[\w-]{40}/);
  const requests = await sql<{ id: string; tenant: string }>(
    'select id, tenant_id as tenant from core.privacy_requests',
  );
  const known = new Map(requests.rows.map(({ id, tenant }) => [id, tenant]));
  for (const { action, entity, tenant, detail } of rows) {
    const isOver = action === 'tenant.deleted';
    const request = isOver ? (detail as { request: string }).request : entity;
    expect([action, known.has(request)]).toEqual([action, true]);
    // Nobody reads the log of a workspace that is gone: its end stands in the platform's own.
    if (isOver) expect([tenant, entity]).toEqual(['00000000-0000-0000-0000-000000000000', known.get(request)]);
  }
});
