import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createThrowawayDatabase, type DatabaseServer, startEmbeddedPostgres } from '../data/index.ts';

/** An empty database that is gone afterwards. */
export interface ScratchServer {
  server: DatabaseServer;
  remove(): Promise<void>;
}

const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** Copies the template at BAZAAR_TEST_SERVER, or starts a PostgreSQL of its own where there is none. */
export async function createScratchServer(environment: NodeJS.ProcessEnv): Promise<ScratchServer> {
  const template = environment.BAZAAR_TEST_SERVER;
  if (template) {
    const { server, drop } = await createThrowawayDatabase(template);
    return { server, remove: drop };
  }
  const folder = await mkdtemp(join(tmpdir(), 'bazaar-scratch-'));
  // Root's PostgreSQL runs as somebody else, who must get here; its data would go elsewhere and stay.
  await chmod(folder, 0o755);
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), settings: FAST });
  return {
    server: { connection: postgres.connection, warnings: postgres.warnings },
    async remove() {
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
