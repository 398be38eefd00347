import { type Client, Client as PgClient } from 'pg';
import { createThrowawayDatabase, type Database, type EmbeddedConnection, openDatabase } from '../../src/data/index.ts';
import type { Log } from '../../src/logging/index.ts';

export const silentLogger: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

export interface TestDatabase {
  database: Database;
  /** To open the same database again, e.g. as a second node. */
  connection: EmbeddedConnection;
  /** A session of the administrator, ended with the database. */
  admin(): Promise<Client>;
  /** Closes and removes it. */
  drop(): Promise<void>;
}

export function testServer(): string {
  const url = process.env.BAZAAR_TEST_SERVER;
  if (!url) throw new Error('BAZAAR_TEST_SERVER is not set: run these tests through the vitest project "integration"');
  return url;
}

/** Every plugin is licensed to every tenant for ever, whichever comes first. */
const LICENSED = `
  create function public.license_all() returns trigger language plpgsql security definer as $$
  begin
    insert into core.licences (tenant_id, plugin_id, kind)
      select t.id, r.plugin_id, 'purchased' from core.tenants t cross join core.plugin_roles r where r.kind = 'runtime'
      on conflict do nothing;
    return null;
  end $$;
  create trigger license_all after insert on core.tenants for each statement execute function public.license_all();
  create trigger license_all after insert on core.plugin_roles for each statement execute function public.license_all();`;

/**
 * A fresh database with the core schema and no data. `licensed`: for tests that are not about licences, which the
 * database asks for at each commit of a plugin.
 */
export async function createTestDatabase({ licensed = false } = {}): Promise<TestDatabase> {
  const throwaway = await createThrowawayDatabase(testServer());
  const database = await openDatabase({
    server: throwaway.server,
    secret: 'secret of the tests',
    logger: silentLogger,
  });
  const admins: Client[] = [];
  const admin = async (): Promise<Client> => {
    const client = new PgClient({ ...throwaway.server.connection });
    client.on('error', () => undefined);
    await client.connect();
    admins.push(client);
    return client;
  };
  if (licensed) await (await admin()).query(LICENSED);
  return {
    database,
    connection: throwaway.server.connection,
    admin,
    drop: async () => {
      await database.close();
      await Promise.all(admins.map((client) => client.end()));
      await throwaway.drop();
    },
  };
}

/** Two tenants, each with one member, straight into the tables. */
export async function seedTenants(database: Database): Promise<{ a: string; b: string; userA: string; userB: string }> {
  const tenant = async (slug: string) => {
    const { rows } = await database.platform.query<{ tenant: string; member: string }>(
      `with t as (insert into core.tenants (slug, name) values ($1, $1) returning id),
            u as (insert into core.users (email, name) values ($1 || '@example.test', $1) returning id),
            m as (insert into core.memberships (tenant_id, user_id) select t.id, u.id from t, u)
       select t.id as tenant, u.id as member from t, u`,
      [slug],
    );
    const [row] = rows;
    if (!row) throw new Error('no tenant');
    return row;
  };
  const [first, second] = [await tenant('tenant-a'), await tenant('tenant-b')];
  return { a: first.tenant, b: second.tenant, userA: first.member, userB: second.member };
}
