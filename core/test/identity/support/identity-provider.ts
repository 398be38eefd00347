import { createServer, type Server } from 'node:http';
import { Provider } from 'oidc-provider';

/** Who is signed in at the provider when a browser comes. */
export interface ProviderPerson {
  sub: string;
  email?: string;
  email_verified?: boolean;
  name?: string;
}

export interface IdentityProvider {
  issuer: string;
  /** `host:port`. */
  target: string;
  person: ProviderPerson;
  clientId: string;
  clientSecret: string;
  /** Begins to answer, for a client that is sent back to these addresses. */
  serve(redirectUris: readonly string[]): void;
  close(): Promise<void>;
}

/** The address of a server that listens on a free port of this machine. */
async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(server.address() as { port: number }).port}`;
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

/** A real OpenID provider that signs `person` in without asking. Its address is known before it serves. */
export async function startIdentityProvider(): Promise<IdentityProvider> {
  const people = new Map<string, ProviderPerson>();
  const server = createServer();
  const target = await listening(server);
  const issuer = `http://${target}`;
  const client = { client_id: 'bazaar', client_secret: 'the secret of the client, long enough' };
  const idp: IdentityProvider = {
    issuer,
    target,
    person: { sub: 'nobody' },
    clientId: client.client_id,
    clientSecret: client.client_secret,
    close: () => closed(server),
    serve(redirectUris) {
      const provider = new Provider(issuer, {
        clients: [
          { ...client, redirect_uris: [...redirectUris] },
          { client_id: 'somebody-else', client_secret: 'another secret', redirect_uris: [...redirectUris] },
        ],
        claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
        conformIdTokenClaims: false,
        features: { devInteractions: { enabled: false } },
        cookies: { keys: ['the cookies of the tests'] },
        interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
        async loadExistingGrant(ctx) {
          const { client: of, session } = ctx.oidc;
          const grant = new provider.Grant({ clientId: of?.clientId ?? '', accountId: session?.accountId ?? '' });
          grant.addOIDCScope('openid email profile');
          await grant.save();
          return grant;
        },
        findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ ...people.get(id), sub: id }) }),
      });
      const answer = provider.callback();
      server.on('request', (request, response) => {
        if (request.url?.startsWith('/interaction/')) {
          people.set(idp.person.sub, idp.person);
          void provider.interactionFinished(request, response, { login: { accountId: idp.person.sub } });
        } else void answer(request, response);
      });
    },
  };
  return idp;
}
