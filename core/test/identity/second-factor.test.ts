import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signIn } from '../support/people.ts';
import { SoftAuthenticator } from './support/authenticator.ts';
import { type Challenge, type SecondFactorNode, STEP_MS, startSecondFactor } from './support/second-factor.ts';

let fixture: SecondFactorNode;

beforeAll(async () => {
  fixture = await startSecondFactor('ada', 'bob', 'cleo', 'dan', 'eve', 'fay', 'gus');
});
afterAll(() => fixture?.close());

describe('an authenticator app', () => {
  it('counts from its first code on, and is then asked for', async () => {
    const { node, clock, code, post, attempt } = fixture;
    const { accessToken } = await signIn(node, 'ada@acme.test');
    const { body: begun } = await post('/api/account/totp', {}, accessToken);
    expect(String(begun.uri)).toContain('otpauth://totp/Bazaar:ada');
    expect((await attempt('ada@acme.test')).status).toBe(200);

    const wrong = await post('/api/account/totp/confirm', { code: '000000' }, accessToken);
    expect(wrong).toMatchObject({ status: 400, body: { reason: 'wrong-code', errors: [{ pointer: '/code' }] } });
    const secret = String(begun.secret);
    const confirmed = await post('/api/account/totp/confirm', { code: code(secret) }, accessToken);
    expect(confirmed.body.recoveryCodes).toHaveLength(10);
    expect(await node.call('GET', '/api/account/security', { token: accessToken })).toMatchObject({
      body: { hasPassword: true, totp: { since: expect.any(String) }, recoveryCodes: 10, passkeys: [] },
    });

    const refused = await attempt('ada@acme.test');
    expect(refused).toMatchObject({ status: 401, code: 'second-factor-required' });
    expect(refused.challenge).toMatchObject({ methods: ['totp', 'recovery-code'], enrolment: false });
    const { token: challenge } = refused.challenge;
    // The code that confirmed the app is used up.
    expect((await post('/api/auth/second-factor', { challenge, code: code(secret) })).status).toBe(400);
    clock.ahead += STEP_MS;
    const signed = await post('/api/auth/second-factor', { challenge, code: code(secret) });
    expect(signed).toMatchObject({ status: 200, body: { user: { email: 'ada@acme.test' } } });
    expect(signed.headers.get('set-cookie')).toContain('bazaar_refresh=');
    // The challenge is used up too, and so is the code.
    expect((await post('/api/auth/second-factor', { challenge, code: code(secret) })).body.reason).toBe(
      'challenge-ended',
    );
    const again = await attempt('ada@acme.test');
    const replay = { challenge: again.challenge.token, code: code(secret) };
    expect((await post('/api/auth/second-factor', replay)).body.reason).toBe('wrong-code');
  });

  it('keeps its secret sealed, and recovery codes hashed', async () => {
    const { test, node, post, enrol } = fixture;
    const { accessToken } = await signIn(node, 'bob@acme.test');
    const { secret, recoveryCodes } = await enrol(accessToken);
    const { rows } = await test.database.platform.query(
      `select convert_from(substr(secret, 1, 0), 'UTF8') as x, encode(secret, 'escape') as sealed,
              (select string_agg(encode(code_hash, 'escape'), ' ') from core.recovery_codes) as hashes
         from core.totp_authenticators`,
    );
    const stored = JSON.stringify(rows);
    expect(stored).not.toContain(secret);
    for (const one of recoveryCodes) expect(stored).not.toContain(one.replace('-', ''));
    const again = await post('/api/account/totp', {}, accessToken);
    expect(again).toMatchObject({ status: 409, body: { reason: 'totp-enrolled' } });
  });

  it('is replaced by each recovery code once', async () => {
    const { node, post, attempt, enrol, audited } = fixture;
    const { accessToken } = await signIn(node, 'cleo@acme.test');
    const { recoveryCodes } = await enrol(accessToken);
    const [first = '', second = ''] = recoveryCodes;
    const before = await audited('recovery-code.used');
    const use = async (recoveryCode: string) => {
      const { challenge } = await attempt('cleo@acme.test');
      return post('/api/auth/second-factor', { challenge: challenge.token, recoveryCode });
    };
    expect((await use(first.toUpperCase())).status).toBe(200);
    expect((await use(first)).body).toMatchObject({ reason: 'wrong-code', errors: [{ pointer: '/recoveryCode' }] });
    const renewed = await post('/api/account/recovery-codes', {}, accessToken);
    expect(renewed.body.recoveryCodes).toHaveLength(10);
    expect((await use(second)).status).toBe(400);
    expect((await use((renewed.body.recoveryCodes as string[])[3] ?? '')).status).toBe(200);
    expect(await audited('recovery-code.used')).toBe(before + 2);
  });

  it('of one person does not open the account of another', async () => {
    const { node, code, post, attempt, enrol } = fixture;
    const { accessToken } = await signIn(node, 'dan@acme.test');
    await enrol(accessToken);
    const { accessToken: evil } = await signIn(node, 'eve@acme.test');
    const { secret, recoveryCodes } = await enrol(evil);
    const { challenge } = await attempt('dan@acme.test');
    for (const answer of [{ code: code(secret) }, { recoveryCode: recoveryCodes[0] }]) {
      expect((await post('/api/auth/second-factor', { challenge: challenge.token, ...answer })).status).toBe(400);
    }
  });

  it('can be guessed at five times for each challenge and twenty times for each account', async () => {
    const { node, code, post, attempt, enrol } = fixture;
    const { accessToken } = await signIn(node, 'fay@acme.test');
    const { secret } = await enrol(accessToken);
    const guess = (challenge: Challenge, text = '123456') =>
      post('/api/auth/second-factor', { challenge: challenge.token, code: text });
    const { challenge } = await attempt('fay@acme.test');
    for (let guesses = 0; guesses < 5; guesses++) expect((await guess(challenge)).body.reason).toBe('wrong-code');
    expect((await guess(challenge, code(secret))).body.reason).toBe('challenge-ended');
    for (let round = 0; round < 3; round++) {
      const next = await attempt('fay@acme.test');
      for (let guesses = 0; guesses < 5; guesses++) await guess(next.challenge);
    }
    const last = await attempt('fay@acme.test');
    const locked = await guess(last.challenge, code(secret));
    expect(locked).toMatchObject({ status: 429, body: { reason: 'second-factor-failures' } });
    expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(60);
  });

  it('is answered in time, with one answer of a kind', async () => {
    const { node, clock, code, post, attempt, enrol } = fixture;
    const { accessToken } = await signIn(node, 'gus@acme.test');
    const { secret } = await enrol(accessToken);
    const { challenge } = await attempt('gus@acme.test');
    for (const body of [
      {},
      { challenge: challenge.token },
      { code: '123456' },
      { challenge: challenge.token, code: '123456', recoveryCode: 'x' },
      { challenge: challenge.token, code: 123456, extra: 1 },
      { challenge: 7, code: 'x' },
    ]) {
      expect((await post('/api/auth/second-factor', body)).status, JSON.stringify(body)).toBe(400);
    }
    expect((await post('/api/auth/second-factor', { challenge: 'made-up', code: '123456' })).status).toBe(401);
    clock.ahead += 5 * 60_000 + 1000;
    const late = await post('/api/auth/second-factor', { challenge: challenge.token, code: code(secret) });
    expect(late.body.reason).toBe('challenge-ended');
    const removed = await node.call('DELETE', '/api/account/totp', { token: accessToken });
    expect(removed.status).toBe(204);
    expect((await attempt('gus@acme.test')).status).toBe(200);
    expect((await post('/api/account/recovery-codes', {}, accessToken)).body.reason).toBe('no-second-factor');
  });
});

