import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import type { Passkey } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import type { IdentityDependencies } from '../types.ts';
import { type ChallengeUse, newPasskeyChallenge, usePasskeyChallenge } from './challenges.ts';
import { type RelyingParty, relyingPartyOf } from './relying-party.ts';

export type { AuthenticationResponseJSON, RegistrationResponseJSON };

/** EdDSA, ES256 and RS256: what authenticators have. */
const ALGORITHMS = [-8, -7, -257];

/** Loaded when somebody first needs it: it takes longer to load than all else of a start. */
const webAuthn = () => import('@simplewebauthn/server');

/** What a new passkey is, once its registration has been verified. */
export interface RegisteredPasskey {
  credentialId: string;
  publicKey: Buffer;
  signCount: number;
  transports: string[];
  aaguid: string;
  backedUp: boolean;
}

/** The exchanges with an authenticator. They know the challenges; whose passkeys there are is told to them. */
export function createCeremonies({
  db,
  now,
  log,
  publicOrigin,
}: Pick<IdentityDependencies, 'db' | 'now' | 'log' | 'publicOrigin'>) {
  function relyingParty(): RelyingParty {
    const found = relyingPartyOf(publicOrigin());
    if (found) return found;
    throw new ApiError('conflict', 'Passkeys need a domain with https. The operator sets BAZAAR_PUBLIC_URL.', {
      reason: 'passkeys-unavailable',
    });
  }

  /** The challenge that was answered, used up; it must have been given out for this very use. */
  async function answered(clientDataJson: string, use: ChallengeUse): Promise<string> {
    const challenge = challengeIn(clientDataJson);
    if (challenge !== null && (await usePasskeyChallenge(db, challenge, use, now()))) return challenge;
    throw new ApiError('invalid-input', 'This took too long, or was answered already. Try again.', {
      reason: 'challenge-ended',
    });
  }

  function refused(cause: unknown): ApiError {
    log.info({ err: cause }, 'passkey refused');
    return new ApiError('invalid-input', 'This passkey could not be verified.', { reason: 'passkey-refused', cause });
  }

  return {
    relyingParty,
    async registrationOptions(
      person: { id: string; name: string; email: string },
      known: readonly Pick<Passkey, 'credentialId' | 'transports'>[],
      boundTo: string,
    ): Promise<PublicKeyCredentialCreationOptionsJSON> {
      const party = relyingParty();
      const challenge = await newPasskeyChallenge(db, { purpose: 'register', userId: person.id, boundTo }, now());
      const { generateRegistrationOptions } = await webAuthn();
      return generateRegistrationOptions({
        rpName: party.name,
        rpID: party.id,
        userID: Buffer.from(person.id),
        userName: person.email,
        userDisplayName: person.name,
        challenge,
        attestationType: 'none',
        supportedAlgorithmIDs: ALGORITHMS,
        excludeCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
        // It names its owner and asks who holds it: then it is enough on its own.
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      });
    },
    async verifyRegistration(
      response: RegistrationResponseJSON,
      userId: string,
      boundTo: string,
    ): Promise<RegisteredPasskey> {
      const { origin, id } = relyingParty();
      const expectedChallenge = await answered(response.response.clientDataJSON, {
        purpose: 'register',
        userId,
        boundTo,
      });
      const { verifyRegistrationResponse } = await webAuthn();
      const { verified, registrationInfo } = await verifyRegistrationResponse({
        response,
        expectedChallenge,
        expectedOrigin: origin,
        expectedRPID: id,
        requireUserVerification: true,
        supportedAlgorithmIDs: ALGORITHMS,
      }).catch((error: unknown) => {
        throw refused(error);
      });
      if (!verified) throw refused(new Error('not verified'));
      const { credential, aaguid, credentialBackedUp } = registrationInfo;
      return {
        credentialId: credential.id,
        publicKey: Buffer.from(credential.publicKey),
        signCount: credential.counter,
        transports: response.response.transports ?? [],
        aaguid,
        backedUp: credentialBackedUp,
      };
    },
    async authenticationOptions(
      use: ChallengeUse,
      allowed: readonly Pick<Passkey, 'credentialId' | 'transports'>[],
    ): Promise<PublicKeyCredentialRequestOptionsJSON> {
      const party = relyingParty();
      const { generateAuthenticationOptions } = await webAuthn();
      return generateAuthenticationOptions({
        rpID: party.id,
        challenge: await newPasskeyChallenge(db, use, now()),
        allowCredentials: allowed.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
        userVerification: 'required',
      });
    },
    /** Rejects when the answer is not the passkey's; what became of its counter is for the caller to judge. */
    async verifyAuthentication(
      response: AuthenticationResponseJSON,
      use: ChallengeUse,
      find: (credentialId: string) => Promise<Passkey | null>,
    ): Promise<{ passkey: Passkey; signCount: number; backedUp: boolean }> {
      const { origin, id } = relyingParty();
      const expectedChallenge = await answered(response.response.clientDataJSON, use);
      const passkey = await find(response.id);
      if (!passkey) throw refused(new Error('unknown credential'));
      const { verifyAuthenticationResponse } = await webAuthn();
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        response,
        expectedChallenge,
        expectedOrigin: origin,
        expectedRPID: id,
        requireUserVerification: true,
        credential: {
          id: passkey.credentialId,
          publicKey: new Uint8Array(passkey.publicKey),
          // Judged by the caller, who has more to do about it than to refuse.
          counter: 0,
        },
      }).catch((error: unknown) => {
        throw refused(error);
      });
      if (!verified) throw refused(new Error('not verified'));
      return { passkey, signCount: authenticationInfo.newCounter, backedUp: authenticationInfo.credentialBackedUp };
    },
  };
}

export type Ceremonies = ReturnType<typeof createCeremonies>;

function challengeIn(clientDataJson: string): string | null {
  try {
    const data: unknown = JSON.parse(Buffer.from(clientDataJson, 'base64url').toString('utf8'));
    if (typeof data !== 'object' || data === null || !('challenge' in data)) return null;
    return typeof data.challenge === 'string' ? data.challenge : null;
  } catch {
    // Not what browsers write; there is no challenge in it.
    return null;
  }
}
