import { createTestTenant, signIn } from '../../support/people.ts';
import { createTestDatabase } from '../../support/test-database.ts';
import { type Reply, startTestNode } from '../../support/test-node.ts';
import { startIdentityProvider } from './identity-provider.ts';
import { startLyingProvider } from './lying-provider.ts';

export const ORIGIN = 'http://localhost:4000';

export const cookieOf = (headers: Headers, name: string): string =>
  headers
    .getSetCookie()
    .find((one) => one.startsWith(`${name}=`))
    ?.split(';')[0] ?? '';

/** A node, a provider that is honest and one that is not; the tenant "acme" signs in by the honest one. */
export async function startSignOn() {
  const test = await createTestDatabase();
  const idp = await startIdentityProvider();
  idp.serve(['acme', 'north'].map((slug) => `${ORIGIN}/api/auth/oidc/${slug}/callback`));
  const liar = await startLyingProvider();
  const clock = { ahead: 0 };
  /** What stands in the name service. */
  const published = new Map<string, string>();
  const node = await startTestNode(test.database, {
    clock,
    privateTargets: [idp.target, liar.target],
    resolveTxt: async (name) => {
      const value = published.get(name);
      if (value === undefined) throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
      return [['something else'], [value.slice(0, 10), value.slice(10)]];
    },
  });
  const acme = await createTestTenant(test.database, 'acme', {
    'owner@acme.test': 'owner',
    'admin@acme.test': 'admin',
    'ada@acme.test': 'recruiter',
    'sam@acme.test': 'viewer',
  });
  await createTestTenant(test.database, 'north', { 'owner@north.test': 'owner', 'both@acme.test': 'admin' });
  const owner = (await signIn(node, 'owner@acme.test')).accessToken;

  function configure(token: string, more: object = {}): Promise<Reply> {
    const body = {
      issuer: idp.issuer,
      clientId: idp.clientId,
      clientSecret: idp.clientSecret,
      enabled: true,
      enforced: false,
      provisioning: true,
      defaultRole: 'viewer',
      ...more,
    };
    return node.call('PUT', '/api/security/single-sign-on', { token, body });
  }

  const verify = (domain: string, token = owner): Promise<Reply> =>
    node.call('POST', `/api/security/domains/${domain}/verify`, { token, body: {} });

  /** What a browser does: goes to the provider, is signed in there, and comes back to the returned address. */
  async function visitProvider(location: string): Promise<string> {
    const jar = new Map<string, string>();
    let next = location;
    for (let hops = 0; hops < 10 && !next.startsWith(ORIGIN); hops++) {
      const response = await fetch(next, {
        redirect: 'manual',
        headers: { Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      });
      for (const cookie of response.headers.getSetCookie()) {
        const [pair = ''] = cookie.split(';');
        jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
      }
      const to = response.headers.get('location');
      if (to === null) throw new Error(`${next} answered ${response.status}: ${await response.text()}`);
      next = new URL(to, next).href;
    }
    const url = new URL(next);
    return `${url.pathname}${url.search}`;
  }

  async function begin(slug = 'acme', query = '') {
    const { status, headers } = await node.call('GET', `/api/auth/oidc/${slug}/start${query}`);
    const location = headers.get('location') ?? '';
    return { status, location, cookie: cookieOf(headers, 'bazaar_sign_on') };
  }

  async function comeBack(path: string, cookie: string) {
    const { status, headers } = await node.call('GET', path, { cookie });
    const location = headers.get('location') ?? '';
    const failed = new URL(location, ORIGIN).searchParams.get('failed');
    return { status, location, failed, refresh: cookieOf(headers, 'bazaar_refresh') };
  }

  async function enter(slug = 'acme', query = '') {
    const { location, cookie } = await begin(slug, query);
    return comeBack(await visitProvider(location), cookie);
  }

  /** The person of the session that began. */
  async function whoIs(refresh: string) {
    const { body } = await node.call('POST', '/api/auth/refresh', { body: {}, cookie: refresh });
    return body as { accessToken: string; user: { id: string; email: string }; tenant: { slug: string } };
  }

  await configure(owner);
  const { body } = await node.call('POST', '/api/security/domains', { token: owner, body: { domain: 'ACME.test' } });
  const { name, value } = body.record as { name: string; value: string };
  const early = await verify('acme.test');
  published.set(name, value);
  const verified = await verify('acme.test');
  if (early.body.reason !== 'record-missing' || verified.status !== 204) throw new Error('the domain is not verified');

  return {
    test,
    node,
    idp,
    liar,
    clock,
    published,
    acme,
    owner,
    configure,
    verify,
    visitProvider,
    begin,
    comeBack,
    enter,
    whoIs,
    /** It is Ada whom the provider knows. */
    bringAda(): void {
      idp.person = { sub: 'ada-at-idp', email: 'ada@acme.test', email_verified: true, name: 'Ada' };
    },
    async close(): Promise<void> {
      await node.close();
      await idp.close();
      await liar.close();
      await test.drop();
    },
  };
}

export type SignOn = Awaited<ReturnType<typeof startSignOn>>;
