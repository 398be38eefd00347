import { createHmac } from 'node:crypto';
import { Client, type ClientConfig } from 'pg';
import { StartupError } from '../../errors/index.ts';
import type { DatabaseWarning, EmbeddedConnection } from '../contract.ts';

/** Which server to use: our own, reached through its socket, or any PostgreSQL named by an URL. */
export type DatabaseServer =
  | { url: string }
  | { connection: EmbeddedConnection; warnings?: readonly DatabaseWarning[] };

/** One database of one server, and whom we administer it as. */
export interface Target {
  host: string;
  port: number;
  database: string;
  ssl: NonNullable<ClientConfig['ssl']>;
  adminUser: string;
  adminPassword: string | undefined;
  /** The server is ours alone: its databases are made as needed and its roles need no passwords. */
  embedded: boolean;
}

/** Settings of every session of ours, whatever the server's defaults. */
const SESSION = '-c TimeZone=UTC -c DateStyle=ISO -c standard_conforming_strings=on -c client_min_messages=warning';

export function resolveTarget(server: DatabaseServer): Target {
  if ('connection' in server) {
    const { host, port, user, database = 'bazaar' } = server.connection;
    return { host, port, database, ssl: false, adminUser: user, adminPassword: undefined, embedded: true };
  }
  if (!/^postgres(ql)?:\/\//.test(server.url)) {
    throw new StartupError('DATABASE_URL is not of the form postgres://user:password@host:5432/database.');
  }
  let parsed: Client;
  try {
    parsed = new Client({ connectionString: server.url });
  } catch (error) {
    // The cause may quote the URL and with it the password.
    throw new StartupError(`DATABASE_URL cannot be read: ${(error as Error).message}.`);
  }
  return {
    host: parsed.host,
    port: parsed.port,
    database: parsed.database ?? 'postgres',
    ssl: parsed.ssl,
    adminUser: parsed.user ?? 'postgres',
    adminPassword: parsed.password ?? undefined,
    embedded: false,
  };
}

export function adminConfig(target: Target): ClientConfig {
  return {
    host: target.host,
    port: target.port,
    database: target.database,
    ssl: target.ssl,
    user: target.adminUser,
    password: target.adminPassword,
    connectionTimeoutMillis: 10_000,
    application_name: 'bazaar',
    // Names of ours are always qualified: no schema of anybody else comes in between.
    options: `${SESSION} -c search_path=pg_catalog,pg_temp`,
  };
}

/** Passwords of our login roles follow from the installation's secret, so that none has to be stored. */
export function rolePassword(secret: string, role: string): string {
  return createHmac('sha256', secret).update(`database role ${role}`).digest('base64url');
}

/** How to connect as one of our login roles; `settings` are session settings, e.g. `{ search_path: 'p_jobs' }`. */
export function roleConfig(
  target: Target,
  secret: string,
  role: string,
  settings: Readonly<Record<string, string>> = {},
): ClientConfig {
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value.replace(/([\\ ])/g, '\\$1')}`);
  return {
    ...adminConfig(target),
    user: role,
    password: target.embedded ? undefined : rolePassword(secret, role),
    application_name: role,
    options: [SESSION, ...options].join(' '),
  };
}
