import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { TestApp } from './testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.stop());
// Only what the platform waits with; the client below goes on by the true time.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** What a client has been told, and whether its connection has ended. */
function client(path: string, header: string, length: number) {
  const socket = connect(app.port, '127.0.0.1');
  const seen = { text: '', isEnded: false };
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: a.test\r\nAuthorization: Bearer ada\r\n${header}\r\nContent-Length: ${length}\r\n\r\n`,
  );
  socket.on('data', (chunk) => {
    seen.text += chunk;
  });
  // The server may be gone while the client still sends.
  socket.on('error', () => undefined);
  socket.on('close', () => {
    seen.isEnded = true;
  });
  return { socket, seen };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test.each([
  ['an action', '/api/p/toy/actions/things.plain', 'Content-Type: application/json'],
  ['a route of the kernel', '/api/echo/1', 'Content-Type: application/json'],
  ['a public form', '/t/acme/apply', 'Content-Type: application/x-www-form-urlencoded'],
])('a body for %s that drips in is given up', async (_what, path, header) => {
  const { socket, seen } = client(path, header, 5000);
  const dripping = setInterval(() => socket.write('x'), 5);
  // Not by polling, which lets the time of the platform go on.
  while (vi.getTimerCount() === 0) await turn();
  vi.advanceTimersByTime(29_999);
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(1);
  await expect.poll(() => seen.text).toMatch(/^HTTP\/1\.1 408 .*application\/problem\+json.*"code":"request-timeout"/s);
  await expect.poll(() => seen.isEnded).toBe(true);
  clearInterval(dripping);
});

test.each([
  ['what does not exist', '/api/nothing', 404],
  ['somebody who may not', '/api/secret', 405],
])('a body that nobody reads, for %s, ends with its connection soon after the answer', async (_what, path, status) => {
  const { socket, seen } = client(path, 'Content-Type: application/json', 5000);
  const dripping = setInterval(() => socket.write('x'), 5);
  while (!seen.text.includes('"code"')) await turn();
  expect(seen.text).toContain(`HTTP/1.1 ${status}`);
  while (vi.getTimerCount() === 0) await turn();
  vi.advanceTimersByTime(29_999);
  for (let turns = 0; turns < 100; turns++) await turn();
  expect(seen.isEnded).toBe(false);
  vi.advanceTimersByTime(1);
  await expect.poll(() => seen.isEnded).toBe(true);
  clearInterval(dripping);
});

test('what is refused before it has come whole may come, and the connection goes on', async () => {
  const { socket, seen } = client('/api/nothing', 'Content-Type: application/json', 2);
  while (!seen.text.includes('"code"')) await turn();
  while (vi.getTimerCount() === 0) await turn();
  socket.write('{}GET /healthz HTTP/1.1\r\nHost: a.test\r\n\r\n');
  while (!seen.text.includes('"status":"ok"')) await turn();
  expect(vi.getTimerCount()).toBe(0);
  socket.destroy();
});

test('a file may take longer', async () => {
  const start = '--b\r\nContent-Disposition: form-data; name="cv"; filename="cv.txt"\r\n\r\nx';
  const end = 'y\r\n--b--\r\n';
  const header = 'Content-Type: multipart/form-data; boundary=b\r\nExpect: 100-continue\r\nConnection: close';
  const { socket, seen } = client('/api/p/toy/upload', header, start.length + end.length);
  // Said when the request has reached the platform.
  while (!seen.text.includes('100 Continue')) await turn();
  socket.write(start);
  for (let turns = 0; turns < 100; turns++) await turn();
  vi.advanceTimersByTime(60_000);
  socket.write(end);
  await expect.poll(() => seen.text).toContain('HTTP/1.1 201');
});

test('what came in time leaves no timer behind', async () => {
  const header = 'Content-Type: application/json\r\nConnection: close';
  const { socket, seen } = client('/api/p/toy/actions/things.plain', header, 2);
  while (vi.getTimerCount() === 0) await turn();
  socket.write('{}');
  while (!seen.isEnded) await turn();
  expect(seen.text).toContain('HTTP/1.1 200');
  expect(vi.getTimerCount()).toBe(0);
});
