import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiProblem } from '@bazaar/sdk/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fill, type OpenApiDocument, operationsOf } from '../http/support/operations.ts';
import { sample } from '../http/support/samples.ts';
import { OperatedPlatform } from './support/operated-platform.ts';
import { packed, stock } from './support/stock-package.ts';

let platform: OperatedPlatform;
let routes: ReturnType<typeof operationsOf>;
let document: OpenApiDocument;
beforeAll(async () => {
  platform = await OperatedPlatform.start();
  document = await platform.call<OpenApiDocument>('GET', '/api/openapi.json');
  routes = operationsOf(document).filter(({ path }) => /^\/api\/operator\/(plugins|operations)/.test(path));
}, 120_000);
afterAll(() => platform?.stop());

const shelves = (version: string) =>
  stock(version, {}, { id: 'shelves', name: 'Shelves', requires: { stock: '^1.0.0' } });
const refusal = async (method: string, path: string, body?: object | Buffer): Promise<ApiProblem> => {
  const problem = await platform.call(method, path, body).catch((error: unknown) => error);
  expect(problem).toBeInstanceOf(ApiProblem);
  return problem as ApiProblem;
};

test('are documented, packages as files', () => {
  expect(routes.length).toBeGreaterThanOrEqual(19);
  const install = document.paths['/api/operator/plugins']?.post as unknown as {
    requestBody: { required: boolean; content: object };
    parameters: { name: string; in: string }[];
    responses: object;
  };
  expect(install.requestBody).toMatchObject({ required: true, content: { 'application/gzip': {} } });
  expect(install.parameters.map(({ name, in: place }) => `${place} ${name}`)).toEqual([
    'query tier',
    'query grantAll',
    'query grant',
    'query drain',
  ]);
  expect(Object.keys(install.responses)).toEqual(expect.arrayContaining(['201', '409', '413', '415']));
});

test('are for operators only', async () => {
  for (const route of routes) {
    const path = fill(route, { plugin: 'stock', id: '00000000-0000-4000-8000-000000000000', name: 'x' });
    const body = route.method === 'GET' ? undefined : {};
    expect([route.id, (await platform.fetch(route.method, path, body, 'acme-staffing')).status]).toEqual([
      route.id,
      403,
    ]);
    expect([route.id, (await fetch(platform.url + path, { method: route.method })).status]).toEqual([route.id, 401]);
  }
});

test('say 404 of a plugin that is not there', async () => {
  for (const route of routes.filter(({ path }) => path.includes('{plugin}') && !path.includes('schedules'))) {
    const takesFile = !route.body && route.method === 'POST' && /upgrade|canary$/.test(route.path);
    const archive = takesFile ? await packed(platform.folder, stock('1.0.0', {}, { id: 'nobody' })) : undefined;
    const body = route.body ? { ...(sample(route.body, document.components.schemas) as object) } : archive;
    const known = body && 'tenant' in body ? { ...body, tenant: 'acme-staffing' } : body;
    const trial = route.path.endsWith('canary/start') ? { ...known, version: '1.0.0', percent: 5 } : known;
    const query = route.path.endsWith('/canary') ? '?percent=5' : '';
    const pin = route.path.endsWith('/pin') ? { tenant: 'acme-staffing', version: '1.0.0' } : trial;
    const { status } = await platform.fetch(route.method, fill(route, { plugin: 'nobody' }) + query, pin);
    expect([route.id, status]).toEqual([route.id, 404]);
  }
  // The address of verifying is no obstacle to a plugin of that name.
  expect((await refusal('GET', '/api/operator/plugins/verify')).status).toBe(404);
  expect((await refusal('GET', '/api/operator/operations/00000000-0000-4000-8000-000000000000')).status).toBe(404);
});

test.each([
  ['POST', '/api/operator/plugins?tier=root', '/tier'],
  ['POST', '/api/operator/plugins?grantAll=perhaps', '/grantAll'],
  ['POST', '/api/operator/plugins?loud=1', '/loud'],
  ['GET', '/api/operator/plugins?state=lost', '/state'],
  ['GET', '/api/operator/plugins?cursor=x', '/cursor'],
  ['GET', '/api/operator/plugins/..%2fetc', '/plugin'],
  ['GET', '/api/operator/operations?state=lost', '/state'],
  ['GET', '/api/operator/operations/1', '/id'],
  ['POST', '/api/operator/plugins/stock/canary?percent=101', '/percent'],
  ['POST', '/api/operator/plugins/stock/canary', '/percent'],
  ['POST', '/api/operator/plugins/stock/canary?tenants=acme-staffing&tenants=nowhere', '/tenants/1'],
  ['POST', '/api/operator/plugins/stock/canary?percent=1&maxErrorRate=0', '/maxErrorRate'],
])('junk: %s %s names %j', async (method, path, pointer) => {
  const problem = await refusal(method, path, method === 'POST' ? Buffer.from('x') : undefined);
  expect(problem.status).toBe(400);
  expect(problem.errors.map((error) => error.pointer)).toContain(pointer);
});

