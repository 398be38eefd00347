import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHttpServer, createRequestLimit, listen } from '../listener/index.ts';
import { problem, TestApp } from './testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.stop());

test('every answer carries its security headers', async () => {
  for (const path of ['/api/me', '/healthz', '/', '/api/nothing']) {
    const { headers } = await app.get(path, undefined, { Accept: 'text/html' });
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('Referrer-Policy')).toBe('same-origin');
    expect(headers.get('Strict-Transport-Security')).toContain('max-age');
    expect(headers.get('Content-Security-Policy')).toContain('default-src');
    expect(headers.get('X-Request-Id')).toMatch(/^[\da-f-]{36}$/);
  }
});

test('probes: alive while not ready', async () => {
  expect(await (await app.get('/healthz')).json()).toEqual({ status: 'ok' });
  expect((await app.get('/readyz')).status).toBe(503);
});

test('the rate limit answers 429 with the time to wait', async () => {
  const limited = await TestApp.start({ requestLimit: createRequestLimit(30) });
  const statuses: number[] = [];
  let last: Response | undefined;
  for (let index = 0; index < 7; index++) {
    last = await limited.get('/healthz');
    statuses.push(last.status);
  }
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
  expect(Number(last?.headers.get('Retry-After'))).toBeGreaterThan(0);
  if (last) expect(await problem(last)).toMatchObject({ code: 'rate-limited' });
  await limited.stop();
});

test('who has a network of addresses is limited as one', async () => {
  const limited = await TestApp.start({ requestLimit: createRequestLimit(30), trustProxy: true });
  const from = (ip: string) => limited.get('/healthz', undefined, { 'X-Forwarded-For': ip });
  for (let host = 1; host <= 5; host++) expect((await from(`2001:db8::${host}`)).status).toBe(200);
  expect((await from('2001:db8::6')).status).toBe(429);
  expect((await from('2001:db8:0:1::6')).status).toBe(200);
  await limited.stop();
});

test('the page says what to do when the shell has not been built', async () => {
  const bare = await TestApp.start({ shellFolder: '/no/such/folder' });
  const response = await bare.get('/', undefined, { Accept: 'text/html' });
  expect(response.status).toBe(503);
  expect(await response.text()).toContain('npm start');
  await bare.stop();
});

test('a taken port is said in one line', async () => {
  const second = createHttpServer(() => {});
  await expect(listen(second, '127.0.0.1', app.port)).rejects.toThrow(
    /^Port \d+ on 127\.0\.0\.1 is taken by another program\. .*PORT=/,
  );
});
