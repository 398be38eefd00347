import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestApp } from './testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.stop());

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
  const { status, body } = await app.raw(path);
  expect([400, 404]).toContain(status);
  expect(JSON.parse(body)).toMatchObject({ status });
});

test('headers too large for Node are answered in the same form', async () => {
  const { status, body } = await app.raw(`/api/${'a'.repeat(20_000)}`);
  expect(status).toBe(431);
  expect(JSON.parse(body)).toMatchObject({ status: 431, code: 'malformed-request' });
});

/** What is answered to such bytes until the connection closes. */
function said(bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(app.port, '127.0.0.1', () => socket.write(bytes));
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('close', () => resolve(text));
  });
}

test('what is no HTTP is answered, not met with silence', async () => {
  expect(await said('EHLO mail\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 .*application\/problem\+json/s);
});

test('a request that names two hosts is refused', async () => {
  const request = 'GET /healthz HTTP/1.1\r\nHost: a.test\r\nHOST: b.test\r\nConnection: close\r\n\r\n';
  expect(await said(request)).toMatch(/^HTTP\/1\.1 400 .*two-hosts/s);
});

test.each(['TRACE', 'PROPFIND', 'PURGE'])('the method %s is not possible', async (method) => {
  expect((await app.raw('/api/me', method)).status).toBe(405);
  expect((await app.raw('/', method)).status).toBe(405);
});

test.each(['/', '/healthz', '/readyz', '/metrics', '/ui/frame/toy/1.0.0', '/ui/plugins/toy/1.0.0/screen.js'])(
  '%s can be read, and nothing else',
  async (path) => {
    for (const method of ['POST', 'DELETE', 'TRACE', 'OPTIONS']) {
      const { status, body } = await app.raw(path, method);
      expect(status).toBe(405);
      expect(JSON.parse(body)).toMatchObject({ code: 'method-not-allowed' });
    }
  },
);
