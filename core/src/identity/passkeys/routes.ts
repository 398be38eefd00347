import { traceOf } from '../../audit/index.ts';
import { defineRoute, NAME_INPUT, type Route, type RouteContext, signedIn, UUID_INPUT } from '../../routes/index.ts';
import { SIGNED_IN_OUTPUT } from '../sessions/signed-in.ts';
import type { RegistrationResponseJSON } from './ceremonies.ts';
import type { PasskeyEntrance, PasskeySignIn } from './passkey-sign-in.ts';
import type { Passkeys } from './passkeys.ts';
import { ASSERTION_INPUT, ATTESTATION_INPUT, OPTIONS_OUTPUT } from './schemas.ts';

const TAG = 'Identity';
const NAME = { ...NAME_INPUT, maxLength: 60 };

export interface PasskeyParts {
  passkeys: Passkeys;
  entrance: PasskeyEntrance;
  /** Keeps the refresh token where scripts do not see it. */
  remember(context: RouteContext, refreshToken: string): void;
}

/** Passkeys: making and removing one's own, and signing in by one. */
export function passkeyRoutes({ passkeys, entrance, remember }: PasskeyParts): Route[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/api/auth/passkey/options',
      operationId: 'passkeySignInOptions',
      summary: 'What a browser needs to ask for a passkey',
      tag: TAG,
      access: 'public',
      output: OPTIONS_OUTPUT,
      handler: () => entrance.options(),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/auth/passkey',
      operationId: 'signInByPasskey',
      summary: 'Sign in by a passkey',
      tag: TAG,
      access: 'public',
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['response'],
        properties: { response: ASSERTION_INPUT, tenant: { type: 'string', minLength: 1, maxLength: 63 } },
      },
      output: SIGNED_IN_OUTPUT,
      handler: async (context, input: PasskeySignIn) => {
        const { ip, userAgent, requestId } = context;
        const signed = await entrance.signIn(input, { ip, userAgent }, requestId);
        remember(context, signed.refreshToken);
        return signed;
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/api/account/passkeys/options',
      operationId: 'newPasskeyOptions',
      summary: 'What a browser needs to make a passkey',
      tag: TAG,
      access: 'person',
      sudo: true,
      output: OPTIONS_OUTPUT,
      handler: (context) => passkeys.registrationOptions(signedIn(context)),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/account/passkeys',
      operationId: 'addPasskey',
      summary: 'Keep a passkey that the browser has made',
      tag: TAG,
      access: 'person',
      sudo: true,
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'response'],
        properties: { name: NAME, response: ATTESTATION_INPUT },
      },
      output: {
        type: 'object',
        required: ['id'],
        properties: {
          id: { type: 'string', format: 'uuid' },
          recoveryCodes: {
            type: 'array',
            items: { type: 'string' },
            description: 'With the first second factor only. Shown now and never again.',
          },
        },
      },
      status: 201,
      handler: (context, input: { name: string; response: RegistrationResponseJSON }) =>
        passkeys.register(signedIn(context), input, traceOf(context)),
    }),
    defineRoute({
      method: 'PATCH',
      path: '/api/account/passkeys/{id}',
      operationId: 'renamePasskey',
      summary: 'Rename a passkey',
      tag: TAG,
      access: 'person',
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'name'],
        properties: { id: UUID_INPUT, name: NAME },
      },
      output: {},
      status: 204,
      handler: (context, { id, name }: { id: string; name: string }) =>
        passkeys.rename(signedIn(context), id, name, traceOf(context)),
    }),
    defineRoute({
      method: 'DELETE',
      path: '/api/account/passkeys/{id}',
      operationId: 'removePasskey',
      summary: 'Remove a passkey',
      tag: TAG,
      access: 'person',
      sudo: true,
      input: { type: 'object', additionalProperties: false, required: ['id'], properties: { id: UUID_INPUT } },
      output: {},
      status: 204,
      handler: (context, { id }: { id: string }) => passkeys.remove(signedIn(context), id, traceOf(context)),
    }),
  ];
}
