import type { Sql } from '../../data/index.ts';
import { networkOf } from '../../listener/index.ts';
import { createAttemptLimit, hashedKey } from '../sign-in/attempt-limits.ts';

const HOUR = 3600;

/** Limits of what visitors may ask for, so that nobody's mailbox is flooded and no link is guessed. */
export interface VisitorLimits {
  /** A mail to an address whose owner did not ask for it in person. Rejects with `rate-limited`. */
  mailTo(email: string, ip: string): Promise<void>;
  /** A try of a mailed link. Rejects with `rate-limited`. */
  link(ip: string): Promise<void>;
}

export function createVisitorLimits(sql: Sql): VisitorLimits {
  // The mail of one address: also for addresses without an account, or the refusal would tell of one.
  const perMailbox = createAttemptLimit(sql, { name: 'mail-to', windowSeconds: HOUR, most: 5 });
  const perNetwork = createAttemptLimit(sql, { name: 'mail-from', windowSeconds: HOUR, most: 60 });
  const links = createAttemptLimit(sql, { name: 'link', windowSeconds: 900, most: 120 });
  const from = (ip: string) => networkOf(ip).slice(0, 100);
  return {
    async mailTo(email, ip) {
      await perNetwork.take(from(ip));
      await perMailbox.take(hashedKey(email));
    },
    link: (ip) => links.take(from(ip)),
  };
}
