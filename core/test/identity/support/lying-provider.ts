import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** What a provider of this kind says; tests change it. */
export interface Lies {
  /** Members of the discovery document that are not as they should be. */
  metadata: Record<string, unknown>;
  /** Claims of the ID token that are not as they should be. */
  claims: Record<string, unknown>;
  /** Signs with a key that the provider does not publish. */
  foreignKey: boolean;
  /** Sends the ID token without a signature. */
  unsigned: boolean;
}

/** An OpenID provider that hands out whatever ID token a test wants. */
export async function startLyingProvider() {
  const [{ privateKey, publicKey }, foreign] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
  const jwk = { ...(await exportJWK(publicKey)), kid: 'known', use: 'sig', alg: 'RS256' };
  const lies: Lies = { metadata: {}, claims: {}, foreignKey: false, unsigned: false };
  let nonce = '';
  let exchanged = 0;

  async function idToken(): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: issuer,
      aud: 'bazaar',
      sub: 'liar',
      iat: now,
      exp: now + 300,
      nonce,
      email: 'liar@acme.test',
      email_verified: true,
      ...lies.claims,
    };
    if (lies.unsigned) {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      return `${part({ alg: 'none' })}.${part(claims)}.`;
    }
    const key = lies.foreignKey ? foreign.privateKey : privateKey;
    return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'known' }).sign(key);
  }

  const server = createServer((request, response) => {
    const send = (body: unknown) => {
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(body));
    };
    const { pathname } = new URL(request.url ?? '/', 'http://x');
    if (pathname === '/.well-known/openid-configuration') {
      send({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        ...lies.metadata,
      });
    } else if (pathname === '/jwks') send({ keys: [jwk] });
    else if (pathname === '/token') {
      exchanged += 1;
      void idToken().then((token) =>
        send({ access_token: 'a', token_type: 'Bearer', expires_in: 60, id_token: token }),
      );
    } else {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const target = `127.0.0.1:${(server.address() as { port: number }).port}`;
  const issuer = `http://${target}`;
  return {
    issuer,
    target,
    lies,
    get exchanged() {
      return exchanged;
    },
    /** Where the browser would be sent back to, after a sign-in there. */
    answer(location: string): string {
      const asked = new URL(location).searchParams;
      nonce = asked.get('nonce') ?? '';
      const back = new URL(asked.get('redirect_uri') ?? '');
      back.searchParams.set('code', 'the-code');
      back.searchParams.set('state', asked.get('state') ?? '');
      return `${back.pathname}${back.search}`;
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
