import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ORIGIN, type SignOn, startSignOn } from './support/sign-on.ts';

let at: SignOn;

beforeAll(async () => {
  at = await startSignOn();
});

afterAll(() => at.close());

beforeEach(() => at.bringAda());

describe('the way there and back', () => {
  it('is good for one return, in the browser that set out, in time', async () => {
    const { location, cookie } = await at.begin();
    expect(new URL(location).searchParams.get('code_challenge_method')).toBe('S256');
    const back = await at.visitProvider(location);
    expect((await at.comeBack(back, '')).failed).toBe('flow-ended');
    // It was used up by the attempt.
    expect((await at.comeBack(back, cookie)).failed).toBe('flow-ended');
    const { location: there, cookie: mine } = await at.begin();
    const other = await at.begin();
    expect((await at.comeBack(await at.visitProvider(there), other.cookie)).failed).toBe('flow-ended');
    const done = await at.begin();
    const path = await at.visitProvider(done.location);
    expect((await at.comeBack(path, done.cookie)).failed).toBeNull();
    expect((await at.comeBack(path, done.cookie)).failed).toBe('flow-ended');
    const late = await at.begin();
    const answer = await at.visitProvider(late.location);
    at.clock.ahead = 11 * 60_000;
    expect((await at.comeBack(answer, late.cookie)).failed).toBe('flow-ended');
    at.clock.ahead = 0;
    expect(mine).not.toBe('');
  });

  it('refuses a changed state, nonce, code or client, and the provider of another tenant', async () => {
    const changed = async (change: (url: URL) => void) => {
      const { location, cookie } = await at.begin();
      const url = new URL(location);
      change(url);
      return at.comeBack(await at.visitProvider(url.href), cookie);
    };
    expect((await changed((url) => url.searchParams.set('state', 'mine'))).failed).toBe('flow-ended');
    expect((await changed((url) => url.searchParams.set('nonce', 'mine'))).failed).toBe('provider-answer');
    expect((await changed((url) => url.searchParams.set('client_id', 'somebody-else'))).failed).toBe('provider-answer');
    expect((await changed((url) => url.searchParams.set('code_challenge', 'a'.repeat(43)))).failed).toBe(
      'provider-answer',
    );
    const { location, cookie } = await at.begin();
    const back = await at.visitProvider(location);
    const elsewhere = back.replace('/acme/', '/north/');
    expect((await at.comeBack(elsewhere, cookie)).failed).toMatch(/flow-ended|not-configured/);
    const { location: again, cookie: mine } = await at.begin();
    const state = new URL(again).searchParams.get('state') ?? '';
    const path = '/api/auth/oidc/acme/callback';
    expect((await at.comeBack(`${path}?state=${state}&error=access_denied`, mine)).failed).toBe('provider-refused');
    expect((await at.comeBack(`${path}?code=x`, mine)).failed).toBe('flow-ended');
    expect((await at.comeBack(path, mine)).failed).toBe('flow-ended');
  });

  it('tells nothing of tenants, and never leads to another site', async () => {
    for (const slug of ['nowhere', 'ACME', "'"]) {
      const { location } = await at.begin(encodeURIComponent(slug));
      expect(new URL(location, ORIGIN).searchParams.get('failed')).toBe('not-configured');
    }
    const { location } = await at.enter('acme', `?returnTo=${encodeURIComponent('//evil.test/')}`);
    expect(location).toBe('/');
  });
});

describe('a provider that lies', () => {
  const attempt = async (lies: Partial<typeof at.liar.lies>) => {
    Object.assign(at.liar.lies, { metadata: {}, claims: {}, foreignKey: false, unsigned: false, ...lies });
    const { location, cookie } = await at.begin();
    const failed = new URL(location, ORIGIN).searchParams.get('failed');
    return failed === null ? at.comeBack(at.liar.answer(location), cookie) : { failed };
  };
  const past = Math.floor(Date.now() / 1000) - 3600;

  it('is refused: wrong audience, issuer, nonce, time or signature', async () => {
    expect((await at.configure(at.owner, { issuer: at.liar.issuer, clientSecret: 'x' })).status).toBe(204);
    expect((await attempt({})).failed).toBeNull();
    for (const claims of [
      { aud: 'somebody-else' },
      { aud: ['bazaar', 'somebody-else'], azp: 'somebody-else' },
      { iss: 'https://login.acme.test' },
      { nonce: 'another' },
      { nonce: undefined },
      { exp: past + 60, iat: past },
      { exp: undefined },
      { sub: '' },
      { sub: undefined },
      { sub: 'x'.repeat(256) },
    ]) {
      expect((await attempt({ claims })).failed, JSON.stringify(claims)).toBe('provider-answer');
    }
    expect((await attempt({ foreignKey: true })).failed).toBe('provider-answer');
    expect((await attempt({ unsigned: true })).failed).toBe('provider-answer');
    expect((await attempt({})).failed).toBeNull();
  });

  it('leads the platform to no address that is not public', async () => {
    const exchanged = at.liar.exchanged;
    for (const metadata of [
      { token_endpoint: 'http://127.0.0.1:9/token' },
      { token_endpoint: 'https://localhost/token' },
      { token_endpoint: 'https://169.254.169.254/token' },
    ]) {
      await at.configure(at.owner, { issuer: at.liar.issuer, clientSecret: 'x' });
      at.liar.lies.metadata = metadata;
      // What was remembered of the provider is of an earlier save.
      await at.configure(at.owner, { issuer: at.liar.issuer, clientSecret: 'x' });
      expect((await attempt({ metadata })).failed, JSON.stringify(metadata)).toBe('provider-answer');
    }
    expect(at.liar.exchanged).toBe(exchanged);
    for (const metadata of [
      { jwks_uri: 'file:///etc/passwd' },
      { authorization_endpoint: 'javascript:alert(1)' },
      { issuer: 'https://login.acme.test' },
    ]) {
      at.liar.lies.metadata = metadata;
      expect((await at.configure(at.owner, { issuer: at.liar.issuer, clientSecret: 'x' })).body.errors).toMatchObject([
        { pointer: '/issuer' },
      ]);
    }
    at.liar.lies.metadata = {};
    for (const issuer of ['http://127.0.0.1:9', 'https://localhost', 'https://10.0.0.1', 'nonsense', 'http://x.test']) {
      const refused = await at.configure(at.owner, { issuer });
      expect(refused, issuer).toMatchObject({ status: 400, body: { errors: [{ pointer: '/issuer' }] } });
    }
    await at.configure(at.owner);
  });
});
