import { createChanges } from '../../src/caching/index.ts';
import { openDatabase } from '../../src/data/index.ts';
import { createEvents } from '../../src/events/index.ts';
import { composeKernel } from '../plugins/support/kernel.ts';
import { silentLogger } from '../support/test-database.ts';

/**
 * A worker in a process of its own, for tests that kill it: `worker-process.ts <connection as JSON> <lock file>`.
 * Says `ready` when it works, and ends cleanly at SIGTERM.
 */
const [connection = '{}', lockFile = ''] = process.argv.slice(2);
const database = await openDatabase({
  server: { connection: JSON.parse(connection) },
  secret: 'secret of the tests',
  logger: silentLogger,
});
const kernel = await composeKernel(database, lockFile, { wakeRelay: () => events.wake() });
const events = createEvents({
  db: database,
  changes: createChanges(database.bus, kernel.log),
  plugins: kernel.loaded.registry,
  deliver: kernel.calls.deliver,
  licences: kernel.licences,
  files: kernel.files,
  realtime: { publish: () => undefined },
  log: kernel.log,
  timing: { relayPollMs: 200, sweepMs: 500, queuePollMs: 100, retryDelayMs: () => 50 },
});
await events.start({ worker: true });
process.stdout.write('ready\n');
process.once('SIGTERM', async () => {
  await events.stop();
  await kernel.close();
  await database.close();
  process.exitCode = 0;
});
