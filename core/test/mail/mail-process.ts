import { openDatabase } from '../../src/data/index.ts';
import { createMail } from '../../src/mail/index.ts';
import { silentLogger } from '../support/test-database.ts';

/**
 * A node that sends mail, in a process of its own, for tests that kill it: `mail-process.ts <connection as JSON> <SMTP port>`.
 */
const [connection = '{}', port = ''] = process.argv.slice(2);
const database = await openDatabase({
  server: { connection: JSON.parse(connection) },
  secret: 'secret of the tests',
  logger: silentLogger,
});
createMail({
  db: database,
  smtp: { url: `smtp://127.0.0.1:${port}`, from: 'Bazaar <post@bazaar.test>' },
  demo: false,
  publicOrigin: () => 'http://bazaar.test',
  log: silentLogger,
  now: () => new Date(),
  timing: { pollMs: 50 },
}).start();
// Its timers do not keep the process.
process.stdin.resume();