test.each([
  ['rollback', { version: 'newest' }, '/version'],
  ['pin', { tenant: 'acme-staffing' }, '/version'],
  ['pin', { tenant: 'nowhere', version: '1.0.0' }, '/tenant'],
  ['canary/start', { version: '1.0.0' }, '/percent'],
  ['canary/start', { version: '1.0.0', tenants: ['nowhere'] }, '/tenants/0'],
  ['canary/start', { version: '1.0.0', percent: 12.5 }, '/percent'],
  ['uninstall', { confirm: 'yes' }, '/confirm'],
  ['uninstall', { retentionDays: 0 }, '/retentionDays'],
  ['purge', { export: null }, '/export'],
])('junk: %s with %j names %j', async (path, body, pointer) => {
  const problem = await refusal('POST', `/api/operator/plugins/stock/${path}`, body);
  expect([problem.status, problem.errors[0]?.pointer]).toEqual([400, pointer]);
});

test('packages of another type or too large are refused', async () => {
  const send = async (type: string, size: number) => {
    const Authorization = await platform.bearer();
    const answer = await fetch(`${platform.url}/api/operator/plugins`, {
      method: 'POST',
      headers: { Authorization, 'Content-Type': type },
      body: new Uint8Array(randomBytes(size)),
    });
    return answer.status;
  };
  expect(await send('application/json', 10)).toBe(415);
  expect(await send('text/plain; charset=utf-8', 10)).toBe(415);
  expect(await send('multipart/form-data; boundary=x', 10)).toBe(415);
  expect(await send('application/octet-stream', 10)).toBe(422);
  expect(await send('application/gzip', 50 * 1024 * 1024 + 1)).toBe(413);
});

test('whoever hangs up half-way leaves nothing; after the last byte the operation runs to its end', async () => {
  const archive = await packed(platform.folder, stock());
  const authorization = await platform.bearer();
  const post = (length: number) => {
    const sent = request(`${platform.url}/api/operator/plugins?grantAll=true`, {
      method: 'POST',
      headers: { Authorization: authorization, 'Content-Type': 'application/gzip', 'Content-Length': length },
    });
    sent.on('error', () => undefined);
    return sent;
  };
  const half = post(archive.length);
  half.write(archive.subarray(0, 100));
  await sleep(100);
  half.destroy();
  await sleep(100);
  const done = async () =>
    (await platform.call<{ items: { state: string; kind: string }[] }>('GET', '/api/operator/operations?plugin=stock'))
      .items;
  expect(await done()).toEqual([]);
  const whole = post(archive.length);
  whole.end(archive);
  await expect.poll(async () => (await done()).length, { timeout: 20_000 }).toBe(1);
  whole.destroy();
  await expect.poll(async () => (await done())[0]?.state, { timeout: 20_000 }).toBe('done');
  expect((await platform.call<{ state: string }>('GET', '/api/operator/plugins/stock')).state).toBe('active');
});

test('one operation at a time for each plugin', async () => {
  const paths = ['pin', 'pin', 'pin'];
  const outcomes = await Promise.all(
    paths.map((path) =>
      platform.fetch('POST', `/api/operator/plugins/stock/${path}`, { tenant: 'acme-staffing', version: '1.0.0' }),
    ),
  );
  const statuses = outcomes.map(({ status }) => status);
  expect(statuses).toContain(200);
  for (const response of outcomes.filter(({ status }) => status !== 200)) {
    expect(await response.json()).toMatchObject({ status: 409, reason: 'operation-under-way' });
  }
});

test('lists go by pages and filters', async () => {
  type Listed = { items: { id: string }[]; nextCursor?: string };
  const all = (await platform.call<Listed>('GET', '/api/operator/operations?limit=100')).items.map(({ id }) => id);
  const paged: string[] = [];
  let cursor = '';
  do {
    const page: Listed = await platform.call('GET', `/api/operator/operations?limit=1${cursor}`);
    paged.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor === undefined ? '' : `&cursor=${page.nextCursor}`;
  } while (cursor !== '');
  expect(paged).toEqual(all);
  expect((await platform.call<Listed>('GET', '/api/operator/operations?plugin=other')).items).toEqual([]);
  const listed = async (query: string) => (await platform.call<Listed>('GET', `/api/operator/plugins?${query}`)).items;
  expect((await listed('q=TOC&state=active')).map(({ id }) => id)).toEqual(['stock']);
  expect(await listed('q=nothing')).toEqual([]);
  expect(await listed('state=parked')).toEqual([]);
});

const operate = (path: string, body: object | Buffer) => platform.call('POST', `/api/operator/plugins${path}`, body);

