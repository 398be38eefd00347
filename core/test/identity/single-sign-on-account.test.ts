import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { auditedActions } from '../support/audited.ts';
import { PASSWORD, signIn } from '../support/people.ts';
import { lettersTo } from './support/mailbox.ts';
import { cookieOf, type SignOn, startSignOn } from './support/sign-on.ts';

let at: SignOn;

beforeAll(async () => {
  at = await startSignOn();
});

afterAll(() => at.close());

beforeEach(() => at.bringAda());

describe('somebody who is signed in', () => {
  /** Makes the proof of this one session old. */
  const grow = async (token: string) => {
    const { session, tenant } = (await at.node.call('GET', '/api/me', { token })).body as Record<
      string,
      { id: string }
    >;
    const sessionId = session?.id ?? '';
    const sql = `update core.sessions set proven_at = now() - interval '1 hour' where id = $1`;
    await at.test.database.platform.query(sql, [sessionId]);
    await at.node.changes.announce('session', { tenantId: tenant?.id ?? '', sessionId });
  };
  const leaveFor = async (path: string, token: string, body: object = {}) => {
    const { status, body: answer, headers } = await at.node.call('POST', path, { token, body });
    const { location = '', reason, code } = answer as { location?: string; reason?: string; code?: string };
    return { status, location, reason, code, cookie: cookieOf(headers, 'bazaar_sign_on') };
  };
  const connect = async (token: string) => {
    const { location, cookie } = await leaveFor('/api/account/single-sign-on', token);
    return (await at.comeBack(await at.visitProvider(location), cookie)).location;
  };
  const PAGE = '/account/security?single-sign-on=';

  it('connects their own account after a recent proof, an owner too; nobody’s twice', async () => {
    const { accessToken, user } = await signIn(at.node, 'owner@acme.test');
    await grow(accessToken);
    expect((await leaveFor('/api/account/single-sign-on', accessToken)).code).toBe('sudo-required');
    expect(
      (await at.node.call('POST', '/api/auth/prove', { token: accessToken, body: { password: PASSWORD } })).status,
    ).toBe(204);
    // Whose address it is over there does not matter: both accounts have been shown to be theirs.
    at.idp.person = { sub: 'boss', email: 'boss@elsewhere.test', email_verified: false };
    expect(await connect(accessToken)).toBe(`${PAGE}connected`);
    const session = await at.whoIs((await at.enter()).refresh);
    expect(session.user.id).toBe(user.id);
    const { accessToken: sams } = await signIn(at.node, 'sam@acme.test');
    expect(await connect(sams)).toBe(`${PAGE}connected-elsewhere`);
    const { body } = await at.node.call('GET', '/api/account/security', { token: accessToken });
    expect(body.singleSignOn).toEqual({ since: expect.any(String) });
    expect((await at.node.call('DELETE', '/api/account/single-sign-on', { token: accessToken })).status).toBe(204);
    expect((await at.node.call('GET', '/api/me', { token: session.accessToken })).status).toBe(401);
    expect((await at.enter()).failed).toBe('email-unverified');
    expect(await toldOf('owner@acme.test')).toEqual(2);
  });

  it('does not connect in another browser, or once the session has ended', async () => {
    at.idp.person = { sub: 'boss-2' };
    const { accessToken } = await signIn(at.node, 'sam@acme.test');
    const away = await leaveFor('/api/account/single-sign-on', accessToken);
    expect((await at.comeBack(await at.visitProvider(away.location), '')).failed).toBe('flow-ended');
    const again = await leaveFor('/api/account/single-sign-on', accessToken);
    const back = await at.visitProvider(again.location);
    await at.node.call('POST', '/api/auth/sign-out', { token: accessToken, body: {} });
    expect((await at.comeBack(back, again.cookie)).location).toBe(`${PAGE}session-ended`);
  });

  it('proves by the provider that it is still them, where there is no other proof', async () => {
    at.idp.person = { sub: 'only-here', email: 'only@acme.test', email_verified: true };
    const { accessToken: token } = await at.whoIs((await at.enter()).refresh);
    await grow(token);
    const careful = async () => (await at.node.call('POST', '/api/account/totp', { token, body: {} })).body.code;
    expect(await careful()).toBe('sudo-required');
    const prove = () => leaveFor('/api/auth/prove/single-sign-on', token, { returnTo: '/account/security' });
    const { location, cookie } = await prove();
    expect(new URL(location).searchParams.get('prompt')).toBe('login');
    at.idp.person = { sub: 'ada-at-idp', email: 'ada@acme.test', email_verified: true };
    expect((await at.comeBack(await at.visitProvider(location), cookie)).location).toBe(`${PAGE}somebody-else`);
    expect(await careful()).toBe('sudo-required');
    at.idp.person = { sub: 'only-here' };
    const again = await prove();
    expect((await at.comeBack(await at.visitProvider(again.location), again.cookie)).location).toBe(
      '/account/security',
    );
    expect(await careful()).toBeUndefined();
    expect((await at.node.call('DELETE', '/api/account/single-sign-on', { token })).body.reason).toBe('only-way-in');
    const { accessToken: own } = await signIn(at.node, 'sam@acme.test');
    expect((await leaveFor('/api/auth/prove/single-sign-on', own)).reason).toBe('own-proof');
  });

  it('is believed no provider that does not say when it asked', async () => {
    Object.assign(at.liar.lies, { metadata: {}, claims: {}, foreignKey: false, unsigned: false });
    await at.configure(at.owner, { issuer: at.liar.issuer, clientSecret: 'x' });
    at.liar.lies.claims = { sub: 'lia', email: 'lia@acme.test' };
    const { location, cookie } = await at.begin();
    const { accessToken: token } = await at.whoIs((await at.comeBack(at.liar.answer(location), cookie)).refresh);
    await grow(token);
    for (const more of [{}, { auth_time: Math.floor(Date.now() / 1000) - 3600 }]) {
      at.liar.lies.claims = { sub: 'lia', ...more };
      const away = await leaveFor('/api/auth/prove/single-sign-on', token);
      expect((await at.comeBack(at.liar.answer(away.location), away.cookie)).location).toBe(`${PAGE}not-asked-again`);
    }
    at.liar.lies.claims = { sub: 'lia', auth_time: Math.floor(Date.now() / 1000) };
    const away = await leaveFor('/api/auth/prove/single-sign-on', token);
    expect((await at.comeBack(at.liar.answer(away.location), away.cookie)).location).toBe('/');
    await at.configure(at.owner);
  });

  async function toldOf(email: string): Promise<number> {
    const letters = await lettersTo(at.test, email);
    return letters.filter(({ subject }) => subject.includes('single sign-on')).length;
  }
});

it('whatever was changed here stands in the audit log', async () => {
  expect(await auditedActions(at.test)).toEqual(expect.arrayContaining(['identity.linked', 'identity.unlinked']));
});
