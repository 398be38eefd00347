import { traceOf } from '../../audit/index.ts';
import { defineRoute, Redirect, type Route, type RouteContext, signedIn } from '../../routes/index.ts';
import type { RememberRefreshToken } from '../sessions/refresh-cookie.ts';
import { type AuthorizationRequest, FLOW_SECONDS, type ProviderAnswer } from './authorization-flow.ts';
import { SignOnError } from './failure.ts';
import type { OwnSignOn } from './own-sign-on.ts';
import type { SignOn } from './sign-on.ts';

/** Binds the way back to the browser that set out. It must come along although another site sends the browser. */
const COOKIE = 'bazaar_sign_on';
const PATH = '/api/auth/oidc';
const TAG = 'Identity';
const SLUG = { type: 'string', minLength: 1, maxLength: 63 };
const RETURN_TO = { type: 'string', maxLength: 2000, description: 'Page of this site to go on with.' };
const LOCATION = {
  type: 'object',
  required: ['location'],
  properties: { location: { type: 'string', description: 'Where to send the browser.' } },
};

export interface SignOnRoutesParts {
  signOn: SignOn;
  own: OwnSignOn;
  remember: RememberRefreshToken;
}

/** The way to a tenant's identity provider and back. Browsers go it; whatever goes wrong becomes a page. */
export function signOnRoutes({ signOn, own, remember }: SignOnRoutesParts): Route[] {
  async function orPage(tenant: string, work: () => Promise<Redirect>): Promise<Redirect> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof SignOnError)) throw error;
      const { failure: failed, signedIn: inside } = error;
      return new Redirect(
        inside
          ? `/account/security?${new URLSearchParams({ 'single-sign-on': failed })}`
          : `/single-sign-on?${new URLSearchParams({ failed, tenant })}`,
      );
    }
  }

  /** What the browser keeps comes along only on the way back. */
  function leave({ cookies }: RouteContext, { location, browser }: AuthorizationRequest): string {
    cookies.set(COOKIE, browser, { path: PATH, maxAgeSeconds: FLOW_SECONDS, sameSite: 'lax' });
    return location;
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
          returnTo: RETURN_TO,
        },
      },
      output: {},
      status: 303,
      handler: (context, { tenant, returnTo }: { tenant: string; returnTo?: string }) =>
        orPage(tenant, async () => new Redirect(leave(context, await signOn.start(tenant, returnTo)))),
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
          const came = await signOn.finish(tenant, answer, browser, { ip, userAgent }, requestId);
          if (came.signedIn) remember(context, came.signedIn.refreshToken);
          return new Redirect(came.returnTo);
        }),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/account/single-sign-on',
      operationId: 'connectSingleSignOn',
      summary: "Connect your account to the one you have at the tenant's identity provider; your browser goes there",
      tag: TAG,
      access: 'person',
      sudo: true,
      output: LOCATION,
      handler: async (context) => ({ location: leave(context, await own.connect(signedIn(context))) }),
    }),
    defineRoute({
      method: 'DELETE',
      path: '/api/account/single-sign-on',
      operationId: 'disconnectSingleSignOn',
      summary: "Let the tenant's identity provider sign you in no longer; ends the sessions it began",
      tag: TAG,
      access: 'person',
      sudo: true,
      output: {},
      status: 204,
      handler: (context) => own.disconnect(signedIn(context), traceOf(context)),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/auth/prove/single-sign-on',
      operationId: 'proveBySingleSignOn',
      summary: 'Prove at the identity provider that it is still you, where you have no proof of your own',
      tag: TAG,
      access: 'person',
      input: { type: 'object', additionalProperties: false, properties: { returnTo: RETURN_TO } },
      output: LOCATION,
      handler: async (context, { returnTo }: { returnTo?: string }) => ({
        location: leave(context, await own.prove(signedIn(context), returnTo)),
      }),
    }),
  ];
}
