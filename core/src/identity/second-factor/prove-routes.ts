import { traceOf } from '../../audit/index.ts';
import { defineRoute, type Route, signedIn } from '../../routes/index.ts';
import type { AuthenticationResponseJSON } from '../passkeys/ceremonies.ts';
import { ASSERTION_INPUT, OPTIONS_OUTPUT } from '../passkeys/schemas.ts';
import type { Prove } from './prove.ts';

const TAG = 'Identity';

/** The proof that routes for the careful ask for, by a code or a passkey in place of the password. */
export function proveRoutes(prove: Prove): Route[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/api/auth/prove/code',
      operationId: 'proveByCode',
      summary: 'Prove by a code of your authenticator app that it is still you',
      tag: TAG,
      access: 'person',
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['code'],
        properties: { code: { type: 'string', minLength: 1, maxLength: 20 } },
      },
      output: {},
      status: 204,
      handler: (context, { code }: { code: string }) => prove.byCode(signedIn(context), code, traceOf(context)),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/auth/prove/passkey-options',
      operationId: 'provePasskeyOptions',
      summary: 'What a browser needs to ask for one of your passkeys',
      tag: TAG,
      access: 'person',
      output: OPTIONS_OUTPUT,
      handler: (context) => prove.passkeyOptions(signedIn(context)),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/auth/prove/passkey',
      operationId: 'proveByPasskey',
      summary: 'Prove by a passkey that it is still you',
      tag: TAG,
      access: 'person',
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['response'],
        properties: { response: ASSERTION_INPUT },
      },
      output: {},
      status: 204,
      handler: (context, { response }: { response: AuthenticationResponseJSON }) => {
        const { ip, userAgent } = context;
        return prove.byPasskey(signedIn(context), response, { ip, userAgent }, traceOf(context));
      },
    }),
  ];
}
