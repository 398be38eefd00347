import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditedActions } from '../support/audited.ts';
import { createTestTenant, PASSWORD, signIn } from '../support/people.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { startTestNode, type TestNode } from '../support/test-node.ts';
import { SoftAuthenticator } from './support/authenticator.ts';
import { lettersTo } from './support/mailbox.ts';
import { oneTimeCode } from './support/one-time-code.ts';

interface Challenge {
  token: string;
  methods: string[];
  enrolment: boolean;
}

let test: TestDatabase;
let node: TestNode;
let acme: Awaited<ReturnType<typeof createTestTenant>>;
/** Moves on, so that the code of a step that was used is not the next one. */
const clock = { ahead: 0 };
const STEP_MS = 30_000;

beforeAll(async () => {
  test = await createTestDatabase();
  node = await startTestNode(test.database, { clock });
  const people = ['owner', 'ada', 'bob', 'cleo', 'dan', 'eve', 'fay', 'gus', 'hal', 'ida', 'jo'];
  acme = await createTestTenant(
    test.database,
    'acme',
    Object.fromEntries(people.map((name) => [`${name}@acme.test`, name === 'owner' ? 'owner' : 'viewer'])),
  );
});

afterAll(async () => {
  await node.close();
  await test.drop();
});

function code(secret: string): string {
  return oneTimeCode(secret, Date.now() + clock.ahead);
}

const post = (path: string, body: object = {}, token?: string) =>
  node.call('POST', path, { body, ...(token === undefined ? {} : { token }) });

async function attempt(email: string): Promise<{ status: number; code: unknown; challenge: Challenge }> {
  const { status, body } = await post('/api/auth/sign-in', { email, password: PASSWORD });
  return { status, code: body.code, challenge: body.challenge as unknown as Challenge };
}

async function enrol(token: string): Promise<{ secret: string; recoveryCodes: string[] }> {
  const { body: begun } = await post('/api/account/totp', {}, token);
  const secret = String(begun.secret);
  const confirmed = await post('/api/account/totp/confirm', { code: code(secret) }, token);
  expect(confirmed.status).toBe(200);
  clock.ahead += STEP_MS;
  return { secret, recoveryCodes: confirmed.body.recoveryCodes as string[] };
}

async function audited(action: string): Promise<number> {
  const { rows } = await test.database.platform.query<{ count: number }>(
    'select count(*)::int as count from core.audit_log where action = $1',
    [action],
  );
  return rows[0]?.count ?? 0;
}

