import { Client, DatabaseError } from 'pg';
import { StartupError } from '../../errors/index.ts';
import { adminConfig, type Target } from './target.ts';

export const OLDEST_SERVER = 150_000;

function explain(target: Target, error: unknown): Error {
  const at = target.host.startsWith('/') ? target.host : `${target.host}:${target.port}`;
  const options = { cause: error };
  if (error instanceof DatabaseError) {
    switch (error.code) {
      case '28P01':
      case '28000':
        return new StartupError(
          `The PostgreSQL at ${at} refuses user "${target.adminUser}" (DATABASE_URL): ${error.message}.`,
          options,
        );
      case '3D000':
        return new StartupError(
          `The PostgreSQL at ${at} has no database "${target.database}" (DATABASE_URL): create it first.`,
          options,
        );
      default:
        return new StartupError(`The PostgreSQL at ${at} refuses the connection: ${error.message}.`, options);
    }
  }
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const reason = code === '' ? (error as Error).message : code;
  return new StartupError(`No PostgreSQL answers at ${at} (DATABASE_URL): ${reason}.`, options);
}

async function connect(target: Target): Promise<Client> {
  const client = new Client(adminConfig(target));
  client.on('error', () => {
    // A lost connection also fails the statement that needs it, which is where it is reported.
  });
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

async function createDatabase(target: Target): Promise<void> {
  const client = await connect({ ...target, database: 'postgres' });
  try {
    await client.query(`create database ${client.escapeIdentifier(target.database)}`);
  } catch (error) {
    // Another process of ours was faster.
    if (!(error instanceof DatabaseError) || (error.code !== '42P04' && error.code !== '23505')) throw error;
  } finally {
    await client.end();
  }
}

/** Connects as administrator; says in one line why it cannot. On our own server the database is made when missing. */
export async function connectAdmin(target: Target): Promise<{ client: Client; serverVersion: number }> {
  let client: Client;
  try {
    try {
      client = await connect(target);
    } catch (error) {
      if (!target.embedded || !(error instanceof DatabaseError) || error.code !== '3D000') throw error;
      await createDatabase(target);
      client = await connect(target);
    }
  } catch (error) {
    throw explain(target, error);
  }
  const { rows } = await client.query<{ version: string }>(`select current_setting('server_version_num') as version`);
  const serverVersion = Number(rows[0]?.version);
  if (serverVersion >= OLDEST_SERVER) return { client, serverVersion };
  await client.end();
  throw new StartupError(
    `PostgreSQL ${Math.floor(serverVersion / 10_000)} is too old (DATABASE_URL): Bazaar needs PostgreSQL 15 or newer.`,
  );
}
