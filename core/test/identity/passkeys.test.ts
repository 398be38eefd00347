import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditedActions } from '../support/audited.ts';
import { signIn } from '../support/people.ts';
import { SoftAuthenticator } from './support/authenticator.ts';
import { type SecondFactorNode, startSecondFactor } from './support/second-factor.ts';

let fixture: SecondFactorNode;

beforeAll(async () => {
  fixture = await startSecondFactor('hal');
});
afterAll(() => fixture?.close());

describe('a passkey', () => {
  const key = new SoftAuthenticator();

  async function enter(authenticator: SoftAuthenticator, more: object = {}) {
    const { body } = await fixture.post('/api/auth/passkey/options');
    const response = authenticator.authenticate({ challenge: String(body.challenge), ...more });
    return { reply: await fixture.post('/api/auth/passkey', { response }), response };
  }

  it('is registered from this origin, for this domain, by who was asked who they are', async () => {
    const { node, register } = fixture;
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
    const { post } = fixture;
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
    const { audited } = fixture;
    expect((await enter(key, { counter: 100 })).reply.status).toBe(200);
    const before = await audited('passkey.copied');
    expect((await enter(key, { counter: 100 })).reply.body.reason).toBe('passkey-copied');
    expect((await enter(key, { counter: 7 })).reply.body.reason).toBe('passkey-copied');
    expect(await audited('passkey.copied')).toBe(before + 2);
    expect((await enter(key, { counter: 101 })).reply.status).toBe(200);
  });

  it('is renamed and removed by its owner only', async () => {
    const { node, noticesTo } = fixture;
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
    expect(await noticesTo('hal@acme.test')).toEqual(
      expect.arrayContaining(['A passkey was added', 'A passkey was removed']),
    );
  });
});

it('whatever was changed here stands in the audit log', async () => {
  expect(await auditedActions(fixture.test)).toEqual(
    expect.arrayContaining(['passkey.added', 'passkey.removed', 'passkey.renamed']),
  );
});
