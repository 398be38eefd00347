import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HttpRequest } from '@bazaar/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOutgoingHttp, type OutgoingHttp } from '../../src/plugins/index.ts';

let server: Server;
let port: number;
let http: OutgoingHttp;
const seen: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[] = [];

function answer(request: IncomingMessage, response: ServerResponse, body: string): void {
  seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (url.pathname === '/to') {
    response.writeHead(Number(url.searchParams.get('status') ?? 302), { location: url.searchParams.get('url') ?? '/' });
    response.end('x'.repeat(200_000));
  } else if (url.pathname === '/circle') response.writeHead(302, { location: '/circle' }).end();
  else if (url.pathname === '/large') response.end(Buffer.alloc(1024 * 1024 + 1, 'a'));
  else if (url.pathname === '/endless') {
    const timer = setInterval(() => response.write(Buffer.alloc(64 * 1024, 'a')), 5);
    response.on('close', () => clearInterval(timer));
  } else if (url.pathname === '/zipped') response.writeHead(200, { 'content-encoding': 'gzip' }).end('nonsense');
  else if (url.pathname === '/cut') request.socket.destroy();
  else response.writeHead(201, { 'x-answer': '42', 'set-cookie': ['a=1', 'b=2'] }).end(`got ${body}`);
}

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => answer(request, response, body));
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  port = (server.address() as AddressInfo).port;
  http = createOutgoingHttp({ privateTargets: [`localhost:${port}`] });
});

afterAll(async () => {
  await http.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const used: string[] = [];

function fetchWith(capabilities: readonly string[], request: HttpRequest) {
  used.length = 0;
  return http.fetch(request, new Set(capabilities), {
    reader: 'reader',
    used: (capability) => used.push(capability),
    moved: () => {},
  });
}

const fetchLocal = (request: Partial<HttpRequest> & { path?: string }) => {
  const { path = '/', ...rest } = request;
  return fetchWith([`http:localhost:${port}`], { url: `http://localhost:${port}${path}`, ...rest });
};

describe('outgoing HTTP', () => {
  it('reaches a granted host', async () => {
    const response = await fetchLocal({
      method: 'POST',
      body: 'hello',
      headers: { 'Content-Type': 'text/plain', 'X-Own': 'a' },
    });
    expect(response).toMatchObject({
      status: 201,
      body: 'got hello',
      headers: { 'x-answer': '42', 'set-cookie': 'a=1, b=2' },
    });
    expect(seen.at(-1)).toMatchObject({ method: 'POST', headers: { 'x-own': 'a', 'accept-encoding': 'identity' } });
    expect(used).toEqual([`http:localhost:${port}`]);
  });

  it.each([
    ['https://api.example.com/', 'http:api.example.com'],
    ['https://api.example.com:8443/', 'http:api.example.com:8443'],
    ['http://api.example.com/', 'http:api.example.com:80'],
    ['https://API.example.com./', 'http:api.example.com.'],
  ])('names the capability that is missing for %s', async (url, capability) => {
    await expect(fetchWith(['http:other.example.com'], { url })).rejects.toMatchObject({
      code: 'forbidden',
      reason: 'capability-missing',
      message: expect.stringContaining(`"${capability}"`) as unknown,
    });
  });

  it('takes https for granted, but http only where the port was granted', async () => {
    await expect(fetchWith(['http:api.example.com'], { url: 'http://api.example.com/' })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it.each([
    '127.0.0.1',
    'localhost',
    '0.0.0.0',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '2130706433',
    '0x7f.1',
    '017700000001',
    '127.1',
    '169.254.169.254',
    '10.0.0.1',
    '192.168.1.1',
    '172.16.0.1',
    '100.64.0.1',
    '[fd00::1]',
    '[fe80::1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    '192.0.2.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
  ])('does not reach %s, granted or not', async (host) => {
    const url = new URL(`http://${host}:9/`);
    const granted = [`http:${url.hostname}:9`];
    await expect(fetchWith(granted, { url: url.href })).rejects.toMatchObject({
      code: 'forbidden',
      reason: 'address-forbidden',
    });
    await expect(fetchWith([], { url: url.href })).rejects.toMatchObject({ reason: 'capability-missing' });
  });

  it('asks anew at each redirect', async () => {
    const to = (url: string, status = 302) => `/to?status=${status}&url=${encodeURIComponent(url)}`;
    await expect(fetchLocal({ path: to('https://elsewhere.example/') })).rejects.toMatchObject({
      reason: 'capability-missing',
    });
    await expect(fetchLocal({ path: to(`http://127.0.0.1:${port}/`) })).rejects.toMatchObject({
      reason: 'capability-missing',
    });
    await expect(
      fetchWith([`http:localhost:${port}`, 'http:169.254.169.254:80'], {
        url: `http://localhost:${port}${to('http://169.254.169.254/latest/meta-data')}`,
      }),
    ).rejects.toMatchObject({ reason: 'address-forbidden' });
    await expect(fetchLocal({ path: to('file:///etc/passwd') })).rejects.toMatchObject({ code: 'invalid-input' });
    expect(await fetchLocal({ path: to('/done') })).toMatchObject({ status: 201 });
    expect(await fetchLocal({ path: to('/done', 303), method: 'POST', body: 'x' })).toMatchObject({ body: 'got ' });
    expect(await fetchLocal({ path: to('/done', 307), method: 'POST', body: 'x' })).toMatchObject({ body: 'got x' });
    await expect(fetchLocal({ path: `/to?url=${encodeURIComponent('/to?url=/to')}` })).resolves.toBeDefined();
  });

  it('gives up on redirects that go in a circle', async () => {
    await expect(fetchLocal({ path: '/circle' })).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('limits what comes back', async () => {
    await expect(fetchLocal({ path: '/large' })).rejects.toMatchObject({ code: 'too-large' });
    await expect(fetchLocal({ path: '/endless' })).rejects.toMatchObject({ code: 'too-large' });
    await expect(fetchLocal({ path: '/zipped' })).rejects.toMatchObject({ code: 'unavailable' });
    await expect(fetchLocal({ path: '/cut' })).rejects.toMatchObject({
      code: 'unavailable',
      reason: 'remote-unavailable',
    });
    expect(await fetchLocal({})).toMatchObject({ status: 201 });
  });

  it.each<[string, HttpRequest, RegExp]>([
    ['no URL', { url: 'nonsense' }, /not a valid URL/],
    ['a user in the URL', { url: 'https://a:b@api.example.com/' }, /user name or password/],
    ['another scheme', { url: 'ftp://api.example.com/' }, /cannot be reached/],
    ['a method', { url: 'https://api.example.com/', method: 'TRACE' as 'GET' }, /method must be one of/],
    ['the host header', { url: 'https://api.example.com/', headers: { Host: 'evil' } }, /"Host" cannot be set/],
    ['a hop header', { url: 'https://api.example.com/', headers: { 'Transfer-Encoding': 'chunked' } }, /cannot be set/],
    ['a broken header', { url: 'https://api.example.com/', headers: { 'x-a': 'a\r\nx-b: c' } }, /no valid value/],
    ['a large body', { url: 'https://api.example.com/', body: 'x'.repeat(1024 * 1024 + 1) }, /body must be/],
  ])('refuses %s', async (_what, request, message) => {
    await expect(fetchWith(['http:api.example.com'], request)).rejects.toThrow(message);
  });
});
