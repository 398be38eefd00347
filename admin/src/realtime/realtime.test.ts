import type { Socket } from 'socket.io-client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Realtime } from './realtime.ts';

/** A socket whose server is the test. */
class SocketDouble {
  active = true;
  attempts = 0;
  closed = false;
  readonly #handlers = new Map<string, (argument: unknown) => void>();
  #any: (event: string, payload: unknown) => void = () => {};
  on(event: string, handler: (argument: unknown) => void) {
    this.#handlers.set(event, handler);
    return this;
  }
  onAny(handler: (event: string, payload: unknown) => void) {
    this.#any = handler;
    return this;
  }
  connect() {
    this.attempts += 1;
    return this;
  }
  disconnect() {
    this.closed = true;
    return this;
  }
  happen(event: string, argument?: unknown) {
    this.#handlers.get(event)?.(argument);
  }
  push(event: string, payload: unknown) {
    this.#any(event, payload);
  }
}

let sockets: SocketDouble[];
let renewals: string[];
let realtime: Realtime;

beforeEach(() => {
  vi.useFakeTimers();
  sockets = [];
  renewals = [];
  const session = {
    token: async () => 'old',
    renew: async (stale: string) => {
      renewals.push(stale);
      return 'new';
    },
  };
  realtime = new Realtime(session, async () => {
    const socket = new SocketDouble();
    sockets.push(socket);
    return socket as unknown as Socket;
  });
});
afterEach(() => {
  vi.useRealTimers();
});

test('events reach those who listen, until they stop', async () => {
  const heard: unknown[] = [];
  const undo = realtime.on('licence.changed', (payload) => heard.push(payload));
  await realtime.connect();
  sockets[0]?.push('licence.changed', { plugin: 'a' });
  sockets[0]?.push('other', { plugin: 'b' });
  sockets[0]?.push('licence.changed', 'nonsense');
  undo();
  sockets[0]?.push('licence.changed', { plugin: 'c' });
  expect(heard).toEqual([{ plugin: 'a' }, {}]);
});

test('after a gap it says so, not at the first connection', async () => {
  let gaps = 0;
  realtime.on('reconnected', () => {
    gaps += 1;
  });
  await realtime.connect();
  sockets[0]?.happen('connect');
  expect(gaps).toBe(0);
  sockets[0]?.happen('connect');
  expect(gaps).toBe(1);
});

test('a refused token is renewed before the next attempt', async () => {
  await realtime.connect();
  const [socket] = sockets;
  if (!socket) throw new Error('no socket');
  socket.active = false;
  socket.happen('connect_error', Object.assign(new Error('Sign in.'), { data: { code: 'unauthenticated' } }));
  await vi.advanceTimersByTimeAsync(500);
  expect([renewals, socket.attempts]).toEqual([['old'], 1]);
});

test('attempts grow rarer while the server refuses', async () => {
  await realtime.connect();
  const [socket] = sockets;
  if (!socket) throw new Error('no socket');
  socket.active = false;
  const times: number[] = [];
  socket.connect = () => {
    times.push(Date.now());
    socket.happen('connect_error', new Error('down'));
    return socket;
  };
  const start = Date.now();
  socket.happen('disconnect');
  await vi.advanceTimersByTimeAsync(120_000);
  expect(times.map((time) => time - start).slice(0, 5)).toEqual([500, 1500, 3500, 7500, 15_500]);
  expect(times.length).toBeLessThan(12);
});

test('a connection that is no longer wanted is closed and not tried again', async () => {
  const connecting = realtime.connect();
  realtime.disconnect();
  await connecting;
  expect(sockets[0]?.closed).toBe(true);
  await realtime.connect();
  const [, second] = sockets;
  if (!second) throw new Error('no socket');
  second.active = false;
  realtime.disconnect();
  second.happen('disconnect');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(second.attempts).toBe(0);
});
