import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestApp } from '../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.stop());

test('the shell’s page answers every path a browser opens', async () => {
  for (const path of ['/', '/job-board/jobs', '/admin/plugins']) {
    const response = await app.get(path, undefined, { Accept: 'text/html' });
    expect(response.status).toBe(200);
    expect(response.headers.get('Cache-Control')).toBe('no-cache');
    expect(response.headers.get('Content-Security-Policy')).toMatch(/script-src 'self' 'sha256-[\w+/]{43}=';/);
    expect(response.headers.get('Content-Security-Policy')).not.toMatch(/script-src[^;]*unsafe/);
  }
});

test.each(['/missing.js', '/assets/missing.js', '/.stamp.json', '/../package.json', '/assets', '/files/x', '/ui/x'])(
  '%s is not there',
  async (path) => {
    const { status } = await app.raw(path);
    expect(status).toBe(404);
  },
);

test('hashed files are kept for ever, others are asked for again', async () => {
  const asset = await app.get('/assets/app-1234.js');
  expect(asset.headers.get('Cache-Control')).toContain('immutable');
  expect(asset.headers.get('Content-Type')).toContain('text/javascript');
  const again = await app.raw('/assets/app-1234.js', 'GET', { 'If-None-Match': asset.headers.get('ETag') ?? '' });
  expect(again).toEqual({ status: 304, body: '' });
  expect((await app.send('POST', '/', '')).status).toBe(405);
});

test('screens of a plugin are readable from everywhere, compressed, and only those', async () => {
  const response = await app.get('/ui/plugins/toy/1.0.0/screen.js', undefined, { 'Accept-Encoding': 'gzip' });
  expect(response.status).toBe(200);
  expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*');
  expect(response.headers.get('Content-Encoding')).toBe('gzip');
  expect(await response.text()).toHaveLength(2023);
  expect((await app.get('/ui/plugins/toy/1.0.0/chunks/a-1234.js')).headers.get('Cache-Control')).toContain('immutable');
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
  expect((await app.raw(path)).status).toBe(404);
});
