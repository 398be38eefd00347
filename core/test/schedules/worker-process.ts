import { openDatabase } from '../../src/data/index.ts';
import { composeKernel } from '../plugins/support/kernel.ts';
import { silentLogger } from '../support/test-database.ts';
import { clockOf, composeSchedules } from './compose.ts';

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
const kernel = await composeKernel(database, lockFile);
const clock = clockOf(process.env.CLOCKWORK_MISFORTUNE ?? '');
const { events, schedules } = composeSchedules(database, kernel, clock);
await events.start({ worker: true });
schedules.start();
process.stdout.write('ready\n');
process.once('SIGTERM', async () => {
  await schedules.stop();
  await events.stop();
  await kernel.close();
  await database.close();
  process.exitCode = 0;
});
