/** A process that owns an embedded server and commits rows until it is killed, telling each acknowledged one. */
import { openDatabase, startEmbeddedPostgres } from '../../src/data/index.ts';
import { silentLogger } from './test-database.ts';

const [dataDir = ''] = process.argv.slice(2);
const server = await startEmbeddedPostgres({ dataDir });
const database = await openDatabase({ server, secret: 'secret of the tests', logger: silentLogger });
const { rows } = await database.platform.query<{ id: string }>(
  `insert into core.tenants (slug, name) values ('crash', 'Crash') on conflict (slug) do update set name = 'Crash' returning id`,
);
const tenant = rows[0]?.id ?? '';
process.stdout.write(`ready ${server.adopted ? 'adopted' : 'started'}\n`);

async function writer(): Promise<never> {
  for (;;) {
    const key = crypto.randomUUID();
    await database.platform.transaction(async (sql) => {
      await sql.query(
        `insert into core.outbox (tenant_id, plugin_id, name, version, subject, payload) values ($1, 'crash', 'half', 1, $2, '{}')`,
        [tenant, key],
      );
      await sql.query(
        `insert into core.outbox (tenant_id, plugin_id, name, version, subject, payload) values ($1, 'crash', 'whole', 1, $2, '{}')`,
        [tenant, key],
      );
    });
    process.stdout.write(`${key}\n`);
  }
}
// When the server is killed first, the process stays for its own end.
await Promise.all(Array.from({ length: 4 }, writer)).catch(
  () => new Promise<void>(() => setInterval(() => undefined, 1_000)),
);
