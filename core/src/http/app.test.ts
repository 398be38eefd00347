import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ActionDeclaration, JsonValue, Manifest } from '@bazaar/sdk';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ApiError, type ProblemDocument } from '../errors/index.ts';
import { closeServer, createHttpServer, listen } from '../listener/index.ts';
import type { ActionCall, LoadedPlugin } from '../plugins/index.ts';
import { defineRoute, type Principal, type Route } from '../routes/index.ts';
import { createApp, type HttpOptions } from './app.ts';

const UUID = '11111111-1111-4111-8111-111111111111';
const ada: Principal = {
  tenant: { id: UUID, slug: 'acme', name: 'Acme' },
  user: { id: UUID, name: 'Ada', email: 'ada@acme.test', isOperator: false },
  sessionId: UUID,
  permissions: ['core:plugins.read', 'toy:things.read'],
};
const root: Principal = { ...ada, user: { ...ada.user, isOperator: true } };

const object = { type: 'object' };
const routes: Route[] = [
  defineRoute({
    method: 'POST',
    path: '/api/echo/{id}',
    operationId: 'echo',
    summary: '',
    tag: '',
    access: 'public',
    input: {
      type: 'object',
      additionalProperties: false,
      required: ['id', 'title'],
      properties: {
        id: { type: 'integer' },
        title: { type: 'string', minLength: 1 },
        limit: { type: 'integer', default: 20 },
        nested: { type: 'object', properties: { a: { type: 'integer' } } },
      },
    },
    output: object,
    status: 201,
    handler: async (context, input) => ({
      input,
      who: context.principal?.user.name ?? null,
      cookie: context.cookies.get('taste') ?? null,
      agent: context.userAgent,
      ip: context.ip,
    }),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/secret',
    operationId: 'secret',
    summary: '',
    tag: '',
    access: { permission: 'core:settings.manage' },
    output: object,
    handler: async () => ({}),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/me',
    operationId: 'me',
    summary: '',
    tag: '',
    access: 'signed-in',
    output: object,
    handler: async ({ principal }) => principal?.user,
  }),
  defineRoute({
    method: 'GET',
    path: '/api/operator',
    operationId: 'operator',
    summary: '',
    tag: '',
    access: 'operator',
    output: object,
    handler: async () => ({}),
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/cookie',
    operationId: 'cookie',
    summary: '',
    tag: '',
    access: 'public',
    output: object,
    status: 204,
    handler: async ({ cookies }) => cookies.set('taste', 'a b;c', { maxAgeSeconds: 60, path: '/api' }),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/broken',
    operationId: 'broken',
    summary: '',
    tag: '',
    access: 'public',
    output: object,
    handler: async () => {
      throw new Error('the password is hunter2');
    },
  }),
];

const action = (name: string, rest: Partial<ActionDeclaration>): [string, ActionDeclaration] => [
  name,
  { name, summary: '', effect: 'read', permission: 'things.read', input: object, output: object, ...rest },
];
const actions = new Map([
  action('things.get', { http: { method: 'GET', path: '/things/{id}' } }),
  action('things.stats', { http: { method: 'GET', path: '/things/stats' } }),
  action('things.find', {
    http: { method: 'GET', path: '/things' },
    input: {
      type: 'object',
      properties: { limit: { type: 'integer' }, tags: { type: 'array', items: { type: 'string' } } },
    },
  }),
  action('things.file', { http: { method: 'GET', path: '/things/{id}/file', download: true } }),
  action('things.plain', {}),
  action('things.visit', { permission: 'public', http: { method: 'POST', path: '/visit' } }),
  action('things.upload', {
    http: { method: 'POST', path: '/upload', status: 201 },
    input: { type: 'object', properties: { note: { type: 'string' }, cv: { type: 'object', format: 'bazaar-file' } } },
  }),
]);
const internal = action('things.internal', { http: { method: 'GET', path: '/internal' } });
delete internal[1].permission;
actions.set(...internal);

let folder: string;
let server: Server;
let url: string;
let port: number;
let calls: { plugin: string; action: string; call: ActionCall }[];
let answer: (name: string, call: ActionCall) => JsonValue;
let stored: string[];
let logged: unknown[];

