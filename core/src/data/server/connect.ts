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
export async function connectAdmin(target: Target): Promise<{ client: Client } & ServerFacts> {
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
  try {
    return { client, ...(await requireSuitable(client, target)) };
  } catch (error) {
    await client.end();
    throw error;
  }
}

export interface ServerFacts {
  /** e.g. 180004. */
  serverVersion: number;
  /** Connections that the server allows in all. */
  maxConnections: number;
}

interface Suitability {
  version: number;
  maxConnections: number;
  createsRoles: boolean;
  createsSchemas: boolean;
  readOnly: boolean;
}

/** Version and rights, before anything is made. */
async function requireSuitable(client: Client, target: Target): Promise<ServerFacts> {
  const { rows } = await client.query<Suitability>(
    `select current_setting('server_version_num')::integer as version,
        current_setting('max_connections')::integer as "maxConnections", rolcreaterole or rolsuper as "createsRoles",
        has_database_privilege(current_database(), 'create') as "createsSchemas", pg_is_in_recovery() as "readOnly"
       from pg_catalog.pg_roles where rolname = current_user`,
  );
  const server = rows[0];
  if (!server || server.version < OLDEST_SERVER) {
    throw new StartupError(
      `PostgreSQL ${Math.floor((server?.version ?? 0) / 10_000)} is too old (DATABASE_URL): Bazaar needs PostgreSQL 15 or newer.`,
    );
  }
  if (server.readOnly) throw new StartupError('The PostgreSQL of DATABASE_URL is a read-only standby.');
  const user = client.escapeIdentifier(target.adminUser);
  if (!server.createsRoles) {
    throw new StartupError(
      `Database user "${target.adminUser}" (DATABASE_URL) may not create roles: ALTER ROLE ${user} CREATEROLE.`,
    );
  }
  if (!server.createsSchemas) {
    throw new StartupError(
      `Database user "${target.adminUser}" (DATABASE_URL) may not create schemas: GRANT CREATE ON DATABASE ${client.escapeIdentifier(target.database)} TO ${user}.`,
    );
  }
  return { serverVersion: server.version, maxConnections: server.maxConnections };
}
