import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type DataLogger,
  openDatabase,
  type PluginDataDescription,
  type PluginDataPackage,
  startEmbeddedPostgres,
} from '../../data/index.ts';

/** What a package's migrations and queries come to, found out by installing it in a database made for the purpose. */
export async function describePackage(pkg: PluginDataPackage, logger: DataLogger): Promise<PluginDataDescription> {
  const folder = await mkdtemp(join(tmpdir(), 'bazaar-types-'));
  // Root's PostgreSQL runs as somebody else, who must get here; its data would go elsewhere and stay.
  await chmod(folder, 0o755);
  try {
    const server = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), settings: { fsync: 'off' } });
    try {
      const database = await openDatabase({
        server: { connection: server.connection },
        secret: 'of a database that lives for seconds',
        logger,
      });
      try {
        const plugin = await database.plugins.install(pkg);
        await plugin.close();
        return plugin.describe();
      } finally {
        await database.close();
      }
    } finally {
      await server.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