const loaded = (): LoadedPlugin =>
  ({
    manifest: { id: 'toy', name: 'Toy', version: '1.0.0' } as Manifest,
    ui: async () => join(folder, 'toy/dist/ui'),
    actions,
  }) as unknown as LoadedPlugin;

async function options(): Promise<HttpOptions> {
  const toy = loaded();
  return {
    routes,
    plugins: {
      get: (id) => (id === 'toy' ? toy : undefined),
      version: (id, version) => (id === 'toy' && version === '1.0.0' ? toy : undefined),
      all: () => [toy],
      statuses: () => [{ id: 'sick', name: 'Sick', version: '1.0.0', tier: 'inline', state: 'failed', reason: 'x' }],
      use: async (id, _tenantId, work) => {
        if (id === 'toy') return work(toy);
        throw id === 'sick'
          ? new ApiError('unavailable', 'Sick is not running.', { reason: 'plugin-not-running' })
          : new ApiError('not-found', 'There is no such plugin.');
      },
    },
    invoker: {
      admit: async (_plugin, name, { user }) => {
        if (name === 'things.upload' && !user?.permissions.includes('toy:things.read'))
          throw new ApiError('forbidden', 'no');
      },
      invoke: async (plugin, name, call) => {
        calls.push({ plugin: plugin.manifest.id, action: name, call });
        return answer(name, call);
      },
    },
    files: {
      store: async (_scope, file) => {
        const chunks = await Array.fromAsync(file.content);
        stored.push(file.name);
        return { id: file.name, name: file.name, type: 'text/plain', size: chunks.length, sha256: '', createdAt: '' };
      },
      delete: () => Promise.reject(new Error('not used')),
      discard: async (_scope, id) => {
        stored.splice(stored.indexOf(id), 1);
      },
      read: async (_scope, id) => {
        const info = { id, name: 'cv “ü”.pdf', type: 'application/pdf', size: 5, sha256: '', createdAt: '' };
        return { info, content: Readable.from([Buffer.from('bytes')]) };
      },
      info: () => Promise.reject(new Error('not used')),
      localPath: () => Promise.reject(new Error('not used')),
      grant: () => Promise.reject(new Error('not used')),
    },
    pages: {
      handle: async (page) => {
        if (page.method !== 'POST') return { status: 200, headers: { 'Content-Type': 'text/html' }, body: page.path };
        const form = await page.readForm({
          tenant: ada.tenant,
          pluginId: 'toy',
          action: actions.get('things.upload') as ActionDeclaration,
          parameters: [],
        });
        return { status: 200, headers: { 'Content-Type': 'text/plain' }, body: JSON.stringify(form) };
      },
    },
    authenticate: async (token) => {
      if (token === 'ada') return ada;
      if (token === 'root') return root;
      throw new ApiError('unauthenticated', 'This token has expired.');
    },
    findTenant: async (slug) => (slug === 'acme' ? ada.tenant : null),
    readiness: async () => ({
      ready: false,
      version: '0',
      database: { ok: false, serverVersion: 0 },
      migrations: { core: '' },
      plugins: [],
      warnings: [],
    }),
    shellFolder: join(folder, 'shell'),
    secure: true,
    trustProxy: false,
    requestsPerMinute: 0,
    uploadLimit: 1000,
    log: pino({ level: 'error' }, { write: (line: string) => logged.push(JSON.parse(line)) }),
  };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bazaar-http-'));
  await mkdir(join(folder, 'toy/dist/ui/chunks'), { recursive: true });
  await writeFile(join(folder, 'toy/dist/ui/screen.js'), `export const text = '${'x'.repeat(2000)}';`);
  await writeFile(join(folder, 'toy/dist/ui/chunks/a-1234.js'), 'export {}');
  await writeFile(join(folder, 'toy/plugin.json'), '{"secret":true}');
  await symlink('/etc/passwd', join(folder, 'toy/dist/ui/leak.js'));
  await mkdir(join(folder, 'shell/assets'), { recursive: true });
  await writeFile(
    join(folder, 'shell/index.html'),
    '<script type="importmap">{"imports":{}}</script><script src="/a.js"></script>',
  );
  await writeFile(join(folder, 'shell/assets/app-1234.js'), 'app');
  await writeFile(join(folder, 'shell/.stamp.json'), '{}');
  server = createHttpServer(createApp(await options()).callback());
  port = await listen(server, '127.0.0.1', 0);
  url = `http://127.0.0.1:${port}`;
});
afterAll(async () => {
  await closeServer(server, 100);
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  calls = [];
  stored = [];
  logged = [];
  answer = () => ({ ok: true });
});

