import { type LicencePolicy, stagesOf } from '../evaluate.ts';

/** The stages of a licence's end that are announced. `revoked` is a scheduled revocation that has taken effect. */
export type NoticeStage = 'trial-ending' | 'grace' | 'unpaid' | 'read-only' | 'suspended' | 'expired' | 'revoked';

export interface Notice {
  stage: NoticeStage;
  at: Date;
  /** Whether people get an e-mail; the others only change what browsers show. */
  isTold: boolean;
}

const DAY_MS = 86_400_000;
const TRIAL_NOTICE_DAYS = 3;
/** A renewal may reach us hours after the period has ended: nobody is alarmed before this. */
const UNPAID_AFTER_DAYS = 1;

/** All notices of a licence, in order; none for one that lasts for ever. Pure. */
export function noticesOf(
  licence: { kind: string; source: string; expiresAt: Date | null },
  policy: LicencePolicy,
): Notice[] {
  const { kind, source, expiresAt } = licence;
  if (expiresAt === null) return [];
  const at = (days: number): Date => new Date(expiresAt.getTime() + days * DAY_MS);
  const renewsItself = source.startsWith('subscription:');
  const notices: Notice[] = stagesOf(expiresAt, policy)
    // A stage without length is passed over.
    .filter(({ from }, index, all) => all[index + 1]?.from.getTime() !== from.getTime())
    .map(({ state, from }) => ({
      stage: state,
      at: from,
      isTold: state !== 'expired' && !(state === 'grace' && renewsItself),
    }));
  if (kind === 'trial') notices.push({ stage: 'trial-ending', at: at(-TRIAL_NOTICE_DAYS), isTold: true });
  if (renewsItself && policy.graceDays > UNPAID_AFTER_DAYS) {
    notices.push({ stage: 'unpaid', at: at(UNPAID_AFTER_DAYS), isTold: true });
  }
  return notices.sort((one, other) => one.at.getTime() - other.at.getTime());
}

/** How long before and after its end a licence has notices, in days. */
export function noticeSpan(policy: LicencePolicy): { before: number; after: number } {
  return { before: TRIAL_NOTICE_DAYS, after: policy.graceDays + policy.readOnlyDays + policy.suspendedDays };
}

/** Days from the end of a licence to each possible notice. */
export function noticeOffsets({ graceDays, readOnlyDays, suspendedDays }: LicencePolicy): number[] {
  const suspended = graceDays + readOnlyDays;
  return [-TRIAL_NOTICE_DAYS, 0, UNPAID_AFTER_DAYS, graceDays, suspended, suspended + suspendedDays];
}

/**
 * The notices due by `now`, and the one that people are told: only the latest, as long as nothing later has changed
 * that. Pure.
 */
export function dueNotices(notices: readonly Notice[], now: Date): { come: Notice[]; told: Notice | null } {
  const come = notices.filter(({ at }) => at <= now);
  const last = come.at(-1) ?? null;
  return { come, told: last?.isTold ? last : null };
}
