import { DatabaseError as PgError } from 'pg';
import { type DatabaseError as SequelizeDatabaseError, BaseError as SequelizeError, ValidationError } from 'sequelize';
import { ApiError } from '../errors/index.ts';

/** What the caller knows of the statement, to name the field at fault. */
export interface StatementContext {
  /** Column of each bound parameter, in order. */
  parameterColumns?: readonly (string | undefined)[];
  /** Columns that a constraint or unique index speaks of, by its name. */
  constraintColumns?: ReadonlyMap<string, readonly string[]>;
  /** Table the statement changes. */
  table?: string;
}

const OPEN_TASKS =
  'The plugin has 1,000 open tasks here, as many as it may have: it can raise more when some are done or dismissed.';

export function camelCase(name: string): string {
  return name.replace(/_+([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase());
}

function invalid(detail: string, columns: readonly string[], cause: unknown, reason = 'invalid-value'): ApiError {
  const fields = columns.filter((column) => column !== 'tenant_id').map(camelCase);
  const errors = fields.map((field) => ({ pointer: `/${field}`, message: detail }));
  return new ApiError('invalid-input', detail, { reason, cause, ...(errors.length > 0 ? { errors } : {}) });
}

/** PostgreSQL keeps the key to itself where row security is on; the constraint's name says as much. */
function constraintColumns(error: PgError, context: StatementContext): readonly string[] {
  return context.constraintColumns?.get(error.constraint ?? '') ?? [];
}

function duplicate(error: PgError, columns: readonly string[]): ApiError {
  const detail = 'This already exists.';
  const errors = columns
    .filter((column) => column !== 'tenant_id')
    .map((column) => ({ pointer: `/${camelCase(column)}`, message: detail }));
  return new ApiError('conflict', detail, {
    reason: 'already-exists',
    cause: error,
    ...(errors.length > 0 ? { errors } : {}),
  });
}

function brokenReference(error: PgError, context: StatementContext): ApiError {
  const removing = context.table === undefined ? !/^insert/.test(error.message) : error.table !== context.table;
  return removing
    ? new ApiError('conflict', 'This is still in use elsewhere.', { reason: 'still-referenced', cause: error })
    : new ApiError('not-found', 'What this refers to does not exist.', { reason: 'reference-missing', cause: error });
}

function invalidData(error: PgError, context: StatementContext): ApiError {
  const position = /parameter \$(\d+)/.exec(error.where ?? '')?.[1];
  const column = error.column ?? context.parameterColumns?.[Number(position) - 1];
  const detail = error.code === '22001' ? 'This text is too long.' : 'This value is not valid here.';
  return invalid(detail, column === undefined ? [] : [column], error);
}

function unavailable(detail: string, reason: string, cause: unknown): ApiError {
  return new ApiError('unavailable', detail, { reason, cause });
}

function mapPgError(error: PgError, context: StatementContext): ApiError | null {
  const code = error.code ?? '';
  switch (code) {
    case '23505':
    case '23P01':
      return duplicate(error, constraintColumns(error, context));
    case '23503':
      return brokenReference(error, context);
    case '23502':
      return invalid('This is required.', error.column === undefined ? [] : [error.column], error, 'required');
    case '23514':
      return invalid(
        'This value is not allowed.',
        constraintColumns(error, context),
        error,
        error.constraint?.replaceAll('_', '-') ?? 'check',
      );
    case '54000':
      return invalid('A value is too long.', [], error);
    case '57014':
      return unavailable('This took too long and was stopped.', 'statement-timeout', error);
    case '53400':
      return unavailable('This needed too much room to sort and was stopped.', 'temporary-files', error);
    case '53200':
      return unavailable('This needed too much memory and was stopped.', 'out-of-memory', error);
    case '40001':
    case '40P01':
    case '55P03':
      return unavailable('Somebody else is changing the same data; try again.', 'busy', error);
    case 'BZ001':
      return new ApiError('conflict', 'This delivery has been taken over by another node.', {
        reason: 'delivery-lost',
        cause: error,
      });
    case 'BZ002':
      return new ApiError('licence-ended', 'The licence does not allow changes.', {
        reason: 'licence-not-writable',
        cause: error,
      });
    case 'BZ003':
      return new ApiError('usage-limit', 'As much has been used as the licence allows for this month.', {
        reason: 'usage-limit',
        cause: error,
      });
    case 'BZ004':
      return new ApiError('conflict', OPEN_TASKS, { reason: 'too-many-open-tasks', cause: error });
    default:
  }
  if (code.startsWith('22')) return invalidData(error, context);
  if (code === '53100') return unavailable('The disk of the database is full.', 'storage-full', error);
  if (/^(08|53|57P|58)/.test(code)) return unavailable('The database is not available.', 'database', error);
  return null;
}

const CONNECTION_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

function isConnectionLoss(error: Error): boolean {
  if (CONNECTION_CODES.has((error as NodeJS.ErrnoException).code ?? '')) return true;
  return /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Client was closed)/.test(
    error.message,
  );
}

/**
 * What the database refuses, in terms of the API: constraint violations never become a 500. Errors that speak of a
 * defect of ours (or a plugin's) are returned as they are.
 */
export function mapDatabaseError(error: unknown, context: StatementContext = {}): Error {
  if (error instanceof ApiError) return error;
  if (error instanceof PgError) return mapPgError(error, context) ?? error;
  if (error instanceof SequelizeError) {
    // Also set on ValidationErrors that stem from a constraint of the database.
    const { original } = error as Partial<SequelizeDatabaseError>;
    if (original) return mapDatabaseError(original, context);
    if (error instanceof ValidationError) {
      const errors = error.errors.map((item) => ({ pointer: `/${item.path ?? ''}`, message: item.message }));
      return new ApiError('invalid-input', 'Some values are not valid.', { cause: error, errors });
    }
    if (/Connection/.test(error.name)) return unavailable('The database is not available.', 'database', error);
    return error;
  }
  if (error instanceof Error && isConnectionLoss(error)) {
    return unavailable('The database is not available.', 'database', error);
  }
  return error instanceof Error ? error : new Error(String(error));
}

/** Whether a unique constraint refused the statement, whichever access reported it. */
export function isDuplicate(error: unknown): boolean {
  const mapped = mapDatabaseError(error);
  return mapped instanceof ApiError && mapped.code === 'conflict' && mapped.reason === 'already-exists';
}
