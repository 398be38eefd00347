import type { AuditChain } from '../audit/index.ts';
import type { Database } from '../data/index.ts';
import { expireEvents } from '../events/index.ts';
import type { Config } from './config.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** What is kept for so many days, and removed by the hour. */
export function expiry(
  { retentionDays, auditRetentionDays }: Pick<Config, 'retentionDays' | 'auditRetentionDays'>,
  { db, auditChain, now }: { db: Database; auditChain: AuditChain; now(): Date },
): Record<string, () => Promise<void>> {
  const before = (days: number) => new Date(now().getTime() - days * DAY_MS);
  return {
    events: () => expireEvents(db, before(retentionDays)),
    async audit() {
      if (auditRetentionDays === 0) return;
      const limit = before(auditRetentionDays);
      await auditChain.keepFrom(limit);
      await db.expireLog('audit_log', limit);
    },
  };
}
