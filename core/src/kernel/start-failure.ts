import { StartupError } from '../errors/index.ts';
import type { Config } from './config.ts';

const DISK_FULL = new Set(['ENOSPC', 'EDQUOT']);
/** PostgreSQL's code for a disk on which it has no room. */
const DATABASE_FULL = '53100';

function* causes(error: unknown): Generator<unknown> {
  for (let at = error; at instanceof Error; at = at.cause) yield 'code' in at ? at.code : undefined;
}

/** Why the platform did not start, for the console: one line where the reason is known, or the error with its stack. */
export function startFailure(
  error: unknown,
  { databaseUrl, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>,
): string {
  for (const code of causes(error)) {
    if (code === DATABASE_FULL && databaseUrl !== undefined) return 'The disk of the database (DATABASE_URL) is full.';
    if (code === DATABASE_FULL || DISK_FULL.has(String(code))) {
      return `The disk that holds the data folder ${dataDir} is full. Make room, or choose another: BAZAAR_DATA_DIR.`;
    }
  }
  if (error instanceof StartupError) return error.message;
  return `The platform did not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
