import type { JsonSchema } from '@bazaar/sdk';

/** Binary values as browsers write them into JSON. */
const base64url = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength, pattern: '^[A-Za-z0-9_-]+$' });

const credential = (response: JsonSchema) => ({
  type: 'object',
  required: ['id', 'rawId', 'type', 'response', 'clientExtensionResults'],
  properties: {
    id: base64url(2048),
    rawId: base64url(2048),
    type: { const: 'public-key' },
    authenticatorAttachment: { type: ['string', 'null'], maxLength: 40 },
    clientExtensionResults: { type: 'object' },
    response,
  },
});

/** What a browser answers when it has made a passkey (WebAuthn's RegistrationResponseJSON). */
export const ATTESTATION_INPUT = credential({
  type: 'object',
  required: ['clientDataJSON', 'attestationObject'],
  properties: {
    clientDataJSON: base64url(8192),
    attestationObject: base64url(32_768),
    transports: { type: 'array', maxItems: 10, items: { type: 'string', maxLength: 40 } },
  },
});

/** What a browser answers when it was asked for a passkey (WebAuthn's AuthenticationResponseJSON). */
export const ASSERTION_INPUT = credential({
  type: 'object',
  required: ['clientDataJSON', 'authenticatorData', 'signature'],
  properties: {
    clientDataJSON: base64url(8192),
    authenticatorData: base64url(8192),
    signature: base64url(8192),
    userHandle: { type: ['string', 'null'], maxLength: 200 },
  },
});

/** For the browser's own function; its shape is WebAuthn's. */
export const OPTIONS_OUTPUT = {
  type: 'object',
  required: ['challenge'],
  properties: { challenge: { type: 'string' } },
};
