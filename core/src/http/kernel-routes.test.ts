import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { json, problem, TestApp } from './testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.stop());
beforeEach(() => app.reset());

test('path, query and body make one validated input with defaults', async () => {
  const response = await app.send('POST', '/api/echo/7', '{"title":"é"}', {
    ...json,
    'User-Agent': 'tester',
    Cookie: 'x=1; taste=a%20b%3Bc',
  });
  expect(response.status).toBe(201);
  expect(await response.json()).toEqual({
    input: { id: 7, title: 'é', limit: 20 },
    who: null,
    cookie: 'a b;c',
    agent: 'tester',
    ip: '127.0.0.1',
  });
});

test('each wrong field is named', async () => {
  const response = await app.send('POST', '/api/echo/x', '{"title":"","more":1,"nested":{"a":"5"}}', json);
  expect(await problem(response)).toMatchObject({
    status: 400,
    code: 'invalid-input',
    errors: expect.arrayContaining([
      { pointer: '/id', message: 'Must be of type integer.' },
      { pointer: '/title', message: 'This field is required.' },
      { pointer: '/more', message: 'This field is not known.' },
      { pointer: '/nested/a', message: 'Must be of type integer.' },
    ]) as unknown,
  });
});

test.each<[string, BodyInit | undefined, Record<string, string>, number, string]>([
  ['broken JSON', '{', json, 400, 'malformed-request'],
  ['an array', '[]', json, 400, 'malformed-request'],
  ['a prototype', '{"__proto__":{}}', json, 400, 'malformed-request'],
  ['plain text', '{"title":"x"}', { 'Content-Type': 'text/plain' }, 415, 'unsupported-media-type'],
  ['a form', new URLSearchParams({ title: 'x' }), {}, 415, 'unsupported-media-type'],
  ['no content type', new Blob(['{"title":"x"}']), {}, 415, 'unsupported-media-type'],
  ['compressed JSON', '{"title":"x"}', { ...json, 'Content-Encoding': 'gzip' }, 415, 'unsupported-media-type'],
  ['too much', `{"title":"${'x'.repeat(1024 * 1024)}"}`, json, 413, 'too-large'],
  ['nothing', undefined, {}, 400, 'invalid-input'],
])('a body of %s is refused', async (_case, body, headers, status, code) => {
  const response = await app.send('POST', '/api/echo/7', body, headers);
  expect(await problem(response)).toMatchObject({ status, code });
});

test('a body that lies about its length, in chunks, is refused as well', async () => {
  async function* endless() {
    for (let index = 0; index < 40; index++) yield Buffer.alloc(65536, 'x');
  }
  const response = await fetch(`${app.url}/api/echo/7`, {
    method: 'POST',
    headers: json,
    body: Readable.toWeb(Readable.from(endless())) as unknown as BodyInit,
    duplex: 'half',
  } as RequestInit);
  expect(await problem(response)).toMatchObject({ status: 413 });
});

test.each([
  ['/api/me', undefined, 401, 'unauthenticated', 'Sign in'],
  ['/api/me', 'stale', 401, 'unauthenticated', 'expired'],
  ['/api/secret', 'ada', 403, 'forbidden', 'core:settings.manage'],
  ['/api/operator', 'ada', 403, 'forbidden', 'operators'],
  ['/api/nothing', 'stale', 404, 'not-found', '/api/nothing'],
  ['/api/', undefined, 404, 'not-found', ''],
  ['/api', undefined, 404, 'not-found', ''],
  ['/api/me/', 'ada', 404, 'not-found', ''],
  ['/API/me', 'ada', 404, 'not-found', ''],
])('GET %s as %s is %i %s', async (path, token, status, code, words) => {
  const response = await app.get(path, token);
  const document = await problem(response);
  expect(document).toMatchObject({ status, code });
  expect(document.detail).toContain(words);
  if (status === 401) expect(response.headers.get('WWW-Authenticate')).toBe('Bearer');
});

test('access is checked before the body is looked at', async () => {
  expect((await app.get('/api/operator', 'root')).status).toBe(200);
  expect((await app.get('/api/me', 'ada', { Authorization: 'Basic x' })).status).toBe(401);
});

test('a wrong method says which are possible', async () => {
  const response = await app.send('PUT', '/api/echo/7', '{}', json);
  expect(response.headers.get('Allow')).toBe('OPTIONS, POST');
  expect(await problem(response)).toMatchObject({ status: 405, code: 'method-not-allowed' });
  const question = await app.send('OPTIONS', '/api/me', undefined);
  expect([question.status, question.headers.get('Allow')]).toEqual([204, 'GET, HEAD, OPTIONS']);
  expect((await app.send('OPTIONS', '/api/nothing', undefined)).status).toBe(404);
});

test('HEAD is GET without a body', async () => {
  const head = await fetch(`${app.url}/api/me`, { method: 'HEAD', headers: { Authorization: 'Bearer ada' } });
  expect([head.status, await head.text()]).toEqual([200, '']);
  expect(Number(head.headers.get('Content-Length'))).toBeGreaterThan(10);
});

test('what is our fault reveals nothing, but is logged', async () => {
  const response = await app.get('/api/broken');
  const document = await problem(response);
  expect(document).toMatchObject({ status: 500, code: 'internal' });
  expect(JSON.stringify(document)).not.toContain('hunter2');
  expect(app.seen.logged).toEqual([
    expect.objectContaining({
      requestId: document.requestId,
      err: expect.objectContaining({ message: 'the password is hunter2' }) as unknown,
    }),
  ]);
});

test('cookies are for the server alone', async () => {
  const response = await app.send('DELETE', '/api/cookie', undefined);
  expect(response.status).toBe(204);
  expect(response.headers.get('Set-Cookie')).toBe(
    'taste=a%20b%3Bc; Path=/api; Max-Age=60; HttpOnly; SameSite=Strict; Secure',
  );
});