const get = (path: string, token?: string, headers: Record<string, string> = {}) =>
  fetch(url + path, { headers: { ...(token ? { Authorization: `Bearer ${token}` } : {}), ...headers } });

const send = (method: string, path: string, body: BodyInit | undefined, headers: Record<string, string> = {}) =>
  fetch(url + path, { method, headers, ...(body === undefined ? {} : { body }) });

const json = { 'Content-Type': 'application/json' };

async function problem(response: Response): Promise<ProblemDocument> {
  expect(response.headers.get('Content-Type')).toBe('application/problem+json; charset=utf-8');
  const document = (await response.json()) as ProblemDocument;
  expect(document).toMatchObject({
    type: `urn:bazaar:problem:${document.code}`,
    status: response.status,
    title: expect.any(String) as string,
    detail: expect.any(String) as string,
    requestId: response.headers.get('X-Request-Id'),
  });
  return document;
}

/** A request that fetch would not send as it is. */
function raw(
  path: string,
  method = 'GET',
  headers: Record<string, string> = {},
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', path, method, headers }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    })
      .on('error', reject)
      .end();
  });
}

describe('kernel routes', () => {
  test('path, query and body make one validated input with defaults', async () => {
    const response = await send('POST', '/api/echo/7', '{"title":"é"}', {
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
    const response = await send('POST', '/api/echo/x', '{"title":"","more":1,"nested":{"a":"5"}}', json);
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
    ['too much', `{"title":"${'x'.repeat(1024 * 1024)}"}`, json, 413, 'too-large'],
    ['nothing', undefined, {}, 400, 'invalid-input'],
  ])('a body of %s is refused', async (_case, body, headers, status, code) => {
    const response = await send('POST', '/api/echo/7', body, headers);
    expect(await problem(response)).toMatchObject({ status, code });
  });

  test('a body that lies about its length, in chunks, is refused as well', async () => {
    async function* endless() {
      for (let index = 0; index < 40; index++) yield Buffer.alloc(65536, 'x');
    }
    const response = await fetch(`${url}/api/echo/7`, {
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
    const response = await get(path, token);
    const document = await problem(response);
    expect(document).toMatchObject({ status, code });
    expect(document.detail).toContain(words);
    if (status === 401) expect(response.headers.get('WWW-Authenticate')).toBe('Bearer');
  });

  test('access is checked before the body is looked at', async () => {
    expect((await get('/api/operator', 'root')).status).toBe(200);
    expect((await get('/api/me', 'ada', { Authorization: 'Basic x' })).status).toBe(401);
  });

  test('a wrong method says which are possible', async () => {
    const response = await send('PUT', '/api/echo/7', '{}', json);
    expect(response.headers.get('Allow')).toBe('OPTIONS, POST');
    expect(await problem(response)).toMatchObject({ status: 405, code: 'method-not-allowed' });
    const question = await send('OPTIONS', '/api/me', undefined);
    expect([question.status, question.headers.get('Allow')]).toEqual([204, 'GET, HEAD, OPTIONS']);
    expect((await send('OPTIONS', '/api/nothing', undefined)).status).toBe(404);
  });

  test('HEAD is GET without a body', async () => {
    const head = await fetch(`${url}/api/me`, { method: 'HEAD', headers: { Authorization: 'Bearer ada' } });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect(Number(head.headers.get('Content-Length'))).toBeGreaterThan(10);
  });

  test('what is our fault reveals nothing, but is logged', async () => {
    const response = await get('/api/broken');
    const document = await problem(response);
    expect(document).toMatchObject({ status: 500, code: 'internal' });
    expect(JSON.stringify(document)).not.toContain('hunter2');
    expect(logged).toEqual([
      expect.objectContaining({
        requestId: document.requestId,
        err: expect.objectContaining({ message: 'the password is hunter2' }) as unknown,
      }),
    ]);
  });

  test('cookies are for the server alone', async () => {
    const response = await send('DELETE', '/api/cookie', undefined);
    expect(response.status).toBe(204);
    expect(response.headers.get('Set-Cookie')).toBe(
      'taste=a%20b%3Bc; Path=/api; Max-Age=60; HttpOnly; SameSite=Strict; Secure',
    );
  });
});

describe('targets', () => {
  test.each([
    '/api/%',
    '/api/%zz',
    '/api/%00',
    '/api/me?x=%',
    `/api/${'a'.repeat(9000)}`,
    '//',
    '/%2e%2e/etc/passwd',
    '/..%2f..%2fetc',
  ])('%.30s is refused', async (path) => {
    const { status, body } = await raw(path);
    expect([400, 404]).toContain(status);
    expect(JSON.parse(body)).toMatchObject({ status });
  });

  test('headers too large for Node are answered in the same form', async () => {
    const { status, body } = await raw(`/api/${'a'.repeat(20_000)}`);
    expect(status).toBe(431);
    expect(JSON.parse(body)).toMatchObject({ status: 431, code: 'malformed-request' });
  });

  test('what is no HTTP is answered, not met with silence', async () => {
    const answered = await new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.write('EHLO mail\r\n\r\n'));
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk;
      });
      socket.on('close', () => resolve(text));
    });
    expect(answered).toMatch(/^HTTP\/1\.1 400 .*application\/problem\+json/s);
  });

  test.each(['TRACE', 'PROPFIND', 'PURGE'])('the method %s is not possible', async (method) => {
    expect((await raw('/api/me', method)).status).toBe(405);
    expect((await raw('/', method)).status).toBe(405);
  });
});

