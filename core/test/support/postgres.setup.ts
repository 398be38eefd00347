import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareTemplate, startEmbeddedPostgres } from '../../src/data/index.ts';

/** One PostgreSQL for the whole test run, in a folder of its own; each test file copies the template database. */
export default async function setup(): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'bazaar-test-'));
  // Root's PostgreSQL runs as somebody else, who must get here; its data would go elsewhere and stay.
  chmodSync(folder, 0o755);
  const server = await startEmbeddedPostgres({
    dataDir: join(folder, 'postgres'),
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' },
  });
  // Test files run in processes that inherit the environment, and so do the kernels they start.
  process.env.BAZAAR_TEST_SERVER = await prepareTemplate(server.connection);
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
