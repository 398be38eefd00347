import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ada, UUID } from './testing/principals.ts';
import { json, problem, TestApp } from './testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.stop());
beforeEach(() => app.reset());

test('the caller is handed over as plain data without token or headers', async () => {
  const response = await app.get('/api/p/toy/things?limit=5&tags=a&tags=b', 'ada', { 'User-Agent': 'tester' });
  expect(await response.json()).toEqual({ ok: true });
  expect(app.seen.calls).toEqual([
    {
      plugin: 'toy',
      action: 'things.find',
      call: {
        tenant: ada.tenant,
        user: { id: UUID, name: 'Ada', email: 'ada@acme.test', permissions: [...ada.permissions] },
        actor: { kind: 'user', userId: UUID, ip: '127.0.0.1', userAgent: 'tester' },
        requestId: response.headers.get('X-Request-Id'),
        input: { limit: 5, tags: ['a', 'b'] },
      },
    },
  ]);
  expect(app.seen.calls[0]?.call.user?.permissions).not.toBe(ada.permissions);
});

test('the more specific path wins', async () => {
  await app.get('/api/p/toy/things/stats', 'ada');
  await app.get('/api/p/toy/things/a%2Fb', 'ada');
  expect(app.seen.calls.map(({ action, call }) => [action, call.input])).toEqual([
    ['things.stats', {}],
    ['things.get', { id: 'a/b' }],
  ]);
});

test('an action with an address is called by its name too', async () => {
  const authorised = { ...json, Authorization: 'Bearer ada' };
  const response = await app.send('POST', '/api/p/toy/actions/things.get', '{"id":"7"}', authorised);
  expect([response.status, app.seen.calls[0]?.action, app.seen.calls[0]?.call.input]).toEqual([
    200,
    'things.get',
    { id: '7' },
  ]);
  expect((await app.send('POST', '/api/p/toy/actions/things.get', '{"id":"7"}', json)).status).toBe(401);
  expect((await app.send('POST', '/api/p/toy/actions/things.internal', '{}', authorised)).status).toBe(404);
});

test('an action without an address is called by its name', async () => {
  const response = await app.send('POST', '/api/p/toy/actions/things.plain', '{"a":1}', {
    ...json,
    Authorization: 'Bearer ada',
  });
  expect([response.status, app.seen.calls[0]?.call.input]).toEqual([200, { a: 1 }]);
});

test.each([
  ['/api/p/toy/things', undefined, 401, 'unauthenticated'],
  ['/api/p/toy/internal', 'ada', 404, 'not-found'],
  ['/api/p/toy/nothing', 'ada', 404, 'not-found'],
  ['/api/p/toy', 'ada', 404, 'not-found'],
  ['/api/p/', 'ada', 404, 'not-found'],
  ['/api/p/nobody/things', 'ada', 404, 'not-found'],
  ['/api/p/constructor/things', 'ada', 404, 'not-found'],
  ['/api/p/sick/things', 'ada', 503, 'unavailable'],
  ['/api/p/toy/things?id=1&id=2', 'ada', 400, 'malformed-request'],
  ['/api/p/toy/things/1?id=2', 'ada', 400, 'malformed-request'],
])('GET %s as %s is %i %s', async (path, token, status, code) => {
  expect(await problem(await app.get(path, token))).toMatchObject({ status, code });
  expect(app.seen.calls).toEqual([]);
});

test('a visitor names the tenant', async () => {
  const visit = (headers: Record<string, string>) =>
    app.send('POST', '/api/p/toy/visit', '{}', { ...json, ...headers });
  expect(await problem(await visit({}))).toMatchObject({ status: 400, reason: 'tenant-missing' });
  expect((await visit({ 'X-Bazaar-Tenant': 'nobody' })).status).toBe(404);
  expect((await visit({ 'X-Bazaar-Tenant': 'acme' })).status).toBe(200);
  expect(app.seen.calls[0]?.call).toMatchObject({
    tenant: { slug: 'acme' },
    user: null,
    actor: { kind: 'visitor', userId: null },
  });
  await visit({ 'X-Bazaar-Tenant': 'nobody', Authorization: 'Bearer ada' });
  expect(app.seen.calls[1]?.call).toMatchObject({ tenant: { slug: 'acme' }, user: { name: 'Ada' } });
});

test('a download is an attachment', async () => {
  app.seen.answer = () => ({ fileId: 'f1' });
  const response = await app.get('/api/p/toy/things/1/file', 'ada');
  expect(await response.text()).toBe('bytes');
  expect(response.headers.get('Content-Disposition')).toMatch(/^attachment; filename=".*"; filename\*=UTF-8''cv%20/);
  expect(response.headers.get('Content-Length')).toBe('5');
  // As every answer has them from the pipeline: nothing in the file may run, be framed or be cached.
  const { headers } = await app.get('/api/p/toy/things', 'ada');
  for (const name of ['Content-Security-Policy', 'X-Content-Type-Options', 'Cache-Control']) {
    expect([name, response.headers.get(name)]).toEqual([name, headers.get(name)]);
  }
  expect(response.headers.get('Content-Security-Policy')).toBe("default-src 'none'; frame-ancestors 'none'; sandbox");
  app.seen.answer = () => ({ nothing: true });
  expect(await problem(await app.get('/api/p/toy/things/1/file', 'ada'))).toMatchObject({
    status: 500,
    code: 'plugin-failed',
  });
});
