import { beforeEach, expect, test } from 'vitest';
import { Entrance } from './entrance.ts';
import { SecondFactorRequired } from './second-factor.ts';
import type { Offer } from './tokens.ts';

const acme = { id: 't1', slug: 'acme', name: 'Acme' };
const offer: Offer = {
  accessToken: 'access',
  refreshToken: 'refresh',
  user: { id: 'u1', name: 'Ada', email: 'ada@acme.test' },
  tenant: acme,
  memberships: [{ tenant: acme }],
};

let requests: { path: string; body: unknown; authorization: string | null }[];
let answer: Response;
let entrance: Entrance;

beforeEach(() => {
  requests = [];
  entrance = new Entrance(async (input, init = {}) => {
    const authorization = new Headers(init.headers).get('authorization');
    requests.push({ path: String(input), body: JSON.parse(String(init.body)), authorization });
    return answer;
  });
});

test('a sign-in is an offer', async () => {
  answer = Response.json(offer);
  expect(await entrance.signIn({ email: 'ada@acme.test', password: 'secret' })).toEqual(offer);
  expect(requests).toEqual([
    { path: '/api/auth/sign-in', body: { email: 'ada@acme.test', password: 'secret' }, authorization: null },
  ]);
});

test('a refusal is thrown as the server words it', async () => {
  answer = Response.json({ code: 'invalid-credentials', detail: 'Wrong.' }, { status: 401 });
  await expect(entrance.signIn({ email: 'a@b', password: 'x' })).rejects.toMatchObject({
    code: 'invalid-credentials',
    message: 'Wrong.',
  });
});

test('a second factor that is wanted is told apart', async () => {
  const challenge = { token: 't', methods: ['totp'], enrolment: false };
  answer = Response.json({ code: 'second-factor-required', detail: 'Confirm.', challenge }, { status: 401 });
  await expect(entrance.signIn({ email: 'a@b', password: 'x' })).rejects.toBeInstanceOf(SecondFactorRequired);
});

test('an offer is exchanged for one of another tenant, or ended on the server', async () => {
  answer = Response.json({ ...offer, tenant: { ...acme, slug: 'north' } });
  await entrance.offerIn(offer, 'north');
  answer = new Response(null, { status: 204 });
  await entrance.decline(offer);
  expect(requests).toEqual([
    { path: '/api/auth/switch', body: { tenant: 'north' }, authorization: 'Bearer access' },
    { path: '/api/auth/sign-out', body: { refreshToken: 'refresh' }, authorization: null },
  ]);
});
