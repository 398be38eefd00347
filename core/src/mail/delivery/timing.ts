/** Durations in milliseconds. */
export interface MailTiming {
  /** How long an e-mail waits at most when no wake-up reached a worker. */
  pollMs: number;
  /** When an attempt is broken off. */
  deadlineMs: number;
  /** When an e-mail whose node fell silent may be taken by another; longer than any attempt. */
  leaseMs: number;
  /** How long an e-mail that can not be handed over is tried. */
  giveUpAfterMs: number;
  /** Wait after the n-th attempt. */
  retryDelayMs(attempt: number): number;
  /** How long nothing is tried after the mail server could not be reached n times in a row. */
  pauseMs(failures: number): number;
}

const MINUTE = 60_000;

export const DEFAULT_TIMING: MailTiming = {
  pollMs: 2_000,
  deadlineMs: 60_000,
  leaseMs: 150_000,
  giveUpAfterMs: 48 * 60 * MINUTE,
  // 1, 2, 4, … minutes, then every hour. Those who greylist want some minutes.
  retryDelayMs: (attempt) => Math.min(2 ** (attempt - 1), 60) * MINUTE,
  pauseMs: (failures) => Math.min(2 ** failures, 60) * 1_000,
};

/** When an e-mail is tried again; `null` when it is given up. */
export function nextAttempt(
  { attempt, ageMs }: { attempt: number; ageMs: number },
  { giveUpAfterMs, retryDelayMs }: Pick<MailTiming, 'giveUpAfterMs' | 'retryDelayMs'>,
): number | null {
  return ageMs >= giveUpAfterMs ? null : retryDelayMs(Math.min(attempt, 50));
}
