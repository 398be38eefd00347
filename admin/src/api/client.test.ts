import { describe, expect, test } from 'vitest';
import type { Session } from '../session/session.ts';
import { ApiClient, attachmentName } from './client.ts';
import { problemOf } from './problem.ts';

function client(statuses: number[], renewed: string | null) {
  const sent: (string | null)[] = [];
  const renewals: string[] = [];
  const session = {
    token: async () => 'old',
    renew: async (stale: string) => {
      renewals.push(stale);
      return renewed;
    },
  } as unknown as Session;
  const api = new ApiClient(session, async (_input, init = {}) => {
    sent.push(new Headers(init.headers).get('authorization'));
    const status = statuses.shift() ?? 500;
    const body = status < 300 ? { fine: true } : { code: 'unauthenticated', detail: 'Sign in.' };
    return new Response(status === 204 ? null : JSON.stringify(body), { status });
  });
  return { api, sent, renewals };
}

describe('ApiClient', () => {
  test('sends the token', async () => {
    const { api, sent } = client([200], null);
    expect(await api.json('GET', '/api/me')).toEqual({ fine: true });
    expect(sent).toEqual(['Bearer old']);
  });

  test('renews a refused token once and repeats the request', async () => {
    const { api, sent, renewals } = client([401, 200], 'new');
    expect(await api.json('GET', '/api/me')).toEqual({ fine: true });
    expect([sent, renewals]).toEqual([['Bearer old', 'Bearer new'], ['old']]);
  });

  test('a second refusal is final', async () => {
    const { api, sent } = client([401, 401], 'new');
    await expect(api.json('GET', '/api/me')).rejects.toMatchObject({ status: 401, code: 'unauthenticated' });
    expect(sent).toHaveLength(2);
  });

  test('nothing is repeated when the session is over', async () => {
    const { api, sent } = client([401], null);
    await expect(api.json('GET', '/api/me')).rejects.toMatchObject({ status: 401 });
    expect(sent).toHaveLength(1);
  });

  test('an empty answer is null', async () => {
    const { api } = client([204], null);
    expect(await api.json('POST', '/api/x', { body: {} })).toBeNull();
  });
});

describe('what needs a recent proof', () => {
  function proving(proven: boolean, refusals: number) {
    let left = refusals;
    let asked = 0;
    const session = { token: async () => 'old', renew: async () => null } as unknown as Session;
    const fetch: typeof globalThis.fetch = async () => {
      left -= 1;
      const refused = { code: 'sudo-required', detail: 'Confirm.' };
      return left < 0 ? Response.json({ fine: true }) : Response.json(refused, { status: 403 });
    };
    const api = new ApiClient(session, fetch, async () => {
      asked += 1;
      return proven;
    });
    return { api, asked: () => asked };
  }

  test('is repeated after it, and asked for once for all that wait', async () => {
    const { api, asked } = proving(true, 2);
    const call = () => api.json('POST', '/api/keys', { body: {} });
    expect(await Promise.all([call(), call()])).toEqual([{ fine: true }, { fine: true }]);
    expect(asked()).toBe(1);
  });

  test('is refused when the person gives up', async () => {
    await expect(proving(false, 1).api.json('POST', '/api/keys')).rejects.toMatchObject({ code: 'sudo-required' });
  });
});

test.each([
  ['attachment; filename="cv.pdf"', 'cv.pdf'],
  ['attachment; filename="cv_.pdf"; filename*=UTF-8\'\'cv%C3%A9.pdf', 'cvé.pdf'],
  [null, 'download'],
  ['inline', 'download'],
])('the name in %s is %s', (header, name) => {
  expect(attachmentName(header)).toBe(name);
});

test.each([
  [
    422,
    '{"code":"unprocessable","detail":"No.","reason":"scan"}',
    { code: 'unprocessable', reason: 'scan', message: 'No.' },
  ],
  [502, '<html>', { code: 'unavailable' }],
  [418, '', { code: 'unknown', message: 'The server refused the request (418).' }],
  [400, '[]', { code: 'unknown' }],
])('a refusal %s with %s', (status, body, expected) => {
  expect(problemOf(status, body)).toMatchObject({ status, ...expected });
});
