import pg from 'pg';
import { request } from './environment.ts';

/** How many there are of everything. */
export interface Crowd {
  tenants: number;
  /** Of all tenants together, spread over the plugins. */
  licences: number;
}

export const CROWD_PASSWORD = 'a-long-bench-password';
export const CROWD_EMAIL = 'bench@bench.test';

/**
 * Makes tenants like the one that the set-up has made, each with an owner of its own, and gives each of them licences:
 * for `everybody` and for others in turn.
 */
export async function makeCrowd(
  database: pg.ClientConfig,
  { tenants, licences }: Crowd,
  plugins: readonly string[],
  everybody: string,
): Promise<void> {
  const client = new pg.Client(database);
  await client.connect();
  try {
    await client.query('begin');
    const { rows } = await client.query<{ id: string; user: string }>(
      'select t.id, m.user_id as user from core.tenants t join core.memberships m on m.tenant_id = t.id',
    );
    const [first] = rows;
    if (!first) throw new Error('the set-up has made no tenant');
    await client.query(
      `insert into core.tenants (slug, name) select 'bench-' || n, 'Bench ' || n from generate_series(2, $1::integer) n`,
      [tenants],
    );
    await client.query(
      `insert into core.users (email, name, password_hash, email_verified_at)
         select 'bench-' || n || '@bench.test', u.name, u.password_hash, now()
         from core.users u, generate_series(2, $2::integer) n where u.id = $1`,
      [first.user, tenants],
    );
    const others = `(select t.id as tenant_id, u.id as user_id from core.tenants t
      join core.users u on u.email = t.slug || '@bench.test' where t.id <> $1)`;
    await client.query(
      `insert into core.roles (tenant_id, name, title, built_in, permissions)
         select o.tenant_id, r.name, r.title, r.built_in, r.permissions from core.roles r, ${others} o where r.tenant_id = $1`,
      [first.id],
    );
    await client.query(
      `insert into core.memberships (tenant_id, user_id) select o.tenant_id, o.user_id from ${others} o`,
      [first.id],
    );
    await client.query(
      `insert into core.membership_roles (tenant_id, user_id, role)
         select o.tenant_id, o.user_id, 'owner' from ${others} o`,
      [first.id],
    );
    const each = Math.floor(licences / tenants);
    await client.query(
      `insert into core.licences (tenant_id, plugin_id, kind)
         select t.id, p.plugin, 'purchased'
           from (select id, row_number() over (order by id) as n from core.tenants) t,
             lateral (select $1::text as plugin union
               select ($2::text[])[1 + (t.n * $3 + k) % cardinality($2::text[])] from generate_series(1, $3 - 1) k) p
       on conflict do nothing`,
      [everybody, plugins, each],
    );
    await client.query('commit');
    await client.query('analyze');
  } finally {
    await client.end();
  }
}

/** Access tokens of the owners of some of the tenants. */
export async function tokensOf(url: string, tenants: number): Promise<string[]> {
  const tokens: string[] = [];
  for (let number = 2; number < 2 + tenants; number++) {
    const credentials = { email: `bench-${number}@bench.test`, password: CROWD_PASSWORD };
    const { accessToken } = await request<{ accessToken: string }>('POST', `${url}/api/auth/sign-in`, credentials);
    tokens.push(accessToken);
  }
  return tokens;
}
