import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestTenant, signIn } from '../support/people.ts';
import { SoftAuthenticator } from './support/authenticator.ts';
import { type SecondFactorNode, startSecondFactor } from './support/second-factor.ts';

let fixture: SecondFactorNode;

beforeAll(async () => {
  fixture = await startSecondFactor('ida', 'jo');
});
afterAll(() => fixture?.close());

describe('a recent proof of identity', () => {
  const asked = async (token: string) => (await fixture.post('/api/account/recovery-codes', {}, token)).body.code;
  const grow = async (userId: string) => {
    await fixture.test.database.platform.query(
      `update core.sessions set proven_at = now() - interval '1 hour' where user_id = $1`,
      [userId],
    );
    await fixture.node.changes.announce('membership', { userId });
  };

  it('is a code of the app, each good once', async () => {
    const { node, code, post, enrol, audited } = fixture;
    const { accessToken: token, user } = await signIn(node, 'ida@acme.test');
    const { secret } = await enrol(token);
    await grow(user.id);
    expect(await asked(token)).toBe('sudo-required');
    const prove = (text: string) => post('/api/auth/prove/code', { code: text }, token);
    expect(await prove('000000')).toMatchObject({ status: 400, body: { errors: [{ pointer: '/code' }] } });
    expect(await asked(token)).toBe('sudo-required');
    const good = code(secret);
    expect((await prove(good)).status).toBe(204);
    expect(await asked(token)).toBeUndefined();
    expect((await prove(good)).body.reason).toBe('wrong-code');
    expect(await audited('session.proven')).toBeGreaterThan(0);
    // Two were wrong so far: of many at once only those that are left are looked at.
    const burst = await Promise.all(Array.from({ length: 40 }, (_, n) => prove(String(100_000 + n))));
    expect(burst.filter(({ status }) => status === 400)).toHaveLength(18);
    expect(burst.filter(({ body }) => body.reason === 'second-factor-failures')).toHaveLength(22);
  });

  it('is a passkey, asked for in this very session', async () => {
    const { node, post } = fixture;
    const { accessToken: token, user } = await signIn(node, 'jo@acme.test');
    const key = new SoftAuthenticator();
    const { body: made } = await post('/api/account/passkeys/options', {}, token);
    const response = key.register({ challenge: String(made.challenge) });
    expect((await post('/api/account/passkeys', { name: 'Key', response }, token)).status).toBe(201);
    const { accessToken: elsewhere } = await signIn(node, 'jo@acme.test');
    await grow(user.id);
    const options = async (at: string) =>
      String((await post('/api/auth/prove/passkey-options', {}, at)).body.challenge);
    const answer = (challenge: string, by = key) =>
      post('/api/auth/prove/passkey', { response: by.authenticate({ challenge }) }, token);
    expect((await answer(await options(elsewhere))).body.reason).toBe('challenge-ended');
    expect((await answer(await options(token), new SoftAuthenticator())).body.reason).toBe('passkey-refused');
    expect(await asked(token)).toBe('sudo-required');
    expect((await answer(await options(token))).status).toBe(204);
    expect(await asked(token)).toBeUndefined();
    expect(await asked(elsewhere)).toBe('sudo-required');
  });
});

describe('the owner of an account', () => {
  it('gets in by the password again after an operator took the lost factors away', async () => {
    const { test, node, post, attempt, audited, noticesTo } = fixture;
    await createTestTenant(test.database, 'home', { 'root@home.test': 'owner' }, { isOperator: true });
    const root = (await signIn(node, 'root@home.test')).accessToken;
    const reset = (email: string, token: string) =>
      post('/api/operator/accounts/reset-second-factor', { email }, token);
    const { accessToken: owner } = await signIn(node, 'owner@acme.test');
    expect((await reset('jo@acme.test', owner)).status).toBe(403);
    expect((await reset('nobody@acme.test', root)).status).toBe(404);
    expect((await reset('owner@acme.test', root)).body.reason).toBe('no-second-factor');
    expect((await reset('no address', root)).body.errors).toMatchObject([{ pointer: '/email' }]);
    const { accessToken } = await signIn(node, 'jo@acme.test');
    const done = await reset('Jo@acme.test', root);
    expect(done.body).toEqual({
      authenticatorApp: false,
      passkeys: 1,
      recoveryCodes: 10,
      sessions: expect.any(Number),
    });
    expect((await node.call('GET', '/api/me', { token: accessToken })).status).toBe(401);
    expect((await reset('ida@acme.test', root)).body).toMatchObject({ authenticatorApp: true });
    expect((await attempt('ida@acme.test')).status).toBe(200);
    expect(await noticesTo('ida@acme.test')).toContain('Your second factors were reset');
    expect(await audited('second-factor.reset')).toBe(2);
  });
});