describe('the owner of an account', () => {
  it('is told of every change of the ways into it', async () => {
    const { noticesTo } = fixture;
    expect((await noticesTo('cleo@acme.test')).filter((one) => !one.startsWith('A new sign-in'))).toEqual([
      'An authenticator app was set up',
      'A recovery code was used',
      'New recovery codes were made',
      'A recovery code was used',
    ]);
    expect(await noticesTo('gus@acme.test')).toContain('Your authenticator app was removed');
  });
});

describe('a tenant that asks for a second factor', () => {
  const require = (isRequired: boolean) =>
    fixture.test.database.platform
      .query('update core.tenants set second_factor_required = $2 where id = $1', [fixture.acme.tenantId, isRequired])
      .then(() => fixture.node.changes.announce('role', { tenantId: fixture.acme.tenantId }));

  it('ends sessions without one, leads to the set-up, and accepts passkeys as well', async () => {
    const { node, code, post, attempt } = fixture;
    const early = await signIn(node, 'owner@acme.test');
    await require(true);
    try {
      expect((await node.call('GET', '/api/me', { token: early.accessToken })).status).toBe(401);
      const refused = await attempt('owner@acme.test');
      expect(refused).toMatchObject({ status: 401, challenge: { methods: [], enrolment: true } });
      const { token: challenge } = refused.challenge;
      expect((await post('/api/auth/second-factor', { challenge, recoveryCode: '00000-00000' })).status).toBe(400);
      const { body: begun } = await post('/api/auth/second-factor/enrolment', { challenge });
      const signed = await post('/api/auth/second-factor', { challenge, code: code(String(begun.secret)) });
      expect(signed.status).toBe(200);
      expect(signed.body.recoveryCodes).toHaveLength(10);
      const token = String(signed.body.accessToken);
      expect((await node.call('GET', '/api/me', { token })).status).toBe(200);

      const key = new SoftAuthenticator();
      const { body: options } = await post('/api/account/passkeys/options', {}, token);
      const response = key.register({ challenge: String(options.challenge) });
      expect((await post('/api/account/passkeys', { name: 'Key', response }, token)).status).toBe(201);
      const next = await attempt('owner@acme.test');
      expect(next.challenge.methods).toEqual(['totp', 'passkey', 'recovery-code']);
      const bound = { challenge: next.challenge.token };
      const { body: asked } = await post('/api/auth/second-factor/passkey-options', bound);
      const other = await attempt('owner@acme.test');
      const passkey = key.authenticate({ challenge: String(asked.challenge) });
      const elsewhere = { challenge: other.challenge.token, passkey };
      expect((await post('/api/auth/second-factor', elsewhere)).body.reason).toBe('challenge-ended');
      const { body: anew } = await post('/api/auth/second-factor/passkey-options', bound);
      const answer = { ...bound, passkey: key.authenticate({ challenge: String(anew.challenge) }) };
      expect((await post('/api/auth/second-factor', answer)).status).toBe(200);
    } finally {
      await require(false);
    }
  });
});
