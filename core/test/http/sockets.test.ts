import { get } from 'node:http';
import type { Platform } from '@bazaar/sdk/testing';
import { startPlatform } from '@bazaar/sdk/testing';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { FIXTURE_PLUGINS } from './support/fixture-platform.ts';

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform({ plugins: FIXTURE_PLUGINS });
});
afterAll(() => platform.stop());

const open: Socket[] = [];
afterEach(() => {
  for (const socket of open.splice(0)) socket.close();
});

function connect(auth: object, options: { extraHeaders?: Record<string, string>; transports?: string[] } = {}): Socket {
  const socket = io(platform.url, {
    path: '/api/socket',
    auth,
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    ...options,
  });
  open.push(socket);
  return socket;
}

const connected = (socket: Socket) =>
  new Promise<Socket>((resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    socket.once('connect_error', reject);
  });

const heard = (socket: Socket, event: string) =>
  new Promise<unknown>((resolve) => {
    socket.once(event, resolve);
  });

async function asRole(role: string, tenant = 'first'): Promise<{ socket: Socket; token: string }> {
  const { accessToken } = await platform.signIn(`${role}@${tenant}.test`);
  return { socket: await connected(connect({ token: accessToken })), token: accessToken };
}

/** Collects what arrives until a message that everyone of the tenant gets has arrived as well. */
function collect(socket: Socket): { events: string[] } {
  const events: string[] = [];
  socket.onAny((event: string) => events.push(event));
  return { events };
}

describe('sign-in', () => {
  test.each([{}, { token: '' }, { token: 'nonsense' }, { token: { $ne: null } }, { token: ['a'] }])(
    'is refused with %j',
    async (auth) => {
      await expect(connected(connect(auth))).rejects.toMatchObject({ data: { code: 'unauthenticated' } });
    },
  );

  test('is possible by polling as well', async () => {
    const { accessToken } = await platform.signIn('owner@first.test');
    const socket = await connected(connect({ token: accessToken }, { transports: ['polling'] }));
    expect(socket.connected).toBe(true);
  });

  test('is refused to pages of other origins', async () => {
    const { accessToken } = await platform.signIn('owner@first.test');
    const from = (origin: string) => connected(connect({ token: accessToken }, { extraHeaders: { Origin: origin } }));
    await expect(from('https://evil.example')).rejects.toThrow();
    await expect(from('null')).rejects.toThrow();
    expect((await from(platform.url)).connected).toBe(true);
  });

  test('a client that floods the socket is cut off, the others are not', async () => {
    const { socket } = await asRole('owner');
    const { socket: flooder } = await asRole('viewer');
    const cut = heard(flooder, 'disconnect');
    flooder.emit('x', 'y'.repeat(100_000));
    await cut;
    expect(socket.connected).toBe(true);
  });
});

describe('messages', () => {
  test('reach those who hold the permission, in this tenant only', async () => {
    const { socket: recruiter } = await asRole('recruiter');
    const { socket: viewer } = await asRole('viewer');
    const { socket: stranger } = await asRole('owner', 'second');
    const [ofViewer, ofStranger] = [collect(viewer), collect(stranger)];
    const event = heard(recruiter, 'notes.note.created');
    await (await platform.as('recruiter')).call('notes.notes.create', { topic: 'sockets', number: 1 });
    expect(await event).toMatchObject({ topic: 'sockets', number: 1 });

    // Licence and plugin changes go to everyone of the tenant: a message after which nothing earlier is under way.
    const change = heard(viewer, 'plugin.changed');
    await (await platform.as('owner')).json('POST', '/api/plugins/journal/disable');
    expect(await change).toEqual({ plugin: 'journal' });
    expect(ofViewer.events).toEqual(['plugin.changed']);
    expect(ofStranger.events).toEqual([]);
    await (await platform.as('owner')).json('POST', '/api/plugins/journal/enable');
  });

  test('nobody can put himself into a room', async () => {
    const { socket: viewer } = await asRole('viewer');
    const { events } = collect(viewer);
    viewer.emit('join', 'tenant:x');
    viewer.emit('subscribe', { room: 'permission' });
    const { socket: recruiter } = await asRole('recruiter');
    const event = heard(recruiter, 'notes.note.created');
    await (await platform.as('recruiter')).call('notes.notes.create', { topic: 'rooms', number: 2 });
    await event;
    expect(events).toEqual([]);
  });
});

describe('end', () => {
  test('of the session ends its sockets, and no others', async () => {
    const { socket, token } = await asRole('manager');
    const { socket: other } = await asRole('manager');
    const cut = heard(socket, 'disconnect');
    await platform.client(token).json('POST', '/api/auth/sign-out', { body: {} });
    expect(await cut).toBe('io server disconnect');
    await expect(connected(connect({ token }))).rejects.toMatchObject({ data: { code: 'unauthenticated' } });
    expect(other.connected).toBe(true);
  });
});

test('who offers to speak HTTP/2 is answered as they asked', async () => {
  const headers = { Connection: 'Upgrade, HTTP2-Settings', Upgrade: 'h2c', 'HTTP2-Settings': 'AAMAAABk' };
  const status = await new Promise((resolve, reject) => {
    get(`${platform.url}/healthz`, { headers }, (response) => resolve(response.resume().statusCode)).on(
      'error',
      reject,
    );
  });
  expect(status).toBe(200);
});

test('a connection that goes on signing in is closed', async () => {
  const socket = new WebSocket(`${platform.url.replace('http', 'ws')}/api/socket/?EIO=4&transport=websocket`);
  const answers: string[] = [];
  socket.addEventListener('message', ({ data }) => answers.push(String(data)));
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  const closed = new Promise((resolve) => socket.addEventListener('close', resolve));
  for (let attempt = 0; attempt < 200; attempt += 1) socket.send('40{"token":"nonsense"}');
  await closed;
  expect(answers.filter((answer) => answer.startsWith('44')).length).toBeLessThanOrEqual(10);
});