describe('an authenticator app', () => {
  it('counts from its first code on, and is then asked for', async () => {
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

describe('a passkey', () => {
  const key = new SoftAuthenticator();

  async function register(token: string, authenticator: SoftAuthenticator, more: object = {}) {
    const { body } = await post('/api/account/passkeys/options', {}, token);
    const response = authenticator.register({ challenge: String(body.challenge), ...more });
    return post('/api/account/passkeys', { name: ' Laptop ', response }, token);
  }

  async function enter(authenticator: SoftAuthenticator, more: object = {}) {
    const { body } = await post('/api/auth/passkey/options');
    const response = authenticator.authenticate({ challenge: String(body.challenge), ...more });
    return { reply: await post('/api/auth/passkey', { response }), response };
  }

  it('is registered from this origin, for this domain, by who was asked who they are', async () => {
    const { accessToken } = await signIn(node, 'hal@acme.test');
    for (const more of [{ origin: 'https://evil.test' }, { rpId: 'evil.test' }, { verified: false }]) {
      const refused = await register(accessToken, new SoftAuthenticator(), more);
      expect(refused, JSON.stringify(more)).toMatchObject({ status: 400, body: { reason: 'passkey-refused' } });
    }
    const made = await register(accessToken, key);
    expect(made.status).toBe(201);
    expect(made.body.recoveryCodes).toHaveLength(10);
    expect((await register(accessToken, key)).body.reason).toBe('passkey-known');
    const { body } = await node.call('GET', '/api/account/security', { token: accessToken });
    expect(body).toMatchObject({
      passkeyOrigin: 'http://localhost:4000',
      passkeys: [{ id: made.body.id, name: 'Laptop', lastUsedAt: null }],
    });
  });

  it('signs its owner in without a name, each challenge once', async () => {
    const { reply, response } = await enter(key);
    expect(reply).toMatchObject({ status: 200, body: { user: { email: 'hal@acme.test' } } });
    expect((await post('/api/auth/passkey', { response })).body.reason).toBe('challenge-ended');
    const made = key.authenticate({ challenge: Buffer.from('made up').toString('base64url') });
    expect((await post('/api/auth/passkey', { response: made })).body.reason).toBe('challenge-ended');
    expect((await enter(new SoftAuthenticator())).reply.body.reason).toBe('passkey-refused');
    expect((await enter(key, { origin: 'https://evil.test' })).reply.body.reason).toBe('passkey-refused');
    expect((await enter(key, { verified: false })).reply.body.reason).toBe('passkey-refused');
    for (const junk of [null, {}, { id: 'x' }, 7, { ...response, response: { clientDataJSON: '!' } }]) {
      expect((await post('/api/auth/passkey', { response: junk })).status).toBe(400);
    }
  });

  it('that was copied is refused, and the tenant can see it', async () => {
    expect((await enter(key, { counter: 100 })).reply.status).toBe(200);
    const before = await audited('passkey.copied');
    expect((await enter(key, { counter: 100 })).reply.body.reason).toBe('passkey-copied');
    expect((await enter(key, { counter: 7 })).reply.body.reason).toBe('passkey-copied');
    expect(await audited('passkey.copied')).toBe(before + 2);
    expect((await enter(key, { counter: 101 })).reply.status).toBe(200);
  });

  it('is renamed and removed by its owner only', async () => {
    const hal = await signIn(node, 'hal@acme.test');
    const owner = await signIn(node, 'owner@acme.test');
    const { body } = await node.call('GET', '/api/account/security', { token: hal.accessToken });
    const [{ id = '' } = {}] = body.passkeys as { id: string }[];
    const path = `/api/account/passkeys/${id}`;
    expect((await node.call('DELETE', path, { token: owner.accessToken })).status).toBe(404);
    expect((await node.call('PATCH', path, { token: owner.accessToken, body: { name: 'x' } })).status).toBe(404);
    expect((await node.call('PATCH', path, { token: hal.accessToken, body: { name: ' ' } })).status).toBe(400);
    expect((await node.call('PATCH', path, { token: hal.accessToken, body: { name: 'Key' } })).status).toBe(204);
    expect((await node.call('DELETE', path, { token: hal.accessToken })).status).toBe(204);
    expect((await enter(key, { counter: 200 })).reply.body.reason).toBe('passkey-refused');
  });
});

/** What the notices to somebody say, the first one first. */
async function told(email: string): Promise<string[]> {
  const letters = await lettersTo(test, email);
  return letters
    .filter(({ template }) => template === 'security-notice')
    .map(({ subject }) => subject)
    .reverse();
}

describe('a proof for the careful', () => {
  const asked = async (token: string) => (await post('/api/account/recovery-codes', {}, token)).body.code;
  const grow = async (userId: string) => {
    await test.database.platform.query(
      `update core.sessions set proven_at = now() - interval '1 hour' where user_id = $1`,
      [userId],
    );
    await node.changes.announce('membership', { userId });
  };

  it('is a code of the app, each good once', async () => {
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
  it('is told of every change of the ways into it', async () => {
    expect((await told('cleo@acme.test')).filter((one) => !one.startsWith('A new sign-in'))).toEqual([
      'An authenticator app was set up',
      'A recovery code was used',
      'New recovery codes were made',
      'A recovery code was used',
    ]);
    expect(await told('hal@acme.test')).toEqual(
      expect.arrayContaining(['A passkey was added', 'A passkey was removed']),
    );
    expect(await told('gus@acme.test')).toContain('Your authenticator app was removed');
  });

  it('gets in by the password again after an operator took the lost factors away', async () => {
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
    expect(await told('ida@acme.test')).toContain('Your second factors were reset');
    expect(await audited('second-factor.reset')).toBe(2);
  });
});

describe('a tenant that asks for a second factor', () => {
  const require = (on: boolean) =>
    test.database.platform
      .query('update core.tenants set second_factor_required = $2 where id = $1', [acme.tenantId, on])
      .then(() => node.changes.announce('role', { tenantId: acme.tenantId }));

  it('ends sessions without one, leads to the set-up, and accepts passkeys as well', async () => {
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

it('whatever was changed here stands in the audit log', async () => {
  expect(await auditedActions(test)).toEqual(
    expect.arrayContaining(['passkey.added', 'passkey.removed', 'passkey.renamed']),
  );
});
