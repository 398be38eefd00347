import { DatabaseError } from 'pg';
import { ApiError } from '../../errors/index.ts';
import { mapDatabaseError, type StatementContext } from '../database-error.ts';

const READ_ONLY_TRANSACTION = '25006';

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

/** What a violated rule of the database means to the caller; anything unforeseen passes unchanged. */
export function translate(error: unknown, context: StatementContext = {}): Error {
  if (error instanceof WrongValue) return invalidField(error.column, error.complaint);
  if (error instanceof DatabaseError && error.code === READ_ONLY_TRANSACTION) {
    return new TableApiMisuse('an action declared with effect “read” tried to write');
  }
  return mapDatabaseError(error, context);
}

/** What the refusal of a transaction means that a licence let begin for reading only; any other error: `undefined`. */
export function heldBack(error: unknown): ApiError | undefined {
  if (!(error instanceof DatabaseError) || error.code !== READ_ONLY_TRANSACTION) return undefined;
  return new ApiError('licence-ended', 'The licence allows reading only.', {
    reason: 'licence-not-writable',
    cause: error,
  });
}