describe('plugin routes', () => {
  test('the caller is handed over as plain data without token or headers', async () => {
    const response = await get('/api/p/toy/things?limit=5&tags=a&tags=b', 'ada', { 'User-Agent': 'tester' });
    expect(await response.json()).toEqual({ ok: true });
    expect(calls).toEqual([
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
    expect(calls[0]?.call.user?.permissions).not.toBe(ada.permissions);
  });

  test('the more specific path wins', async () => {
    await get('/api/p/toy/things/stats', 'ada');
    await get('/api/p/toy/things/a%2Fb', 'ada');
    expect(calls.map(({ action, call }) => [action, call.input])).toEqual([
      ['things.stats', {}],
      ['things.get', { id: 'a/b' }],
    ]);
  });

  test('an action with an address is called by its name too', async () => {
    const authorised = { ...json, Authorization: 'Bearer ada' };
    const response = await send('POST', '/api/p/toy/actions/things.get', '{"id":"7"}', authorised);
    expect([response.status, calls[0]?.action, calls[0]?.call.input]).toEqual([200, 'things.get', { id: '7' }]);
    expect((await send('POST', '/api/p/toy/actions/things.get', '{"id":"7"}', json)).status).toBe(401);
    expect((await send('POST', '/api/p/toy/actions/things.internal', '{}', authorised)).status).toBe(404);
  });

  test('an action without an address is called by its name', async () => {
    const response = await send('POST', '/api/p/toy/actions/things.plain', '{"a":1}', {
      ...json,
      Authorization: 'Bearer ada',
    });
    expect([response.status, calls[0]?.call.input]).toEqual([200, { a: 1 }]);
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
    expect(await problem(await get(path, token))).toMatchObject({ status, code });
    expect(calls).toEqual([]);
  });

  test('a visitor names the tenant', async () => {
    const visit = (headers: Record<string, string>) => send('POST', '/api/p/toy/visit', '{}', { ...json, ...headers });
    expect(await problem(await visit({}))).toMatchObject({ status: 400, reason: 'tenant-missing' });
    expect((await visit({ 'X-Bazaar-Tenant': 'nobody' })).status).toBe(404);
    expect((await visit({ 'X-Bazaar-Tenant': 'acme' })).status).toBe(200);
    expect(calls[0]?.call).toMatchObject({
      tenant: { slug: 'acme' },
      user: null,
      actor: { kind: 'visitor', userId: null },
    });
    await visit({ 'X-Bazaar-Tenant': 'nobody', Authorization: 'Bearer ada' });
    expect(calls[1]?.call).toMatchObject({ tenant: { slug: 'acme' }, user: { name: 'Ada' } });
  });

  test('a download is an attachment', async () => {
    answer = () => ({ fileId: 'f1' });
    const response = await get('/api/p/toy/things/1/file', 'ada');
    expect(await response.text()).toBe('bytes');
    expect(response.headers.get('Content-Disposition')).toMatch(/^attachment; filename=".*"; filename\*=UTF-8''cv%20/);
    expect(response.headers.get('Content-Length')).toBe('5');
    expect(response.headers.get('Content-Security-Policy')).toContain('sandbox');
    answer = () => ({ nothing: true });
    expect(await problem(await get('/api/p/toy/things/1/file', 'ada'))).toMatchObject({
      status: 500,
      code: 'plugin-failed',
    });
  });

  describe('uploads', () => {
    const form = (fields: Record<string, string | File>) => {
      const data = new FormData();
      for (const [name, value] of Object.entries(fields)) data.append(name, value);
      return data;
    };
    const upload = (body: BodyInit, token = 'ada', query = '', headers: Record<string, string> = {}) =>
      send('POST', `/api/p/toy/upload${query}`, body, { Authorization: `Bearer ${token}`, ...headers });
    const file = new File(['x'], 'cv.txt');

    test('a file is stored and handed over as a description', async () => {
      expect((await upload(form({ note: 'hi', cv: file }))).status).toBe(201);
      expect(calls[0]?.call.input).toMatchObject({ note: 'hi', cv: { id: 'cv.txt', name: 'cv.txt' } });
      expect(stored).toEqual(['cv.txt']);
    });

    test('nothing stays stored when the action refuses', async () => {
      answer = () => {
        throw new ApiError('conflict', 'no');
      };
      expect((await upload(form({ cv: file }))).status).toBe(409);
      expect(stored).toEqual([]);
    });

    test('nothing is stored for somebody who may not', async () => {
      expect((await upload(form({ cv: file }), 'stale')).status).toBe(401);
      expect(stored).toEqual([]);
    });

    test.each<[string, BodyInit, string, Record<string, string>]>([
      ['in JSON', '{"cv":{"id":"forged"}}', '', json],
      ['in the query', '{}', '?cv=forged', json],
      ['in the query of a form', form({ note: 'x' }), '?cv=forged', {}],
    ])('a file that is only described, %s, is refused', async (_case, body, query, headers) => {
      const document = await problem(await upload(body, 'ada', query, headers));
      expect(document).toMatchObject({ status: 400, errors: [{ pointer: '/cv' }] });
      expect(calls).toEqual([]);
    });

    test('multipart for an action without files is refused', async () => {
      const response = await send('POST', '/api/p/toy/actions/things.plain', form({ note: 'x' }), {
        Authorization: 'Bearer ada',
      });
      expect(await problem(response)).toMatchObject({ status: 415 });
    });

    test('public forms: empty fields are absent from the input and stay in the values', async () => {
      const response = await send('POST', '/t/acme/apply', form({ note: '', cv: file }));
      expect(await response.json()).toMatchObject({ values: { note: '' }, input: { cv: { id: 'cv.txt' } } });
      const plain = await send('POST', '/t/acme/apply', new URLSearchParams({ note: 'a b', cv: 'forged.pdf' }));
      expect(await plain.json()).toMatchObject({ values: { note: 'a b' }, input: { note: 'a b' } });
    });
  });
});

describe('files of the user interface', () => {
  test('the shell’s page answers every path a browser opens', async () => {
    for (const path of ['/', '/job-board/jobs', '/admin/plugins']) {
      const response = await get(path, undefined, { Accept: 'text/html' });
      expect(response.status).toBe(200);
      expect(response.headers.get('Cache-Control')).toBe('no-cache');
      expect(response.headers.get('Content-Security-Policy')).toMatch(/script-src 'self' 'sha256-[\w+/]{43}=';/);
      expect(response.headers.get('Content-Security-Policy')).not.toMatch(/script-src[^;]*unsafe/);
    }
  });

  test.each(['/missing.js', '/assets/missing.js', '/.stamp.json', '/../package.json', '/assets', '/files/x', '/ui/x'])(
    '%s is not there',
    async (path) => {
      const { status } = await raw(path);
      expect(status).toBe(404);
    },
  );

  test('hashed files are kept for ever, others are asked for again', async () => {
    const asset = await get('/assets/app-1234.js');
    expect(asset.headers.get('Cache-Control')).toContain('immutable');
    expect(asset.headers.get('Content-Type')).toContain('text/javascript');
    const again = await raw('/assets/app-1234.js', 'GET', { 'If-None-Match': asset.headers.get('ETag') ?? '' });
    expect(again).toEqual({ status: 304, body: '' });
    expect((await send('POST', '/', '')).status).toBe(405);
  });

  test('screens of a plugin are readable from everywhere, compressed, and only those', async () => {
    const response = await get('/ui/plugins/toy/1.0.0/screen.js', undefined, { 'Accept-Encoding': 'gzip' });
    expect(response.status).toBe(200);
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*');
    expect(response.headers.get('Content-Encoding')).toBe('gzip');
    expect(await response.text()).toHaveLength(2023);
    expect((await get('/ui/plugins/toy/1.0.0/chunks/a-1234.js')).headers.get('Cache-Control')).toContain('immutable');
  });

  test.each([
    '/ui/plugins/toy/1.0.0/',
    '/ui/plugins/toy/1.0.0',
    '/ui/plugins/toy/2.0.0/screen.js',
    '/ui/plugins/nobody/1.0.0/screen.js',
    '/ui/plugins/toy/1.0.0/../../plugin.json',
    '/ui/plugins/toy/1.0.0/..%2f..%2fplugin.json',
    '/ui/plugins/toy/1.0.0/%2e%2e/%2e%2e/plugin.json',
    '/ui/plugins/toy/1.0.0/..%5c..%5cplugin.json',
    '/ui/plugins/toy/1.0.0/leak.js',
    '/ui/plugins/toy/1.0.0/chunks',
  ])('%s is not there', async (path) => {
    expect((await raw(path)).status).toBe(404);
  });
});

test('every answer carries its security headers', async () => {
  for (const path of ['/api/me', '/healthz', '/', '/api/nothing']) {
    const { headers } = await get(path, undefined, { Accept: 'text/html' });
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('Referrer-Policy')).toBe('same-origin');
    expect(headers.get('Strict-Transport-Security')).toContain('max-age');
    expect(headers.get('Content-Security-Policy')).toContain('default-src');
    expect(headers.get('X-Request-Id')).toMatch(/^[\da-f-]{36}$/);
  }
});

test('probes: alive while not ready', async () => {
  expect(await (await get('/healthz')).json()).toEqual({ status: 'ok' });
  expect((await get('/readyz')).status).toBe(503);
});

test('the rate limit answers 429 with the time to wait', async () => {
  const limited = createHttpServer(createApp({ ...(await options()), requestsPerMinute: 30 }).callback());
  const limitedPort = await listen(limited, '127.0.0.1', 0);
  const statuses: number[] = [];
  let last: Response | undefined;
  for (let index = 0; index < 7; index++) {
    last = await fetch(`http://127.0.0.1:${limitedPort}/healthz`);
    statuses.push(last.status);
  }
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
  expect(Number(last?.headers.get('Retry-After'))).toBeGreaterThan(0);
  if (last) expect(await problem(last)).toMatchObject({ code: 'rate-limited' });
  await closeServer(limited, 100);
});

test('the page says what to do when the shell has not been built', async () => {
  const bare = createHttpServer(createApp({ ...(await options()), shellFolder: join(folder, 'nowhere') }).callback());
  const barePort = await listen(bare, '127.0.0.1', 0);
  const response = await fetch(`http://127.0.0.1:${barePort}/`, { headers: { Accept: 'text/html' } });
  expect(response.status).toBe(503);
  expect(await response.text()).toContain('npm start');
  await closeServer(bare, 100);
});

test('a taken port is said in one line', async () => {
  const second = createHttpServer(() => {});
  await expect(listen(second, '127.0.0.1', (server.address() as AddressInfo).port)).rejects.toThrow(
    /^Port \d+ on 127\.0\.0\.1 is taken by another program\. .*PORT=/,
  );
});