test('a plugin whose requirements have gone is not restored before they are back', async () => {
  await operate('?grantAll=true', await packed(platform.folder, shelves('1.0.0')));
  const { dependents } = await platform.call<{ dependents: object[] }>('GET', '/api/operator/plugins/stock/impact');
  expect(dependents).toEqual([{ plugin: 'shelves', how: 'requires', detail: ['^1.0.0'] }]);
  for (const id of ['shelves', 'stock']) await operate(`/${id}/uninstall`, { confirm: true });
  expect(await refusal('POST', '/api/operator/plugins/shelves/restore', {})).toMatchObject({
    status: 409,
    reason: 'does-not-fit',
    message: expect.stringContaining('stock'),
  });
  for (const id of ['stock', 'shelves']) await operate(`/${id}/restore`, {});
  expect(await platform.call('GET', '/api/operator/plugins/shelves')).toMatchObject({ state: 'active' });
});

test('a plugin comes back in the version that served, with the one before it to return to', async () => {
  await operate('/shelves/upgrade', await packed(platform.folder, shelves('1.1.0')));
  await operate('/shelves/uninstall', { confirm: true });
  expect(await operate('/shelves/restore', {})).toMatchObject({ version: '1.1.0' });
  expect(await platform.call('GET', '/api/operator/plugins/shelves')).toMatchObject({
    activeVersion: '1.1.0',
    previousVersion: '1.0.0',
  });
  const impact = () => platform.call('GET', '/api/operator/plugins/shelves/impact');
  expect(await impact()).toMatchObject({ version: '1.1.0', previousVersion: '1.0.0' });
  expect(await operate('/shelves/rollback', {})).toMatchObject({ version: '1.0.0', outcome: { replaced: '1.1.0' } });
  // A second one would lead back.
  expect(await impact()).toMatchObject({ version: '1.0.0', previousVersion: '1.1.0' });
});

test('a plugin whose package was damaged is not restored, and its package brings it back', async () => {
  await operate('/shelves/uninstall', { confirm: true });
  await rm(join(platform.folder, 'data/packages/shelves'), { recursive: true });
  const admin = await platform.admin();
  await admin.rows(
    `update core.plugin_packages p set archive = 'junk' from core.plugin_versions v
       where v.integrity = p.integrity and v.plugin_id = 'shelves' and v.version = '1.0.0'`,
  );
  expect(await refusal('POST', '/api/operator/plugins/shelves/restore', {})).toMatchObject({
    status: 422,
    reason: 'package-damaged',
    message: expect.stringMatching(/shelves 1\.0\.0 .*install/i),
  });
  const state = async () => (await platform.call('GET', '/api/operator/plugins/shelves')).state;
  expect(await state()).toBe('parked');
  await operate('', await packed(platform.folder, shelves('1.0.0')));
  expect(await state()).toBe('active');
});

test('what a dead node has left behind is ended before anything else is done', async () => {
  const admin = await platform.admin();
  for (const id of ['shelves', 'stock']) await operate(`/${id}/uninstall`, { confirm: true });
  const actor = { userId: 'system', tenantId: '00000000-0000-0000-0000-000000000000', requestId: 'r' };
  await admin.rows(
    `insert into core.plugin_operations (kind, plugin_id, step, input, actor)
       values ('purge', 'shelves', 'export', '{"export": false}', $1), ('restore', 'stock', 'verify', '{}', $1),
         ('pin', 'elsewhere', 'activate', '{}', $1)`,
    [JSON.stringify(actor)],
  );
  // A commit that was on its way when its node died.
  const dying = await platform.admin();
  await dying.rows('begin');
  await dying.rows(`update core.plugin_operations set step = 'converge' where plugin_id = 'elsewhere'`);
  const answer = await platform.fetch('POST', '/api/operator/plugins/shelves/restore', {});
  // Who was faster than the purge would have their data dropped by it.
  expect([404, 409]).toContain(answer.status);
  const ended = () =>
    admin.rows(`select kind, state from core.plugin_operations where outcome @> '{"recovered": true}' order by kind`);
  const waiting = () =>
    admin.rows(`select from pg_stat_activity where wait_event_type = 'Lock' and query like '%plugin_operations%'`);
  await expect.poll(async () => (await waiting()).length, { timeout: 30_000 }).toBe(1);
  await dying.rows('commit');
  await expect.poll(ended, { timeout: 30_000 }).toEqual([
    { kind: 'pin', state: 'done' },
    { kind: 'purge', state: 'done' },
    { kind: 'restore', state: 'undone' },
  ]);
  expect((await platform.fetch('GET', '/api/operator/plugins/shelves')).status).toBe(404);
  expect(await platform.call('GET', '/api/operator/plugins/stock')).toMatchObject({ state: 'parked' });
});
