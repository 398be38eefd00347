import { defineRoute, NAME_INPUT, type Route, type RouteContext, signedIn } from '../../routes/index.ts';
import { SLUG_PATTERN } from '../../tenancy/index.ts';
import type { AcceptInput, AcceptInvitation } from '../members/accept-invitation.ts';
import { SIGNED_IN_OUTPUT, type SignedInWithMemberships } from '../sessions/signed-in.ts';
import type { createSwitchTenant } from '../sessions/switch-tenant.ts';
import type { Client } from '../types.ts';
import { ADDRESS_INPUT, LOCALE_INPUT } from './address-input.ts';
import type { EmailChanges } from './email-change.ts';
import { MAILED_SECRET_INPUT } from './mailed-secret.ts';
import type { PasswordResets } from './password-reset.ts';
import { NEW_PASSWORD_INPUT } from './password-rules.ts';
import type { SignUpInput, SignUps } from './sign-up.ts';

const TAG = 'Identity';
const NAME = { ...NAME_INPUT, maxLength: 120 };
const PASSWORD = { type: 'string', minLength: 1, maxLength: 1024 };
const TOKEN = MAILED_SECRET_INPUT;

const object = (required: string[], properties: Record<string, object>) => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties: properties as Record<string, never>,
});

export interface EntranceParts {
  signUps: SignUps;
  resets: PasswordResets;
  emailChanges: EmailChanges;
  invitations: AcceptInvitation;
  switchTenant: ReturnType<typeof createSwitchTenant>;
  /** Hands the session over to the browser. */
  remember(context: RouteContext, answer: SignedInWithMemberships): SignedInWithMemberships;
}

const clientOf = ({ ip, userAgent }: RouteContext): Client => ({ ip, userAgent });

/** The ways in for who is not signed in yet, by mailed links; and from one tenant to another. */
export function entranceRoutes(parts: EntranceParts): Route[] {
  const { signUps, resets, emailChanges, invitations, switchTenant, remember } = parts;
  return [
    defineRoute({
      method: 'POST',
      path: '/api/auth/sign-up',
      operationId: 'signUp',
      summary: 'Ask for an account with a tenant of its own; says the same whether the address has an account or not',
      tag: TAG,
      access: 'public',
      input: object(['tenantName', 'name', 'email', 'password'], {
        tenantName: NAME,
        tenantSlug: { type: 'string', pattern: SLUG_PATTERN, maxLength: 63 },
        name: NAME,
        email: ADDRESS_INPUT,
        password: NEW_PASSWORD_INPUT,
        locale: LOCALE_INPUT,
      }),
      output: {},
      status: 202,
      handler: async (context, input: SignUpInput) => {
        await signUps.ask(input, clientOf(context));
        return {};
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/api/auth/verify-email',
      operationId: 'verifyEmail',
      summary: 'Confirm a sign-up by the mailed link and the password; makes account and tenant, and signs in',
      tag: TAG,
      access: 'public',
      input: object(['token', 'password'], { token: TOKEN, password: PASSWORD }),
      output: SIGNED_IN_OUTPUT,
      status: 201,
      handler: async (context, input: { token: string; password: string }) =>
        remember(context, await signUps.confirm(input, clientOf(context), context.requestId)),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/auth/verify-email/resend',
      operationId: 'resendVerification',
      summary: 'Mail the link of a sign-up once more; says the same whether there is one or not',
      tag: TAG,
      access: 'public',
      input: object(['email'], { email: ADDRESS_INPUT }),
      output: {},
      status: 202,
      handler: async (context, { email }: { email: string }) => {
        await signUps.askAgain(email, clientOf(context));
        return {};
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/api/auth/forgot-password',
      operationId: 'forgotPassword',
      summary: 'Have a link mailed to choose a new password; says the same whether there is such an account or not',
      tag: TAG,
      access: 'public',
      input: object(['email'], { email: ADDRESS_INPUT }),
      output: {},
      status: 202,
      handler: async (context, { email }: { email: string }) => {
        await resets.ask(email, clientOf(context), context.requestId);
        return {};
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/api/auth/reset-password',
      operationId: 'resetPassword',
      summary: 'Choose a new password by the mailed link; ends all sessions of the account',
      tag: TAG,
      access: 'public',
      input: object(['token', 'password'], { token: TOKEN, password: NEW_PASSWORD_INPUT }),
      output: {},
      status: 204,
      handler: (context, input: { token: string; password: string }) =>
        resets.choose(input, clientOf(context), context.requestId),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/auth/confirm-email',
      operationId: 'confirmEmail',
      summary: 'Agree to a change of address by a mailed link',
      tag: TAG,
      access: 'public',
      input: object(['token'], { token: TOKEN }),
      output: {
        type: 'object',
        required: ['state'],
        properties: { state: { enum: ['waiting', 'changed'], description: '`waiting` for the other address.' } },
      },
      handler: async (context, { token }: { token: string }) => ({
        state: await emailChanges.confirm(token, clientOf(context), context.requestId),
      }),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/auth/invitation',
      operationId: 'showInvitation',
      summary: 'What an invitation says, to who holds its link',
      tag: TAG,
      access: 'public',
      input: object(['token'], { token: TOKEN }),
      output: {
        type: 'object',
        required: ['tenant', 'email', 'roles', 'account', 'signedIn'],
        properties: {
          tenant: {
            type: 'object',
            required: ['slug', 'name'],
            properties: { slug: { type: 'string' }, name: { type: 'string' } },
          },
          email: { type: 'string' },
          roles: { type: 'array', items: { type: 'string' }, description: 'Their titles.' },
          account: { enum: ['new', 'existing'] },
          signedIn: { type: 'boolean', description: 'The caller is signed in to that account.' },
        },
      },
      handler: (context, { token }: { token: string }) => invitations.look(context.principal, token, clientOf(context)),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/auth/accept-invitation',
      operationId: 'acceptInvitation',
      summary: 'Join a tenant by the mailed link, with a new account or the one that the address has; signs in',
      tag: TAG,
      access: 'public',
      input: object(['token'], { token: TOKEN, name: NAME, password: PASSWORD, locale: LOCALE_INPUT }),
      output: SIGNED_IN_OUTPUT,
      handler: async (context, input: AcceptInput) =>
        remember(context, await invitations.accept(context.principal, input, clientOf(context), context.requestId)),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/auth/switch',
      operationId: 'switchTenant',
      summary: 'Go on in another tenant that you belong to; ends this session',
      tag: TAG,
      access: 'person',
      input: object(['tenant'], {
        tenant: { type: 'string', minLength: 1, maxLength: 63, description: 'Short name.' },
      }),
      output: SIGNED_IN_OUTPUT,
      handler: async (context, { tenant }: { tenant: string }) =>
        remember(context, await switchTenant(signedIn(context), tenant, clientOf(context), context.requestId)),
    }),
  ];
}
