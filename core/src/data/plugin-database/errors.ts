import { DatabaseError } from 'pg';
import { ApiError } from '../../errors/index.ts';

/** A value that can never be of its column's type. As a condition it matches nothing, as content it is refused. */
export class WrongValue extends Error {
  readonly column: string;
  readonly complaint: string;

  constructor(column: string, complaint: string) {
    super(`“${column}” ${complaint}`);
    this.name = 'WrongValue';
    this.column = column;
    this.complaint = complaint;
  }
}

/** The plugin asked for something that its tables or queries do not have: its author's mistake, not the caller's. */
export class TableApiMisuse extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TableApiMisuse';
  }
}

export function invalidField(column: string, complaint: string): ApiError {
  return new ApiError('invalid-input', `“${column}” ${complaint}.`, {
    errors: [{ pointer: `/${column}`, message: `${complaint.charAt(0).toUpperCase()}${complaint.slice(1)}.` }],
  });
}

const camel = (name: string) => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** What a violated rule of the database means to the caller; anything unforeseen passes unchanged. */
export function translate(error: unknown): unknown {
  if (error instanceof WrongValue) return invalidField(error.column, error.complaint);
  if (!(error instanceof DatabaseError)) return error;
  const column = error.column ? camel(error.column) : undefined;
  switch (error.code) {
    case '23505':
      return new ApiError('conflict', 'This already exists.', { reason: 'already-exists', cause: error });
    case '23503':
      return /is not present/.test(error.detail ?? '')
        ? new ApiError('not-found', 'What this refers to does not exist.', {
            reason: 'reference-missing',
            cause: error,
          })
        : new ApiError('conflict', 'It is still used elsewhere.', { reason: 'still-referenced', cause: error });
    case '23502':
      return invalidField(column ?? '', 'is required');
    case '23514':
      return new ApiError('invalid-input', `A rule of the data is broken (${error.constraint ?? 'check'}).`, {
        reason: error.constraint?.replaceAll('_', '-') ?? 'check',
        cause: error,
      });
    case '22P02':
    case '22007':
    case '22008':
    case '22003':
    case '22001':
    case '22021':
      return new ApiError('invalid-input', 'A value has the wrong form.', { reason: 'wrong-value', cause: error });
    case '57014':
      return new ApiError('unavailable', 'The database took too long to answer; the work was cancelled.', {
        reason: 'statement-timeout',
        cause: error,
      });
    case '40001':
    case '40P01':
      return new ApiError('conflict', 'Somebody else changed the same data at the same time. Try again.', {
        reason: 'concurrent-change',
        cause: error,
      });
    case '53300':
    case '57P01':
    case '57P03':
      return new ApiError('unavailable', 'The database is not available at the moment.', { cause: error });
    case '25006':
      return new TableApiMisuse('an action declared with effect “read” tried to write');
    default:
      return error;
  }
}
