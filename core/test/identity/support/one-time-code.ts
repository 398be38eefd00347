import { Secret, TOTP } from 'otpauth';

/** What an authenticator app shows at this moment, in milliseconds. */
export function oneTimeCode(secret: string, timestamp: number): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp });
}
