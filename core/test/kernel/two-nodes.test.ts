import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createThrowawayDatabase, type ThrowawayDatabase } from '../../src/data/index.ts';
import { lockPlugins } from '../../src/plugins/index.ts';
import { type MainProcess, startMain, stopAll } from './main-process.ts';

const FIXTURES = resolve(import.meta.dirname, '../fixtures/plugins');

let folder: string;
let database: ThrowawayDatabase;
let environment: Record<string, string>;
let web: MainProcess;
let worker: MainProcess;
let url: string;
let token: string;
let socket: Socket;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bazaar-nodes-'));
  const lock = join(folder, 'plugins.lock.json');
  await lockPlugins(lock, [join(FIXTURES, 'notes'), join(FIXTURES, 'journal')], { tier: 'inline', grant: 'all' });
  database = await createThrowawayDatabase(process.env.BAZAAR_TEST_SERVER ?? '');
  const { host, port, user, database: name } = database.server.connection;
  environment = {
    DATABASE_URL: `postgres://${user}@localhost:${port}/${name}?host=${encodeURIComponent(host)}`,
    BAZAAR_DATA_DIR: join(folder, 'data'),
    BAZAAR_PLUGINS_LOCK: lock,
    BAZAAR_SECRET: 'the same secret on every node of the test',
  };
  // Both at once on an empty database: they take turns at making it.
  web = startMain({ ...environment, BAZAAR_ROLE: 'web' });
  worker = startMain({ ...environment, BAZAAR_ROLE: 'worker' });
  [url] = await Promise.all([web.ready, worker.ready]);
  const session = await api<{ accessToken: string }>('POST', '/api/setup', {
    tenantName: 'Two nodes',
    name: 'Ada',
    email: 'ada@nodes.test',
    password: 'correct-horse-battery',
  });
  token = session.accessToken;
  for (const plugin of ['notes', 'journal']) await api('POST', `/api/licences/${plugin}/trial`, {});
  socket = io(url, { path: '/api/socket', auth: { token }, transports: ['websocket'], reconnection: false });
  await new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(undefined));
    socket.once('connect_error', reject);
  });
}, 120_000);
afterAll(async () => {
  socket?.close();
  await stopAll();
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

async function api<T>(method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
      ...(body ? { 'Content-Type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const answer = (await response.json()) as T;
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
  return answer;
}

const entries = () => api<{ topic: string; number: number }[]>('POST', '/api/p/journal/actions/entries.list', {});
const create = (topic: string, number: number) => api('POST', '/api/p/notes/notes', { topic, number });

test('what the web node writes, the worker delivers; what the worker tells, browsers at the web node hear', async () => {
  const heard = new Promise((resolve) => {
    socket.once('notes.note.created', resolve);
  });
  await create('across', 1);
  await expect.poll(entries, { timeout: 30_000 }).toEqual([expect.objectContaining({ topic: 'across', number: 1 })]);
  expect(await heard).toMatchObject({ topic: 'across' });
});

test('events wait for a worker that was killed, and come in order', { timeout: 60_000 }, async () => {
  worker.child.kill('SIGKILL');
  await worker.exit;
  for (let number = 2; number <= 10; number++) await create('across', number);
  worker = startMain({ ...environment, BAZAAR_ROLE: 'worker' });
  await worker.ready;
  await expect
    .poll(async () => (await entries()).map(({ number }) => number), { timeout: 30_000 })
    .toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test('a change at one node is known to the other', { timeout: 60_000 }, async () => {
  const second = startMain({ ...environment, BAZAAR_ROLE: 'web' });
  const other = await second.ready;
  const atOther = () =>
    fetch(`${other}/api/p/notes/notes`, { headers: { Authorization: `Bearer ${token}` } }).then(({ status }) => status);
  expect(await atOther()).toBe(200);
  await api('POST', '/api/plugins/journal/disable');
  await api('POST', '/api/plugins/notes/disable');
  await expect.poll(atOther, { timeout: 30_000 }).toBe(403);
  await api('POST', '/api/plugins/notes/enable');
  await expect.poll(atOther, { timeout: 30_000 }).toBe(200);

  // Browsers at the other node hear of a licence as well.
  const distant = io(other, { path: '/api/socket', auth: { token }, transports: ['websocket'], reconnection: false });
  const changes: unknown[] = [];
  distant.on('licence.changed', (change: unknown) => changes.push(change));
  await new Promise((resolve) => {
    distant.once('connect', () => resolve(undefined));
  });
  const licence = '/api/platform/licences/two-nodes/notes';
  await api('POST', `${licence}/revoke`, { reason: 'A test' });
  await expect.poll(atOther, { timeout: 30_000 }).toBe(402);
  await expect.poll(() => changes, { timeout: 30_000 }).toEqual([{ plugin: 'notes' }]);
  await api('POST', `${licence}/reactivate`, { reason: 'The test' });
  await expect.poll(atOther, { timeout: 30_000 }).toBe(200);
  distant.close();
});
