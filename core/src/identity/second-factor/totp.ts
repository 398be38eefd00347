import { Secret, TOTP } from 'otpauth';

/** Seconds for which a code is shown. What every authenticator app understands: SHA-1, six digits, 30 seconds. */
const PERIOD = 30;
/** Codes of the step before and after are accepted too: clocks differ, people are slow. */
const WINDOW = 1;
/** 160 bits, as long as the hash. */
const SECRET_BYTES = 20;

const CODE = /^\d{6}$/;

function authenticator(secret: string, issuer = '', label = ''): TOTP {
  return new TOTP({ issuer, label, secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: PERIOD });
}

/** A new shared secret in base 32, as people can type it. */
export function newTotpSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

/** The address an authenticator app reads from the QR code. */
export function totpUri(secret: string, issuer: string, account: string): string {
  return authenticator(secret, issuer, account).toString();
}

/** What people type, without the gaps that apps show. */
export function readTotpCode(text: string): string {
  return text.replaceAll(/[\s-]/g, '');
}

/**
 * The time step whose code this is; `null` when it is none of the steps around `now`, or not newer than `lastStep`,
 * the one that was accepted last.
 */
export function matchTotp(secret: string, code: string, now: number, lastStep: number | null): number | null {
  const token = readTotpCode(code);
  if (!CODE.test(token)) return null;
  const delta = authenticator(secret).validate({ token, timestamp: now, window: WINDOW });
  if (delta === null) return null;
  const step = Math.floor(now / 1000 / PERIOD) + delta;
  return lastStep !== null && step <= lastStep ? null : step;
}
