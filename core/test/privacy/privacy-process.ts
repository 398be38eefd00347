import { openDatabase } from '../../src/data/index.ts';
import { silentLogger } from '../support/test-database.ts';
import { stagedPlugin, startPrivacy } from './stage.ts';

/**
 * A worker in a process of its own, for tests that kill it: `privacy-process.ts <connection as JSON> <folder> <plugin> …`.
 * The last plugin never answers what it is to erase; `asked` is written then.
 */
const [connection = '{}', folder = '', ...ids] = process.argv.slice(2);
const database = await openDatabase({
  server: { connection: JSON.parse(connection) },
  secret: 'secret of the tests',
  logger: silentLogger,
});
const plugins = ids.map((id) =>
  stagedPlugin(id, async (hook) => {
    if (hook === 'exportPerson') return { collections: [] };
    if (id !== ids.at(-1)) return { erased: [{ what: `Records of ${id}`, count: 1 }], kept: [] };
    process.stdout.write('asked\n');
    return new Promise(() => {});
  }),
);
startPrivacy(database, folder, plugins).privacy.start();
process.stdin.resume();
