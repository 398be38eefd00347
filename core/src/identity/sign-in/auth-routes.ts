import { ApiError } from '../../errors/index.ts';
import type { Principal } from '../../routes/index.ts';
import { defineRoute, NAME_INPUT, type Route, type RouteContext } from '../../routes/index.ts';
import { SLUG_PATTERN } from '../../tenancy/index.ts';
import { REFRESH_COOKIE, type RememberRefreshToken } from '../sessions/refresh-cookie.ts';
import {
  REFRESHED_OUTPUT,
  SIGNED_IN_OUTPUT,
  type SignedIn,
  type SignedInWithMemberships,
} from '../sessions/signed-in.ts';
import type { Client } from '../types.ts';
import type { SetUpInput } from './set-up.ts';
import type { Credentials } from './sign-in.ts';

export interface AuthActions {
  signIn(credentials: Credentials, client: Client, requestId: string): Promise<SignedInWithMemberships>;
  refresh(token: string, client: Client, requestId: string): Promise<SignedIn>;
  signOut(
    principal: Principal | null,
    refreshToken: string | undefined,
    client: Client,
    requestId: string,
  ): Promise<void>;
  setUpStatus(): Promise<{ needed: boolean; demo: boolean; signUp: boolean }>;
  setUp(input: SetUpInput, client: Client, requestId: string): Promise<SignedInWithMemberships>;
}

const EMAIL = { type: 'string', minLength: 3, maxLength: 254 };
const TOKEN = { type: 'string', minLength: 1, maxLength: 200 };

function clientOf({ ip, userAgent }: RouteContext): Client {
  return { ip, userAgent };
}

export function authRoutes(actions: AuthActions, remember: RememberRefreshToken): Route[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/api/auth/sign-in',
      operationId: 'signIn',
      summary: 'Sign in by e-mail address and password',
      tag: 'Identity',
      access: 'public',
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['email', 'password'],
        properties: {
          email: EMAIL,
          password: { type: 'string', minLength: 1, maxLength: 1024 },
          tenant: {
            type: 'string',
            minLength: 1,
            maxLength: 63,
            description: 'Short name of the tenant; the one used last when absent.',
          },
        },
      },
      output: SIGNED_IN_OUTPUT,
      handler: async (context, credentials: Credentials) => {
        const answer = await actions.signIn(credentials, clientOf(context), context.requestId);
        remember(context, answer.refreshToken);
        return answer;
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/api/auth/refresh',
      operationId: 'refresh',
      summary: 'Exchange a refresh token (in the body or as a cookie) for new tokens',
      tag: 'Identity',
      access: 'public',
      input: { type: 'object', additionalProperties: false, properties: { refreshToken: TOKEN } },
      output: REFRESHED_OUTPUT,
      handler: async (context, input: { refreshToken?: string }) => {
        const token = input.refreshToken ?? context.cookies.get(REFRESH_COOKIE);
        if (token === undefined) {
          throw new ApiError('unauthenticated', 'Sign in first.', { reason: 'refresh-token-missing' });
        }
        const { refreshToken, ...answer } = await actions
          .refresh(token, clientOf(context), context.requestId)
          .catch((error: unknown) => {
            if (input.refreshToken === undefined && error instanceof ApiError && error.status === 401) {
              remember(context, null);
            }
            throw error;
          });
        if (input.refreshToken !== undefined) return { ...answer, refreshToken };
        // What came as a cookie stays one: a script on the page never gets to see it.
        remember(context, refreshToken);
        return answer;
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/api/auth/sign-out',
      operationId: 'signOut',
      summary: 'End this session',
      tag: 'Identity',
      access: 'public',
      input: { type: 'object', additionalProperties: false, properties: { refreshToken: TOKEN } },
      output: {},
      status: 204,
      handler: async (context, input: { refreshToken?: string }) => {
        const token = input.refreshToken ?? context.cookies.get(REFRESH_COOKIE);
        await actions.signOut(context.principal, token, clientOf(context), context.requestId);
        remember(context, null);
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/api/setup',
      operationId: 'getSetup',
      summary: 'Whether this installation waits for its first visitor to set it up',
      tag: 'Identity',
      access: 'public',
      output: {
        type: 'object',
        required: ['needed', 'demo', 'signUp'],
        properties: {
          needed: { type: 'boolean' },
          demo: { type: 'boolean', description: 'Whether the documented demo accounts exist.' },
          signUp: { type: 'boolean', description: 'Whether visitors may sign up with a workspace of their own.' },
        },
      },
      handler: () => actions.setUpStatus(),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/setup',
      operationId: 'setUp',
      summary: 'Create the first tenant and its owner',
      tag: 'Identity',
      access: 'public',
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['tenantName', 'name', 'email', 'password'],
        properties: {
          tenantName: { ...NAME_INPUT, maxLength: 120 },
          tenantSlug: { type: 'string', pattern: SLUG_PATTERN, maxLength: 63 },
          name: { ...NAME_INPUT, maxLength: 120 },
          email: { ...EMAIL, format: 'email' },
          password: { type: 'string', minLength: 10, maxLength: 1024 },
        },
      },
      output: SIGNED_IN_OUTPUT,
      status: 201,
      handler: async (context, input: SetUpInput) => {
        const answer = await actions.setUp(input, clientOf(context), context.requestId);
        remember(context, answer.refreshToken);
        return answer;
      },
    }),
  ];
}
