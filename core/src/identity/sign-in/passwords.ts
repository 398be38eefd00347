import * as argon2 from '@node-rs/argon2';
import * as bcrypt from '@node-rs/bcrypt';

/** argon2id (the library's default algorithm) with the parameters OWASP recommends for servers. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const CURRENT = '$argon2id$v=19$m=19456,t=2,p=1$';
const BCRYPT = /^\$2[aby]\$/;

/** The hash of a random value nobody kept: work for accounts that do not exist. */
const DECOY = `${CURRENT}Da2BVZS7P331jaKz4WCCDw$1/OL2Ew8vpP2XG/T7Yueufx1Ce/6kpgSWsa2X9BLsxY`;

export function hashPassword(password: string): Promise<string> {
  return argon2.hash(password, PARAMETERS);
}

/**
 * Whether the password belongs to the stored hash (argon2id, or bcrypt from an earlier system). `null` (no such
 * account, or one without a password) costs as much as a wrong password.
 */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  if (stored !== null && BCRYPT.test(stored)) return bcrypt.verify(password, stored);
  const matches = await argon2.verify(stored ?? DECOY, password);
  return stored !== null && matches;
}

/** Stored with another algorithm or other parameters than today's: to be replaced at the next sign-in. */
export function isOutdated(stored: string): boolean {
  return !stored.startsWith(CURRENT);
}
