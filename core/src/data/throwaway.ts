import { randomBytes } from 'node:crypto';
import { Client, DatabaseError } from 'pg';
import type { EmbeddedConnection } from './contract.ts';
import { prepareServer } from './server/prepare.ts';
import { adminConfig, resolveTarget, type Target } from './server/target.ts';

/** A database of its own for one test file or rehearsal. */
export interface ThrowawayDatabase {
  server: { connection: EmbeddedConnection };
  /** Removes it, whoever is still connected. */
  drop(): Promise<void>;
}

const TEMPLATE = 'bazaar_template';
const IN_USE = '55006';
/** The server waits five seconds in each. */
const DROP_ATTEMPTS = 8;

/** Any server whose administrator needs no password, e.g. our embedded one, as an URL that fits an environment variable. */
export function serverUrl(connection: EmbeddedConnection): string {
  const database = connection.database ?? TEMPLATE;
  return `postgres://${connection.user}@localhost:${connection.port}/${database}?host=${encodeURIComponent(connection.host)}`;
}

/** Makes the template that throw-away databases are copied from. Resolves with the URL to copy it by. */
export async function prepareTemplate(connection: EmbeddedConnection): Promise<string> {
  const template = { ...connection, database: TEMPLATE };
  await prepareServer(resolveTarget({ connection: template }), 'template');
  return serverUrl(template);
}

async function administer(target: Target, statement: (client: Client) => string): Promise<void> {
  // Nobody may be connected to a template while it is copied.
  const client = new Client(adminConfig({ ...target, database: 'postgres' }));
  await client.connect();
  try {
    await client.query(statement(client));
  } finally {
    await client.end();
  }
}

/** Whoever is connected is ended, and waited for; what nothing can interrupt may take longer than the server waits. */
async function drop(target: Target, name: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await administer(target, () => `drop database if exists ${name} with (force)`);
    } catch (error) {
      const isInUse = error instanceof DatabaseError && error.code === IN_USE;
      if (!isInUse || attempt === DROP_ATTEMPTS) throw error;
    }
  }
}

/** Copies the template that the URL names: all of the core schema, no data. */
export async function createThrowawayDatabase(templateUrl: string): Promise<ThrowawayDatabase> {
  const target = resolveTarget({ url: templateUrl });
  const name = `bazaar_t_${randomBytes(6).toString('hex')}`;
  await administer(
    target,
    (client) => `create database ${name} template ${client.escapeIdentifier(target.database)} strategy file_copy`,
  );
  const { host, port, adminUser } = target;
  return {
    server: { connection: { host, port, user: adminUser, database: name } },
    drop: () => drop(target, name),
  };
}
