import { openDatabase, type PluginDataDescription, type PluginDataPackage } from '../data/index.ts';
import type { Log } from '../logging/index.ts';
import { createScratchServer } from './scratch-server.ts';

/** What goes wrong is thrown. */
const SILENT: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** What a package's migrations and queries come to, found out by installing it in a database that is thrown away. */
export async function describePackage(pkg: PluginDataPackage): Promise<PluginDataDescription> {
  const { server, remove } = await createScratchServer(process.env);
  try {
    const database = await openDatabase({ server, secret: 'of a database that lives for seconds', logger: SILENT });
    try {
      const plugin = await database.plugins.install(pkg);
      await plugin.close();
      return plugin.describe();
    } finally {
      await database.close();
    }
  } finally {
    await remove();
  }
}
