import type { JsonSchema } from '@bazaar/sdk';
import { traceOf } from '../../audit/index.ts';
import type { Database } from '../../data/index.ts';
import { defineRoute, type Route, type RouteContext, signedIn } from '../../routes/index.ts';
import { ASSERTION_INPUT, OPTIONS_OUTPUT } from '../passkeys/schemas.ts';
import { SIGNED_IN_OUTPUT } from '../sessions/signed-in.ts';
import type { AnswerChallenge, SecondFactorAnswer, SecondFactorSignedIn } from './answer-challenge.ts';
import type { Enrolment } from './enrolment.ts';
import { securityOf } from './security.ts';

const TAG = 'Identity';
const CHALLENGE = { type: 'string', minLength: 1, maxLength: 100, description: 'From the refused sign-in.' };
const CODE = { type: 'string', minLength: 1, maxLength: 20, description: 'As the authenticator app shows it.' };
const RECOVERY_CODES = {
  type: 'array',
  items: { type: 'string' },
  description: 'Each is good once. Shown now and never again.',
};
const NEW_TOTP = {
  type: 'object',
  required: ['secret', 'uri'],
  properties: {
    secret: { type: 'string', description: 'In base 32, for who cannot scan.' },
    uri: { type: 'string', description: 'For the QR code.' },
  },
};
const CODES_OUTPUT = { type: 'object', required: ['recoveryCodes'], properties: { recoveryCodes: RECOVERY_CODES } };
const SECURITY = {
  type: 'object',
  required: [
    'hasPassword',
    'totp',
    'recoveryCodes',
    'passkeys',
    'passkeyOrigin',
    'secondFactorRequired',
    'singleSignOn',
  ],
  properties: {
    hasPassword: { type: 'boolean' },
    totp: {
      type: ['object', 'null'],
      required: ['since'],
      properties: { since: { type: 'string', format: 'date-time' } },
    },
    recoveryCodes: { type: 'integer', description: 'How many are left.' },
    passkeys: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'name', 'backedUp', 'createdAt', 'lastUsedAt'],
        properties: {
          id: { type: 'string', format: 'uuid' },
          name: { type: 'string' },
          backedUp: { type: 'boolean', description: 'Whether a service keeps it, and not one device alone.' },
          createdAt: { type: 'string', format: 'date-time' },
          lastUsedAt: { type: ['string', 'null'], format: 'date-time' },
        },
      },
    },
    passkeyOrigin: {
      type: ['string', 'null'],
      description: 'Where passkeys can be used; null where the platform has no address that allows them.',
    },
    secondFactorRequired: { type: 'boolean', description: 'Whether this tenant asks its members for a second factor.' },
    singleSignOn: {
      type: ['object', 'null'],
      description: 'Of this tenant.',
      required: ['since'],
      properties: {
        since: { type: ['string', 'null'], format: 'date-time', description: 'Since when your account is connected.' },
      },
    },
  },
};

export interface SecondFactorParts {
  db: Pick<Database, 'platform'>;
  publicOrigin(): string;
  enrolment: Enrolment;
  challenges: AnswerChallenge;
  /** Keeps the refresh token where scripts do not see it. */
  remember(context: RouteContext, refreshToken: string): void;
}

const object = (properties: Record<string, JsonSchema>, required = Object.keys(properties)) => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});

/** Authenticator apps and recovery codes, and the second half of a sign-in. */
export function secondFactorRoutes({ db, publicOrigin, enrolment, challenges, remember }: SecondFactorParts): Route[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/api/auth/second-factor',
      operationId: 'answerSecondFactor',
      summary: 'Go on with a sign-in that asks for a second factor',
      tag: TAG,
      access: 'public',
      input: {
        ...object(
          {
            challenge: CHALLENGE,
            code: CODE,
            recoveryCode: { type: 'string', minLength: 1, maxLength: 30 },
            passkey: ASSERTION_INPUT,
          },
          ['challenge'],
        ),
        minProperties: 2,
        maxProperties: 2,
      },
      output: { ...SIGNED_IN_OUTPUT, properties: { ...SIGNED_IN_OUTPUT.properties, recoveryCodes: RECOVERY_CODES } },
      handler: async (context, answer: SecondFactorAnswer): Promise<SecondFactorSignedIn> => {
        const { ip, userAgent, requestId } = context;
        const signed = await challenges.answer(answer, { ip, userAgent }, requestId);
        remember(context, signed.refreshToken);
        return signed;
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/api/auth/second-factor/enrolment',
      operationId: 'enrolAtSignIn',
      summary: 'Set up an authenticator app in the course of a sign-in, where the tenant asks for a second factor',
      tag: TAG,
      access: 'public',
      input: object({ challenge: CHALLENGE }),
      output: NEW_TOTP,
      handler: (_context, { challenge }: { challenge: string }) => challenges.enrol(challenge),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/auth/second-factor/passkey-options',
      operationId: 'secondFactorPasskeyOptions',
      summary: 'What a browser needs to go on with a sign-in by a passkey',
      tag: TAG,
      access: 'public',
      input: object({ challenge: CHALLENGE }),
      output: OPTIONS_OUTPUT,
      handler: (_context, { challenge }: { challenge: string }) => challenges.passkeyOptions(challenge),
    }),
    defineRoute({
      method: 'GET',
      path: '/api/account/security',
      operationId: 'getSecurity',
      summary: 'How you can prove who you are',
      tag: TAG,
      access: 'person',
      output: SECURITY,
      handler: (context) => securityOf(db, signedIn(context), publicOrigin()),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/account/totp',
      operationId: 'beginTotp',
      summary: 'Set up an authenticator app; it counts once its first code is confirmed',
      tag: TAG,
      access: 'person',
      sudo: true,
      output: NEW_TOTP,
      handler: (context) => enrolment.begin(signedIn(context)),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/account/totp/confirm',
      operationId: 'confirmTotp',
      summary: 'Confirm the first code of an authenticator app',
      tag: TAG,
      access: 'person',
      sudo: true,
      input: object({ code: CODE }),
      output: CODES_OUTPUT,
      handler: async (context, { code }: { code: string }) => ({
        recoveryCodes: await enrolment.confirm(signedIn(context), code, traceOf(context)),
      }),
    }),
    defineRoute({
      method: 'DELETE',
      path: '/api/account/totp',
      operationId: 'removeTotp',
      summary: 'Remove the authenticator app',
      tag: TAG,
      access: 'person',
      sudo: true,
      output: {},
      status: 204,
      handler: (context) => enrolment.remove(signedIn(context), traceOf(context)),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/account/recovery-codes',
      operationId: 'renewRecoveryCodes',
      summary: 'Make new recovery codes; the earlier ones end',
      tag: TAG,
      access: 'person',
      sudo: true,
      output: CODES_OUTPUT,
      handler: async (context) => ({
        recoveryCodes: await enrolment.renewRecoveryCodes(signedIn(context), traceOf(context)),
      }),
    }),
  ];
}
