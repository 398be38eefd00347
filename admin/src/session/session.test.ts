import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Session, type SessionState } from './session.ts';

const ada = { id: 'u1', name: 'Ada', email: 'ada@acme.test' };
const bob = { id: 'u2', name: 'Bob', email: 'bob@acme.test' };
const acme = { id: 't1', slug: 'acme', name: 'Acme' };
const NOW = 1_000_000_000_000;

/** A token that ends so many seconds from now. */
function token(name: string, seconds: number): string {
  return `${name}.${btoa(JSON.stringify({ exp: NOW / 1000 + seconds }))}.x`;
}

const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });
const tokens = (accessToken: string, user = ada) => ({ accessToken, user, tenant: acme });
const refused = () => json(401, { code: 'unauthenticated', detail: 'Sign in first.' });

class ChannelDouble {
  readonly sent: unknown[] = [];
  #listener: ((event: { data: unknown }) => void) | undefined;
  postMessage(message: unknown): void {
    this.sent.push(message);
  }
  addEventListener(_type: string, listener: (event: never) => void): void {
    this.#listener = listener as (event: { data: unknown }) => void;
  }
  hear(data: unknown): void {
    this.#listener?.({ data });
  }
}

let channel: ChannelDouble;
let requests: { path: string; body: unknown; authorization: string | null }[];
let answer: (path: string) => Response | Promise<Response>;
let states: SessionState[];
let session: Session;

beforeEach(() => {
  channel = new ChannelDouble();
  requests = [];
  states = [];
  answer = refused;
  session = new Session({
    fetch: async (input, init = {}) => {
      const path = String(input);
      const authorization = new Headers(init.headers).get('authorization');
      requests.push({ path, body: JSON.parse(String(init.body)), authorization });
      return answer(path);
    },
    channel,
    exclusively: (work) => work(),
    now: () => NOW,
  });
  session.onChange((state) => states.push(state));
});

async function signedIn(accessToken = token('first', 900)): Promise<void> {
  answer = () => json(200, tokens(accessToken));
  await session.start();
  requests.length = 0;
  states.length = 0;
}

describe('at the start', () => {
  test('takes up the session of the cookie', async () => {
    await signedIn();
    expect(session.state).toEqual({ status: 'signed-in', user: ada, tenant: acme });
    expect(await session.token()).toBe(token('first', 900));
    expect(requests).toEqual([]);
  });

  test('without one nobody is signed in', async () => {
    await session.start();
    expect(session.state).toEqual({ status: 'signed-out', because: 'start' });
    expect(await session.token()).toBeNull();
  });

  test('a server in trouble signs nobody out', async () => {
    answer = () => new Response('<h1>502</h1>', { status: 502 });
    await expect(session.start()).rejects.toMatchObject({ status: 502, code: 'unavailable' });
    expect(session.state.status).toBe('unknown');
  });
});

describe('renewing', () => {
  test('a token about to end is renewed before it is used', async () => {
    await signedIn(token('old', 10));
    answer = () => json(200, tokens(token('new', 900)));
    expect(await session.token()).toBe(token('new', 900));
  });

  test('any number of callers share one refresh', async () => {
    const stale = token('old', 900);
    await signedIn(stale);
    answer = () => json(200, tokens(token('new', 900)));
    const renewed = await Promise.all([session.renew(stale), session.renew(stale), session.renew(stale)]);
    expect(renewed).toEqual(Array(3).fill(token('new', 900)));
    expect(requests).toHaveLength(1);
    expect(states).toEqual([]);
  });

  test('who comes late with the old token gets the new one without asking', async () => {
    await signedIn(token('old', 900));
    answer = () => json(200, tokens(token('new', 900)));
    await session.renew(token('old', 900));
    expect(await session.renew(token('old', 900))).toBe(token('new', 900));
    expect(requests).toHaveLength(1);
  });

  test('a refused refresh ends the session and says why', async () => {
    await signedIn();
    answer = refused;
    expect(await session.renew(token('first', 900))).toBeNull();
    expect(states).toEqual([{ status: 'signed-out', because: 'expired' }]);
  });

  test('an unreachable server does not', async () => {
    await signedIn();
    answer = () => Promise.reject(new TypeError('Failed to fetch'));
    await expect(session.renew(token('first', 900))).rejects.toThrow(TypeError);
    expect(session.state.status).toBe('signed-in');
  });

  test('an answer that arrives after sign-out changes nothing', async () => {
    await signedIn();
    const late = Promise.withResolvers<Response>();
    answer = (path) => (path.endsWith('refresh') ? late.promise : new Response(null, { status: 204 }));
    const renewing = session.renew(token('first', 900));
    await session.signOut();
    late.resolve(json(200, tokens(token('late', 900))));
    expect(await renewing).toBeNull();
    expect(session.state).toEqual({ status: 'signed-out', because: 'signed-out' });
    expect(await session.token()).toBeNull();
  });
});

describe('signing in', () => {
  test('an offer is taken up by adopting it, and other tabs hear of it', () => {
    session.adopt(tokens(token('first', 900)));
    expect(session.state).toMatchObject({ status: 'signed-in', user: ada });
    expect(channel.sent).toEqual([{ kind: 'signed-in', userId: 'u1', tenantId: 't1' }]);
    expect(requests).toEqual([]);
  });
});

describe('with other tabs', () => {
  test('signing out ends it here, on the server and there', async () => {
    await signedIn();
    answer = () => new Response(null, { status: 204 });
    await session.signOut();
    expect(requests[0]).toMatchObject({
      path: '/api/auth/sign-out',
      authorization: `Bearer ${token('first', 900)}`,
    });
    expect(channel.sent).toEqual([{ kind: 'signed-out' }]);
  });

  test('a sign-out elsewhere ends it here without a request', async () => {
    await signedIn();
    channel.hear({ kind: 'signed-out' });
    expect(states).toEqual([{ status: 'signed-out', because: 'signed-out' }]);
    expect(requests).toEqual([]);
    expect(channel.sent).toEqual([]);
  });

  test('a sign-in elsewhere is followed, also to another person', async () => {
    await signedIn();
    answer = () => json(200, tokens(token('bob', 900), bob));
    channel.hear({ kind: 'signed-in', userId: 'u2', tenantId: 't1' });
    await vi.waitFor(() => expect(session.state).toMatchObject({ status: 'signed-in', user: bob }));
    expect(await session.token()).toBe(token('bob', 900));
  });

  test('a sign-in of the same person elsewhere disturbs nothing', async () => {
    await signedIn();
    channel.hear({ kind: 'signed-in', userId: 'u1', tenantId: 't1' });
    await Promise.resolve();
    expect([requests, states]).toEqual([[], []]);
  });
});
