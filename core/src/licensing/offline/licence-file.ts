import { createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import { CompactSign, compactVerify, decodeProtectedHeader } from 'jose';

// CommonJS: TypeScript takes the default export for the module object, Node for the function.
const addFormats = addFormatsModule as unknown as typeof addFormatsModule.default;

/** What a licence file says: who may use what, on which installation, until when. Moments are ISO 8601. */
export interface OfflineLicence {
  id: string;
  /** Of the one installation it is for. */
  installation: string;
  /** Slug of the tenant. */
  tenant: string;
  plugin: string;
  plan: 'one-time' | 'monthly' | 'annual';
  issuedAt: string;
  /** `null` for ever. */
  expiresAt: string | null;
  /** `null` for any number of people. */
  seats: number | null;
  /** By meter, how many of it there may be in a month. */
  limits: Record<string, number>;
  /** Ids of files that hold no longer. */
  revokes: string[];
}

/** Why a file is refused: the reason in the problem document. */
export type FileRefusal = 'not-a-licence-file' | 'unknown-issuer' | 'tampered';

export class LicenceFileError extends Error {
  readonly reason: FileRefusal;

  constructor(reason: FileRefusal, message: string) {
    super(message);
    this.name = 'LicenceFileError';
    this.reason = reason;
  }
}

const TYPE = 'bazaar-licence+jws';
const ALGORITHM = 'EdDSA';
const MOMENT = { type: 'string', format: 'moment' };
const UUID = { type: 'string', format: 'uuid' };

const SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'installation', 'tenant', 'plugin', 'plan', 'issuedAt', 'expiresAt', 'seats', 'limits', 'revokes'],
  properties: {
    id: UUID,
    installation: { type: 'string', minLength: 1, maxLength: 100 },
    tenant: { type: 'string', pattern: '^[a-z0-9](-?[a-z0-9]){1,62}$' },
    plugin: { type: 'string', pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', maxLength: 40 },
    plan: { type: 'string', enum: ['one-time', 'monthly', 'annual'] },
    issuedAt: MOMENT,
    expiresAt: { ...MOMENT, type: ['string', 'null'] },
    seats: { type: ['integer', 'null'], minimum: 0, maximum: 1_000_000 },
    limits: {
      type: 'object',
      maxProperties: 20,
      propertyNames: { pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', maxLength: 40 },
      additionalProperties: { type: 'integer', minimum: 0, maximum: 1_000_000_000 },
    },
    revokes: { type: 'array', maxItems: 1000, items: UUID },
  },
};

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/;
const SECONDS = 'yyyy-mm-ddThh:mm:ss'.length;

/** A moment in UTC that exists: no leap seconds and no 30th of February, which readers interpret differently. */
function isMoment(text: string): boolean {
  const time = INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, SECONDS) === text.slice(0, SECONDS);
}

let compiled: ValidateFunction<OfflineLicence> | undefined;

function isLicence(value: unknown): value is OfflineLicence {
  if (!compiled) {
    const ajv = new Ajv2020({ allowUnionTypes: true });
    addFormats(ajv);
    ajv.addFormat('moment', isMoment);
    compiled = ajv.compile<OfflineLicence>(SCHEMA);
  }
  return compiled(value);
}

/** Public keys of those whose files are accepted, by the name each file carries. */
export type IssuerKeys = ReadonlyMap<string, ReturnType<typeof createPublicKey>>;

/** Reads `<name>:<key>,…` of the configuration; throws with an explanation. */
export function readIssuerKeys(text: string): IssuerKeys {
  const keys = new Map<string, ReturnType<typeof createPublicKey>>();
  for (const one of text.split(',')) {
    const [name = '', x = ''] = one.trim().split(':');
    if (Buffer.from(x, 'base64url').length !== 32) throw new Error(`the key of "${name}" is not one of Ed25519`);
    keys.set(name, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }));
  }
  return keys;
}

/** A new key of an issuer: the private part to keep, the public part for BAZAAR_LICENCE_KEYS. */
export function createIssuerKey(): { privateKey: string; publicKey: string } {
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { privateKey: pem, publicKey: publicPartOf(pem) };
}

export function publicPartOf(pem: string): string {
  return createPublicKey(createPrivateKey(pem)).export({ format: 'jwk' }).x ?? '';
}

/** The text of a licence file, in one line. Throws when the licence is not one. */
export async function signLicence(
  licence: Omit<OfflineLicence, 'id'>,
  issuer: { name: string; privateKey: string },
): Promise<string> {
  const whole = { id: randomUUID(), ...licence };
  if (!isLicence(whole)) throw new Error('the licence is not complete');
  return new CompactSign(Buffer.from(JSON.stringify(whole)))
    .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid: issuer.name })
    .sign(createPrivateKey(issuer.privateKey));
}

/** The content of a file whose signature is that of a known issuer. Rejects with `LicenceFileError`. */
export async function readLicence(file: string, keys: IssuerKeys): Promise<OfflineLicence> {
  const text = file.trim();
  const key = keys.get(issuerOf(text));
  if (!key)
    throw new LicenceFileError('unknown-issuer', 'Nobody whose key this installation knows has signed the file.');
  let payload: Uint8Array;
  try {
    ({ payload } = await compactVerify(text, key, { algorithms: [ALGORITHM] }));
  } catch {
    throw new LicenceFileError('tampered', 'The file is not as it was signed.');
  }
  const value = parsed(payload);
  if (!isLicence(value)) throw notALicence();
  return value;
}

/** What a file claims, unverified, and who is said to have issued it. Throws `LicenceFileError`. */
export function decodeLicence(file: string): { issuer: string; licence: OfflineLicence } {
  const text = file.trim();
  const issuer = issuerOf(text);
  const value = parsed(Buffer.from(text.split('.')[1] ?? '', 'base64url'));
  if (!isLicence(value)) throw notALicence();
  return { issuer, licence: value };
}

function issuerOf(text: string): string {
  try {
    const { typ, kid } = decodeProtectedHeader(text);
    if (typ === TYPE && typeof kid === 'string') return kid;
  } catch {
    // Not of this form at all.
  }
  throw notALicence();
}

/**
 * Accepts the canonical text only: with a repeated name a licence would say two things, and readers differ in which one
 * they take.
 */
function parsed(payload: Uint8Array): unknown {
  const text = Buffer.from(payload).toString('utf8');
  try {
    const value: unknown = JSON.parse(text);
    if (JSON.stringify(value) === text) return value;
  } catch {
    // Not of this form at all.
  }
  throw notALicence();
}

function notALicence(): LicenceFileError {
  return new LicenceFileError('not-a-licence-file', 'This is not a licence file.');
}
