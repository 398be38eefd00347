import { pino } from 'pino';
import { expect, test, vi } from 'vitest';
import { sameOrigin, tokenExpiry } from './handshake.ts';
import { createRealtime } from './realtime.ts';
import { roomOf, roomsOf } from './rooms.ts';
import type { RealtimeMessage } from './types.ts';

const log = pino({ level: 'silent' });
const message: RealtimeMessage = { tenantId: 't1', event: 'progress', payload: { percent: 10 } };

/** Two nodes on one bus, which (as NOTIFY does) also brings each its own messages. */
function nodes() {
  const listeners: ((payload: unknown) => void)[] = [];
  const bus = {
    publish: async (_kind: string, payload: unknown) => {
      for (const listener of listeners) listener(JSON.parse(JSON.stringify(payload)));
    },
    on: (_kind: string, listener: (payload: unknown) => void) => {
      listeners.push(listener);
      return () => {
        listeners.splice(listeners.indexOf(listener), 1);
      };
    },
  };
  const here = vi.fn();
  const there = vi.fn();
  return {
    here,
    there,
    first: createRealtime({ bus, deliver: here, log }),
    second: createRealtime({ bus, deliver: there, log }),
  };
}

test('every node delivers a message once', () => {
  const { first, here, there } = nodes();
  first.publish(message);
  expect(here.mock.calls).toEqual([[message]]);
  expect(there.mock.calls).toEqual([[message]]);
});

test('a payload too large for the bus reaches the own node whole and the others empty', () => {
  const { first, here, there } = nodes();
  const large = { ...message, payload: { text: 'x'.repeat(10_000) } };
  first.publish(large);
  expect(here).toHaveBeenCalledWith(large);
  expect(there).toHaveBeenCalledWith({ ...large, payload: {} });
});

test('a closed node hears no more', () => {
  const { first, second, there } = nodes();
  second.close();
  first.publish(message);
  expect(there).not.toHaveBeenCalled();
});

test('a message reaches exactly those rooms that its audience is in', () => {
  const rooms = roomsOf({
    tenant: { id: 't1', slug: 'acme', name: 'Acme' },
    user: { id: 'u1', name: 'Ada', email: 'ada@acme.test', isOperator: false },
    sessionId: 's1',
    provenAt: 0,
    permissions: ['job-board:jobs.read'],
  });
  expect(rooms).toContain(roomOf({ tenantId: 't1' }));
  expect(rooms).toContain(roomOf({ tenantId: 't1', permission: 'job-board:jobs.read' }));
  expect(rooms).not.toContain(roomOf({ tenantId: 't1', permission: 'job-board:jobs.write' }));
  expect(rooms).not.toContain(roomOf({ tenantId: 't2', permission: 'job-board:jobs.read' }));
  expect(rooms).not.toContain(roomOf({ tenantId: 't2' }));
});

test.each([
  [undefined, 'localhost:4000', undefined, true],
  ['http://localhost:4000', 'localhost:4000', undefined, true],
  ['https://bazaar.example', 'inside:4000', 'https://bazaar.example', true],
  ['https://evil.example', 'localhost:4000', 'https://bazaar.example', false],
  ['http://localhost:4001', 'localhost:4000', undefined, false],
  ['null', 'localhost:4000', undefined, false],
])('origin %s at host %s (public %s): %s', (origin, host, publicOrigin, allowed) => {
  const headers = origin === undefined ? { host } : { host, origin };
  expect(sameOrigin({ headers }, publicOrigin)).toBe(allowed);
});

test.each([
  [`x.${Buffer.from('{"exp":1700000000}').toString('base64url')}.y`, 1_700_000_000_000],
  [`x.${Buffer.from('{}').toString('base64url')}.y`, undefined],
  ['nonsense', undefined],
  ['', undefined],
])('the end of token %s is %s', (token, expected) => {
  expect(tokenExpiry(token)).toBe(expected);
});
