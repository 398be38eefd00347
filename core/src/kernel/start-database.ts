import { join } from 'node:path';
import type { DatabaseServer } from '../data/index.ts';
import type { Config } from './config.ts';
import type { Teardown } from './teardown.ts';

/** The server named in the configuration, or our own, started if need be and stopped with the platform. */
export async function databaseServer(
  config: Config,
  teardown: Teardown,
  progress: (step: string) => void,
): Promise<DatabaseServer> {
  if (config.databaseUrl !== undefined) {
    progress('Connecting to the database');
    return { url: config.databaseUrl };
  }
  const { startEmbeddedPostgres } = await import('../data/index.ts');
  const postgres = await startEmbeddedPostgres({ dataDir: join(config.dataDir, 'postgres'), onProgress: progress });
  teardown.add('PostgreSQL', postgres.stop, { mustEnd: true });
  return { connection: postgres.connection, warnings: postgres.warnings };
}
