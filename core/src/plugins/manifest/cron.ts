import { Cron } from 'croner';
import { messageOf } from '../../errors/index.ts';

/** When a schedule is due: whole minutes, in UTC. */
export interface CronTimes {
  /** The first due time after `moment`. */
  next(moment: Date): Date;
  /** The last due time up to and including `moment`; `null` when there was none within a century. */
  latest(moment: Date): Date | null;
  /** Whether the schedule is due at exactly this moment. */
  includes(moment: Date): boolean;
}

/** One value or range of a field, with an optional step. Seconds, `L`, `W`, `#`, `?` and `@daily` are not supported. */
const PART = String.raw`(\*|(\d{1,2}|[A-Z]{3})(-(\d{1,2}|[A-Z]{3}))?)(\/\d{1,2})?`;
const FIELD = `${PART}(,${PART})*`;
const FIVE_FIELDS = new RegExp(`^${FIELD}( ${FIELD}){4}$`);

export const CRON_HELP =
  'write five fields with one space between: minute, hour, day of month, month, day of week, e.g. "15 2 * * *"';

/**
 * Reads five cron fields. When the day of the month and the day of the week are both given, either may match, as in
 * every crontab. Throws with an explanation, also for a time that never comes.
 */
export function parseCron(text: string): CronTimes {
  if (!FIVE_FIELDS.test(text)) throw new Error(`is not a cron expression; ${CRON_HELP}`);
  let cron: Cron;
  try {
    // Without a callback it starts no timers.
    cron = new Cron(text, { timezone: 'UTC', mode: '5-part' });
  } catch (error) {
    const reason = messageOf(error).replace(/^CronPattern: /, '');
    throw new Error(`is not a cron expression (${reason}); ${CRON_HELP}`, { cause: error });
  }
  const next = (moment: Date): Date | null => cron.nextRun(moment);
  if (next(new Date(0)) === null) throw new Error('names a day that no month has; it would never be due');
  return {
    next(moment) {
      const found = next(moment);
      if (!found) throw new RangeError(`"${text}" has no due time after ${moment.toISOString()}`);
      return found;
    },
    // `previousRuns` leaves out the moment itself.
    latest: (moment) => cron.previousRuns(1, new Date(moment.getTime() + 1))[0] ?? null,
    includes: (moment) => moment.getTime() % 60_000 === 0 && cron.match(moment),
  };
}
