import type { CoreModels, TotpAuthenticator } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import type { Sealer } from '../../secrets/index.ts';
import { newRecoveryCodes, readRecoveryCode, recoveryCodeHash } from './recovery-code.ts';
import { matchTotp, newTotpSecret, totpUri } from './totp.ts';

export interface FactorKeys {
  sealer: Sealer;
  /** Of recovery codes. */
  recoveryKey: Uint8Array;
}

export interface NewTotp {
  /** In base 32, for who cannot scan. */
  secret: string;
  /** For the QR code. */
  uri: string;
}

const ISSUER = 'Bazaar';

function placeOf(userId: string): string {
  return `totp/${userId}`;
}

/** What people hold beside their password. Every function works in the caller's transaction, as the platform. */
export interface Factors {
  /** A new secret that counts from its first code on. Refuses with `conflict` when there is one that counts already. */
  beginTotp(models: CoreModels, person: { userId: string; email: string }, now: Date): Promise<NewTotp>;
  /** New recovery codes when the code is right, `null` when it is not. */
  confirmTotp(models: CoreModels, userId: string, code: string, now: Date): Promise<string[] | null>;
  useTotp(models: CoreModels, userId: string, code: string, now: Date): Promise<boolean>;
  useRecoveryCode(models: CoreModels, userId: string, code: string, now: Date): Promise<boolean>;
  /** Takes the place of all earlier codes. */
  issueRecoveryCodes(models: CoreModels, userId: string, now: Date): Promise<string[]>;
  /** Returns whether there was one. Recovery codes go with the last factor. */
  removeTotp(models: CoreModels, userId: string): Promise<boolean>;
  /** Removes what only stands in for a factor when there is none any more. */
  tidy(models: CoreModels, userId: string): Promise<void>;
}

export function createFactors({ sealer, recoveryKey }: FactorKeys): Factors {
  function secretOf({ userId, secret }: TotpAuthenticator): string {
    const opened = sealer.open(placeOf(userId), secret);
    if (opened !== null) return opened;
    throw new ApiError('unavailable', 'Your authenticator app cannot be checked. Use a recovery code instead.', {
      reason: 'secret-unreadable',
    });
  }

  /** Remembers the step, so that the code is good for this one time. */
  async function accept(stored: TotpAuthenticator, code: string, now: Date): Promise<boolean> {
    const last = stored.lastStep === null ? null : Number(stored.lastStep);
    const step = matchTotp(secretOf(stored), code, now.getTime(), last);
    if (step === null) return false;
    await stored.update({ lastStep: String(step), confirmedAt: stored.confirmedAt ?? now });
    return true;
  }

  const factors: Factors = {
    async beginTotp(models, { userId, email }, now) {
      const known = await models.TotpAuthenticator.findOne({ where: { userId }, lock: true });
      if (known && known.confirmedAt !== null) {
        throw new ApiError('conflict', 'An authenticator app is set up already. Remove it first.', {
          reason: 'totp-enrolled',
        });
      }
      const secret = newTotpSecret();
      const sealed = sealer.seal(placeOf(userId), secret);
      if (known) await known.update({ secret: sealed, lastStep: null });
      else await models.TotpAuthenticator.create({ userId, secret: sealed, createdAt: now });
      return { secret, uri: totpUri(secret, ISSUER, email) };
    },
    async confirmTotp(models, userId, code, now) {
      const pending = await models.TotpAuthenticator.findOne({ where: { userId, confirmedAt: null }, lock: true });
      if (!pending) {
        throw new ApiError('conflict', 'There is no authenticator app that waits for its first code.', {
          reason: 'totp-not-begun',
        });
      }
      return (await accept(pending, code, now)) ? factors.issueRecoveryCodes(models, userId, now) : null;
    },
    async useTotp(models, userId, code, now) {
      const stored = await models.TotpAuthenticator.findOne({ where: { userId }, lock: true });
      return stored !== null && stored.confirmedAt !== null && accept(stored, code, now);
    },
    async useRecoveryCode(models, userId, text, now) {
      const code = readRecoveryCode(text);
      if (code === null) return false;
      const codeHash = recoveryCodeHash(recoveryKey, userId, code);
      const [used] = await models.RecoveryCode.update({ usedAt: now }, { where: { userId, codeHash, usedAt: null } });
      return used === 1;
    },
    async issueRecoveryCodes(models, userId, now) {
      const codes = newRecoveryCodes();
      await models.RecoveryCode.destroy({ where: { userId } });
      await models.RecoveryCode.bulkCreate(
        codes.map((code) => ({
          userId,
          codeHash: recoveryCodeHash(recoveryKey, userId, code.replace('-', '')),
          createdAt: now,
        })),
      );
      return codes;
    },
    async removeTotp(models, userId) {
      const removed = await models.TotpAuthenticator.destroy({ where: { userId } });
      await factors.tidy(models, userId);
      return removed > 0;
    },
    async tidy(models, userId) {
      const [totp, passkey] = await Promise.all([
        models.TotpAuthenticator.findOne({ where: { userId } }),
        models.Passkey.findOne({ where: { userId }, attributes: ['id'] }),
      ]);
      if ((!totp || totp.confirmedAt === null) && !passkey) await models.RecoveryCode.destroy({ where: { userId } });
    },
  };
  return factors;
}
