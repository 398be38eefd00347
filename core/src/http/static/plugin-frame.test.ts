import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { problem, TestApp } from '../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
  await writeFile(join(app.folder, 'shell/frame.html'), '<script type="importmap">{}</script><p>frame</p>');
});
afterAll(() => app.stop());

test('the page in the frame may load the modules of its plugin’s version', async () => {
  const response = await app.get('/ui/frame/toy/1.0.0-rc.1+build');
  expect(response.status).toBe(200);
  expect(await response.text()).toContain('<p>frame</p>');
  const policy = response.headers.get('Content-Security-Policy') ?? '';
  expect(policy).toContain(`${app.url}/assets/ ${app.url}/ui/plugins/toy/1.0.0-rc.1+build/`);
  expect(policy).toMatch(/script-src 'sha256-[\w+/]{43}='/);
  expect(policy).toContain("connect-src 'none'");
});

test.each(['/ui/frame/', '/ui/frame/toy', '/ui/frame/toy/1.0.0/x', '/ui/frame/T%20oy/1', "/ui/frame/toy/1;'self'"])(
  '%s is no page',
  async (path) => {
    const response = await app.get(path);
    expect(response.status).toBe(404);
    await problem(response);
  },
);

test('a frame on its opaque origin can load the platform’s own modules; its page cannot be had otherwise', async () => {
  const asset = await app.get('/assets/app-1234.js');
  expect(asset.headers.get('Access-Control-Allow-Origin')).toBe('*');
  const page = await app.get('/frame.html', undefined, { Accept: 'text/html' });
  expect(await page.text()).not.toContain('frame');
});

test('a shell that was not built has no frames', async () => {
  const bare = await TestApp.start({ shellFolder: '/no/such/folder' });
  expect((await bare.get('/ui/frame/toy/1.0.0')).status).toBe(404);
  await bare.stop();
});
