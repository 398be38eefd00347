import { defineRoute, Redirect, type Route, type RouteContext } from '../../routes/index.ts';
import type { RememberRefreshToken } from '../refresh-cookie.ts';
import { SignOnError } from './failure.ts';
import { FLOW_SECONDS, type ProviderAnswer, type SignOn } from './sign-on.ts';

/** Binds the way back to the browser that set out. It must come along although another site sends the browser. */
const COOKIE = 'bazaar_sign_on';
const PATH = '/api/auth/oidc';
const TAG = 'Identity';
const SLUG = { type: 'string', minLength: 1, maxLength: 63 };

/** The way to a tenant's identity provider and back. Browsers go it; whatever goes wrong becomes a page. */
export function signOnRoutes(signOn: SignOn, remember: RememberRefreshToken): Route[] {
  async function orPage(tenant: string, work: () => Promise<Redirect>): Promise<Redirect> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof SignOnError)) throw error;
      return new Redirect(`/single-sign-on?${new URLSearchParams({ failed: error.failure, tenant })}`);
    }
  }

  return [
    defineRoute({
      method: 'GET',
      path: '/api/auth/oidc/{tenant}/start',
      operationId: 'startSingleSignOn',
      summary: "Send the browser to the tenant's identity provider",
      tag: TAG,
      access: 'public',
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['tenant'],
        properties: {
          tenant: SLUG,
          returnTo: { type: 'string', maxLength: 2000, description: 'Page of this site to go on with.' },
        },
      },
      output: {},
      status: 303,
      handler: ({ cookies }, { tenant, returnTo }: { tenant: string; returnTo?: string }) =>
        orPage(tenant, async () => {
          const { location, browser } = await signOn.start(tenant, returnTo);
          cookies.set(COOKIE, browser, { path: PATH, maxAgeSeconds: FLOW_SECONDS, sameSite: 'lax' });
          return new Redirect(location);
        }),
    }),
    defineRoute({
      method: 'GET',
      path: '/api/auth/oidc/{tenant}/callback',
      operationId: 'finishSingleSignOn',
      summary: 'Where identity providers send the browser back to',
      tag: TAG,
      access: 'public',
      input: {
        type: 'object',
        required: ['tenant'],
        properties: { tenant: SLUG },
        additionalProperties: { type: 'string', maxLength: 8192 },
      },
      output: {},
      status: 303,
      handler: (context: RouteContext, { tenant, ...answer }: { tenant: string } & ProviderAnswer) =>
        orPage(tenant, async () => {
          const { cookies, ip, userAgent, requestId } = context;
          const browser = cookies.get(COOKIE);
          cookies.set(COOKIE, null, { path: PATH, sameSite: 'lax' });
          const { signedIn, returnTo } = await signOn.finish(tenant, answer, browser, { ip, userAgent }, requestId);
          remember(context, signedIn.refreshToken);
          return new Redirect(returnTo);
        }),
    }),
  ];
}
