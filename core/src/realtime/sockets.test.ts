import { request, type Server } from 'node:http';
import { pino } from 'pino';
import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Changes } from '../caching/index.ts';
import { ApiError } from '../errors/index.ts';
import { closeServer, createHttpServer, createRequestLimit, listen, type RequestLimit } from '../listener/index.ts';
import type { Principal } from '../routes/index.ts';
import { createSockets, type Sockets } from './sockets.ts';

let server: Server;
let sockets: Sockets;
let url: string;
let limit: RequestLimit;
let principals: Map<string, Principal>;
let listeners: Map<string, (payload: never) => void>;
const clients: Socket[] = [];

const person = (name: string, permissions: string[]): Principal => ({
  tenant: { id: 't', slug: 't', name: 'T' },
  user: { id: name, name, email: `${name}@t.test`, isOperator: false },
  sessionId: `session of ${name}`,
  provenAt: 0,
  permissions,
});

beforeEach(async () => {
  principals = new Map();
  listeners = new Map();
  limit = async () => undefined;
  server = createHttpServer((_request, response) => response.end());
  sockets = createSockets({
    server,
    authenticate: async (token) => {
      const principal = principals.get(token);
      if (!principal) throw new ApiError('unauthenticated', 'no');
      return principal;
    },
    limit: (request) => limit(request.socket.remoteAddress ?? ''),
    changes: {
      listen: (kind, listener) => {
        listeners.set(kind, listener as (payload: never) => void);
        return () => listeners.delete(kind);
      },
    } as Pick<Changes, 'listen'>,
    log: pino({ level: 'silent' }),
  });
  url = `http://127.0.0.1:${await listen(server, '127.0.0.1', 0)}`;
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await sockets.close();
  await closeServer(server, 0);
});

function connect(token: string): Promise<Socket> {
  const socket = io(url, { path: '/api/socket', auth: { token }, transports: ['websocket'], reconnection: false });
  clients.push(socket);
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    socket.once('connect_error', reject);
  });
}

const announce = (kind: string, payload: object) => listeners.get(kind)?.(payload as never);
const tokenUntil = (seconds: number) =>
  `h.${Buffer.from(JSON.stringify({ exp: Date.now() / 1000 + seconds })).toString('base64url')}.s`;

test('a socket ends with its token', async () => {
  const [short, long] = [tokenUntil(0.3), tokenUntil(3600)];
  principals.set(short, person('short', []));
  principals.set(long, person('long', []));
  const lasting = await connect(long);
  const brief = await connect(short);
  await expect.poll(() => brief.connected).toBe(false);
  expect(lasting.connected).toBe(true);
});

test('when roles change, what a socket receives changes with them', async () => {
  principals.set('ada', person('ada', ['p:read']));
  const socket = await connect('ada');
  const heard: unknown[] = [];
  socket.onAny((event, payload) => heard.push([event, payload]));
  const send = async (permission: string | undefined, payload: object) => {
    sockets.send({ tenantId: 't', event: 'e', payload: payload as never, ...(permission ? { permission } : {}) });
  };
  await send('p:read', { n: 1 });
  await send('p:write', { n: 2 });
  await send(undefined, { n: 3 });
  await expect
    .poll(() => heard)
    .toEqual([
      ['e', { n: 1 }],
      ['e', { n: 3 }],
    ]);

  principals.set('ada', person('ada', ['p:write']));
  announce('role', { tenantId: 't' });
  await expect
    .poll(async () => {
      heard.length = 0;
      await send('p:read', { n: 4 });
      await send('p:write', { n: 5 });
      await send(undefined, { n: 6 });
      await new Promise((resolve) => setTimeout(resolve, 30));
      return heard;
    })
    .toEqual([
      ['e', { n: 5 }],
      ['e', { n: 6 }],
    ]);
});

test('who is signed out, suspended or removed is cut off', async () => {
  for (const name of ['ada', 'bob', 'eve']) principals.set(name, person(name, []));
  const [ada, bob, eve] = [await connect('ada'), await connect('bob'), await connect('eve')];
  principals.clear();
  announce('session', { tenantId: 't', sessionId: 'session of ada' });
  announce('membership', { userId: 'bob' });
  await expect.poll(() => [ada.connected, bob.connected]).toEqual([false, false]);
  expect(eve.connected).toBe(true);
});

test('what becomes of a plugin for all tenants is told to all; what one tenant does, that tenant publishes', async () => {
  principals.set('ada', person('ada', []));
  const socket = await connect('ada');
  const heard: unknown[] = [];
  socket.onAny((event, payload) => heard.push([event, payload]));
  announce('plugin', { plugin: 'crm', tenantId: 'other' });
  announce('plugin', { plugin: 'stock' });
  await expect.poll(() => heard).toEqual([['plugin.changed', { plugin: 'stock' }]]);
});

test('closing tells every client and leaves the HTTP server to others', async () => {
  principals.set('ada', person('ada', []));
  const ada = await connect('ada');
  await sockets.close();
  await expect.poll(() => ada.connected).toBe(false);
  expect((await fetch(url)).status).toBe(200);
});

/** What is answered to a request for a WebSocket. */
function upgrade(): Promise<{ status: number | undefined; type: string | undefined; wait: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': Buffer.alloc(16).toString('base64'),
    };
    const asked = request(`${url}/api/socket/?EIO=4&transport=websocket`, { headers });
    asked.on('upgrade', (_response, socket) => {
      socket.destroy();
      resolve({ status: 101, type: undefined, wait: 0, text: '' });
    });
    asked.on('response', async (response) => {
      const chunks = await Array.fromAsync(response.setEncoding('utf8'));
      const { 'content-type': type, 'retry-after': wait } = response.headers;
      resolve({ status: response.statusCode, type, wait: Number(wait), text: chunks.join('') });
    });
    asked.on('error', reject);
    asked.end();
  });
}

test('one address opens so many sockets, and no more', async () => {
  limit = createRequestLimit(18);
  for (let opened = 1; opened <= 3; opened++) expect((await upgrade()).status).toBe(101);
  const refused = await upgrade();
  expect(refused).toMatchObject({ status: 429, type: 'application/problem+json; charset=utf-8' });
  expect(refused.wait).toBeGreaterThan(0);
  expect(JSON.parse(refused.text)).toMatchObject({ status: 429, code: 'rate-limited' });
});

test('who polls is limited with every request', async () => {
  limit = createRequestLimit(12);
  const poll = () => fetch(`${url}/api/socket/?EIO=4&transport=polling`);
  expect((await poll()).status).toBe(200);
  expect((await poll()).status).toBe(200);
  const refused = await poll();
  expect(refused.status).toBe(429);
  expect(await refused.json()).toMatchObject({ code: 'rate-limited' });
  // What is no socket is not counted here.
  expect((await fetch(url)).status).toBe(200);
});
