import type { HostOperation, HostOperations } from '@bazaar/sdk/host';
import type { CallMeter } from './call-meter.ts';

type Count<Op extends HostOperation> = (meter: CallMeter, result: HostOperations[Op]['result']) => void;

/**
 * Operations that read or change rows. The rows that a named query returns count as read, whatever it does; those that
 * it only changes are told by the unit of work.
 */
const ROWS: { readonly [Op in HostOperation]?: Count<Op> } = {
  'db.find': (meter, rows) => meter.rows(rows.length, 0),
  'db.page': (meter, page) => meter.rows(page.items.length, 0),
  'db.query': (meter, rows) => meter.rows(rows.length, 0),
  'users.page': (meter, page) => meter.rows(page.items.length, 0),
  'users.find': (meter, people) => meter.rows(people.length, 0),
  'db.insert': (meter, rows) => meter.rows(0, rows.length),
  'db.update': (meter, rows) => meter.rows(0, rows.length),
  'db.delete': (meter, rows) => meter.rows(0, rows),
};

/** Counts the result of a host call. */
export function countResult<Op extends HostOperation>(
  meter: CallMeter,
  operation: Op,
  result: HostOperations[Op]['result'],
): void {
  ROWS[operation]?.(meter, result);
}
