import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PluginDatabase } from '../../src/data/index.ts';
import { createTestDatabase, seedTenants, type TestDatabase } from '../support/test-database.ts';

let test_: TestDatabase;
let plugin: PluginDatabase;
let ids: Awaited<ReturnType<typeof seedTenants>>;
let roles: Record<'runtime' | 'owner' | 'tenant' | 'platform', string>;

const NOTES = `
  create table notes (tenant_id uuid not null default bazaar.current_tenant(), id uuid not null default gen_random_uuid(),
    body text not null, primary key (tenant_id, id));
  select bazaar.protect('notes');`;

beforeAll(async () => {
  test_ = await createTestDatabase({ licensed: true });
  ids = await seedTenants(test_.database);
  const install = (pluginId: string) =>
    test_.database.plugins.install({
      pluginId,
      version: '1.0.0',
      migrations: [{ name: '0001-notes', up: NOTES, down: '' }],
      queries: [],
      sharedTables: [],
    });
  plugin = await install('notes');
  await (await install('other')).close();
  const admin = await test_.admin();
  const { rows } = await admin.query<{ kind: 'runtime' | 'owner'; role: string; prefix: string }>(
    `select kind, role, prefix from core.plugin_roles, core.installation where plugin_id = 'notes'`,
  );
  const prefix = rows[0]?.prefix ?? '';
  roles = { runtime: '', owner: '', tenant: `${prefix}_tenant`, platform: `${prefix}_platform` };
  for (const row of rows) roles[row.kind] = row.role;
});
afterAll(async () => {
  await plugin.close();
  await test_.drop();
});

async function as<T>(role: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ ...test_.connection, user: role, options: '-c search_path=p_notes' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

test('every table of every schema is protected, or has no tenant and says so', async () => {
  const admin = await test_.admin();
  const { rows } = await admin.query<{
    name: string;
    forced: boolean;
    tenant: boolean;
    policies: number;
    indexes: number;
  }>(
    `
    select c.oid::regclass::text as name, c.relrowsecurity and c.relforcerowsecurity as forced,
        exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and a.attnotnull) as tenant,
        (select count(*)::int from pg_policy p where p.polrelid = c.oid and p.polpermissive
          and not (pg_get_expr(p.polqual, c.oid) like '%current_setting(''app.tenant_id''%')
          and not exists (select from pg_roles r where r.oid = any (p.polroles) and (r.rolname like '%\\_platform' or r.rolname = any ($1) or r.rolname = current_user))) as policies,
        (select count(*)::int from pg_index x where x.indrelid = c.oid and x.indisprimary
          and (select a.attname from pg_attribute a where a.attrelid = c.oid and a.attnum = x.indkey[0]) = 'tenant_id') as indexes
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'm', 'f', 'v') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
      order by 1`,
    [[roles.owner, roles.owner.replace('notes', 'other')]],
  );
  const platformTables = [
    'core.audit_seal',
    'core.billing_prices',
    'core.email_changes',
    'core.installation',
    'core.ledger_bookings',
    'core.ledger_entries',
    'core.licence_clock',
    'core.licence_file_revocations',
    'core.licence_policy',
    'core.migrations',
    'core.nodes',
    'core.operator_tasks',
    'core.passkey_challenges',
    'core.passkeys',
    'core.password_reset_requests',
    'core.password_resets',
    'core.payment_double',
    'core.plugin_canaries',
    'core.plugin_generation',
    'core.plugin_migrations',
    'core.plugin_nodes',
    'core.plugin_operations',
    'core.plugin_packages',
    'core.plugin_quotas',
    'core.plugin_roles',
    'core.plugin_schedules',
    'core.plugin_versions',
    'core.plugins',
    'core.publisher_payouts',
    'core.publisher_reversals',
    'core.publisher_transfers',
    'core.publishers',
    'core.recovery_codes',
    'core.sign_in_failures',
    'core.sign_ups',
    'core.stripe_events',
    'core.tenants',
    'core.totp_authenticators',
    'core.users',
  ];
  expect(rows.length).toBeGreaterThan(25);
  expect(rows.filter((row) => !row.forced).map((row) => row.name)).toEqual([]);
  expect(rows.filter((row) => !row.tenant).map((row) => row.name)).toEqual(platformTables);
  const tenantTables = rows.filter((row) => row.tenant);
  expect(tenantTables.filter((row) => row.policies > 0).map((row) => row.name)).toEqual([]);
  // Found by a secret in the hands of somebody whose tenant is not known before.
  const foundBySecret = ['core.sign_in_challenges', 'core.sign_on_flows'];
  expect(tenantTables.filter((row) => row.indexes !== 1).map((row) => row.name)).toEqual(foundBySecret);
});

test('no role of ours is a superuser, bypasses row security, or owns a table it may read', async () => {
  const admin = await test_.admin();
  const { rows } = await admin.query(
    `select rolname from pg_roles r where starts_with(rolname::text, (select prefix from core.installation))
       and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb
         or (rolname not like '%\\_o\\_%' and exists (select from pg_class c where c.relowner = r.oid and c.relnamespace <> coalesce(to_regnamespace('graphile_worker'), 0))))`,
  );
  expect(rows).toEqual([]);
});

test('without a tenant nothing is readable, not even after one was set before', async () => {
  await as(roles.tenant, async (client) => {
    await expect(client.query('select * from core.settings')).rejects.toThrow(/app.tenant_id/);
    await client.query(`begin; set local app.tenant_id = '${ids.a}'; commit`);
    await expect(client.query('select * from core.settings')).rejects.toThrow(/invalid input syntax for type uuid/);
  });
});

test('for every table of the core that the tenant role may read, tenant B sees nothing of A', async () => {
  const admin = await test_.admin();
  await admin.query(
    `insert into core.plugins (id) values ('p') on conflict do nothing;
     insert into core.roles (tenant_id, name, title) values ('${ids.a}', 'r', 'R');
     insert into core.membership_roles (tenant_id, user_id, role) values ('${ids.a}', '${ids.userA}', 'r');
     insert into core.sessions (tenant_id, id, user_id, expires_at) values ('${ids.a}', '${ids.a}', '${ids.userA}', now());
     insert into core.refresh_tokens (tenant_id, token_hash, session_id, expires_at) values ('${ids.a}', 'x', '${ids.a}', now());
     insert into core.tenant_plugins (tenant_id, plugin_id) values ('${ids.a}', 'p');
     insert into core.licences (tenant_id, plugin_id, kind) values ('${ids.a}', 'p', 'purchased');
     insert into core.licence_seats (tenant_id, plugin_id, user_id) values ('${ids.a}', 'p', '${ids.userA}');
     insert into core.usage (tenant_id, plugin_id, meter, day) values ('${ids.a}', 'p', 'm', now());
     insert into core.licence_notices (tenant_id, plugin_id, stage, ends_at) values ('${ids.a}', 'p', 'grace', now());
     insert into core.licence_files (tenant_id, id, plugin_id, issued_at, file) values ('${ids.a}', '${ids.a}', 'p', now(), '');
     insert into core.invitations (tenant_id, email, roles, token_hash, expires_at) values ('${ids.a}', 'e', '{}', 'x', now());
     insert into core.api_keys (tenant_id, user_id, name, secret_hash, permissions) values ('${ids.a}', '${ids.userA}', 'n', 'x', '{}');
     insert into core.single_sign_on (tenant_id, issuer, client_id, client_secret) values ('${ids.a}', 'i', 'c', 'x');
     insert into core.claimed_domains (tenant_id, domain, token) values ('${ids.a}', 'a.test', 't');
     insert into core.external_identities (tenant_id, issuer, subject, user_id) values ('${ids.a}', 'i', 's', '${ids.userA}');
     insert into core.billing_customers (tenant_id, provider, customer) values ('${ids.a}', 'double', 'c');
     insert into core.purchases (tenant_id, provider, plugin_id, plan, method, currency, unit_amount, expires_at) values ('${ids.a}', 'double', 'p', 'monthly', 'intent', 'eur', 1, now());
     insert into core.subscriptions (tenant_id, id, provider, plugin_id, plan, status, currency, unit_amount, quantity, per_seat, price, item, created_at) values ('${ids.a}', 's', 'double', 'p', 'monthly', 's', 'eur', 1, 1, false, 'p', 'i', now());
     insert into core.invoices (tenant_id, id, provider, status, currency, total, amount_due, amount_paid, created_at) values ('${ids.a}', 'i', 'double', 's', 'eur', 1, 1, 1, now());
     insert into core.settings (tenant_id, plugin_id) values ('${ids.a}', 'p');
     insert into core.plugin_schedule_runs (tenant_id, plugin_id, name) values ('${ids.a}', 'p', 's');
     insert into core.files (tenant_id, id, plugin_id, name, type, size, sha256, storage_key) values ('${ids.a}', '${ids.a}', 'p', 'n', 't', 1, 's', 'k');
     insert into core.file_grants (tenant_id, file_id, plugin_id) values ('${ids.a}', '${ids.a}', 'q');
     insert into core.tasks (tenant_id, plugin_id, kind, title, audience) values ('${ids.a}', 'p', 'K', 't', 'a');
     insert into core.audit_log (tenant_id, actor_kind, action) values ('${ids.a}', 'system', 'x');
     insert into core.outbox (tenant_id, plugin_id, name, version, subject, payload) values ('${ids.a}', 'p', 'n', 1, 's', '{}');
     insert into core.events select tenant_id, occurred_at, seq, id, plugin_id, name, version, subject, payload, request_id from core.outbox;
     insert into core.deliveries (tenant_id, subscriber, event_name, event_id, event_seq, event_at, subject) select tenant_id, 'p', name, id, seq, occurred_at, subject from core.outbox;
     insert into core.delivery_log (tenant_id, delivery_id, subscriber, event_id, outcome, attempts) select tenant_id, id, subscriber, event_id, 'delivered', 1 from core.deliveries;`,
  );
  const { rows: tables } = await admin.query<{ name: string; visible: boolean }>(
    `select c.oid::regclass::text as name, has_table_privilege($1, c.oid, 'select') as visible from pg_class c
       where c.relnamespace = 'core'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
         and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id')`,
    [roles.tenant],
  );
  const visible = tables.filter((table) => table.visible);
  // What the platform keeps about tenants for itself.
  const hidden = [
    'core.audit_chain',
    'core.audit_heads',
    'core.audit_pending',
    'core.disputes',
    'core.ledger_bookings',
    'core.mail_deliveries',
    'core.mails',
    'core.privacy_requests',
    'core.sign_in_challenges',
    'core.sign_on_flows',
    'core.usage_reports',
  ];
  expect(
    tables
      .filter((table) => !table.visible)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(hidden);
  const empty: string[] = [];
  for (const { name } of visible) {
    const count = async (tenant: string) =>
      (
        await test_.database.queryInTenant<{ n: number }>(
          tenant,
          `select count(*) as n from ${name} where tenant_id = $1`,
          [ids.a],
        )
      ).rows[0]?.n;
    expect([name, await count(ids.a)]).toEqual([name, expect.any(Number)]);
    if (!((await count(ids.a)) ?? 0)) empty.push(name);
    expect([name, await count(ids.b)]).toEqual([name, 0]);
  }
  // Each needs a row above, or nothing is shown here.
  expect(empty).toEqual([]);
});

describe("a plugin's login, should the check of its SQL ever be passed by", () => {
  test.each([
    ['core tables', 'select * from core.users'],
    ['core tenants', 'select * from core.tenants'],
    ["another plugin's tables", 'select * from p_other.notes'],
    ['the tenant role', 'set role TENANT'],
    ['the owner role', 'set role OWNER'],
    ['the tenant by function', `select set_config('app.tenant_id', 'B', true)`],
    ['row security off', 'set row_security = off; select * from notes'],
    ['temporary tables', 'create temporary table t (a int)'],
    ['own tables', 'create table p_notes.t (a int)'],
    ['own schemas', 'create schema s'],
    ['table owner rights', 'alter table notes disable row level security'],
    ['truncation', 'truncate notes'],
    [
      'triggers',
      'create trigger t before insert on notes for each row execute function suppress_redundant_updates_trigger()',
    ],
    ['anonymous blocks', `do $$ begin perform 1; end $$`],
    ['functions', 'create function f() returns int language sql as $$ select 1 $$'],
    ['large objects', 'select lo_create(0)'],
    ['files', `select pg_read_file('/etc/passwd')`],
    ['programs', `copy notes to program 'id'`],
    ['server files', `copy notes to '/tmp/x'`],
    ['SQL in text', `select query_to_xml('select 1', true, true, '')`],
    ['sleeping', 'select pg_sleep(1)'],
    ['notifications by function', `select pg_notify('bazaar', '{}')`],
    ['locks of others', 'select pg_advisory_lock(1)'],
    ['sessions of others', 'select pg_terminate_backend(1)'],
    ['migration records', `select bazaar.record_migration('0001', 'x')`],
    ['protection of others', `select bazaar.protect('core.users')`],
    ['partitions', `select core.ensure_partitions(1)`],
    ['password hashes', 'select rolpassword from pg_authid'],
    ['settings of the server', 'set fsync = off'],
    ['roles', 'create role r'],
    ['extensions', 'create extension dblink'],
  ])('cannot reach %s', async (_what, sql) => {
    const statement = sql.replace('TENANT', roles.tenant).replace('OWNER', roles.owner);
    await as(roles.runtime, async (client) => {
      await client.query(`begin; set local app.tenant_id = '${ids.a}'`);
      await expect(client.query(statement)).rejects.toThrow(
        /permission denied|must be (owner|superuser)|row-level security|not allowed|does not exist|cannot (set|be changed)/,
      );
    });
  });

  test('cannot connect as the owner of a table reads: the owner reads its own only', async () => {
    await as(roles.owner, async (client) => {
      await expect(client.query('select * from core.tenants')).rejects.toThrow(/permission denied/);
      await expect(client.query('select * from p_other.notes')).rejects.toThrow(/permission denied/);
      await expect(client.query(`select bazaar.commit_effects('{}')`)).rejects.toThrow(/permission denied/);
    });
  });
});

describe('commit_effects', () => {
  const effects = (value: object) =>
    `select bazaar.commit_effects('${JSON.stringify({ requestId: 'r', actor: { kind: 'system' }, ...value })}')`;
  const asNotes = (tenant: string, statement: string) =>
    as(roles.runtime, async (client) => {
      await client.query(`begin; set local app.tenant_id = '${tenant}'`);
      const result = await client.query(statement);
      await client.query('commit');
      return result;
    });

  test('writes for the session and its tenant, whatever the argument claims', async () => {
    const claims = { tenantId: ids.a, tenant_id: ids.a, pluginId: 'other', plugin_id: 'other' };
    await asNotes(
      ids.b,
      effects({
        ...claims,
        events: [{ name: 'said', version: 1, subject: 's1', payload: { a: 1 }, ...claims }],
        audit: [{ action: 'say', ...claims }],
        tasks: [{ raise: { kind: 'K', title: 't', audience: 'x', key: 'k1', ...claims } }],
      }),
    );
    const { platform } = test_.database;
    for (const [table, where] of [
      ['outbox', `subject = 's1'`],
      ['audit_log', `action = 'say'`],
      ['tasks', `key = 'k1'`],
    ]) {
      const { rows } = await platform.query(`select tenant_id, plugin_id from core.${table} where ${where}`);
      expect(rows).toEqual([{ tenant_id: ids.b, plugin_id: 'notes' }]);
    }
  });

  test('refuses a session without tenant and one that acts for no plugin', async () => {
    await as(roles.runtime, (client) => expect(client.query(effects({}))).rejects.toThrow(/app.tenant_id/));
    const admin = await test_.admin();
    await admin.query(`begin; set local app.tenant_id = '${ids.a}'`);
    await expect(admin.query(effects({}))).rejects.toThrow(/does not act for a plugin/);
    await admin.query('rollback');
    await as(roles.tenant, (client) => expect(client.query(effects({}))).rejects.toThrow(/permission denied/));
  });

  test('removes only a delivery of the tenant, to this plugin, held by this node', async () => {
    const node = '11111111-1111-4111-8111-111111111111';
    const { platform } = test_.database;
    const delivery = async (tenant: string, subscriber: string, lockedBy: string | null) => {
      const { rows } = await platform.query<{ id: number }>(
        `insert into core.deliveries (tenant_id, subscriber, event_name, event_id, event_seq, event_at, subject, locked_by, attempts)
           values ($1, $2, 'n', gen_random_uuid(), 1, now(), 's', $3, 2) returning id`,
        [tenant, subscriber, lockedBy],
      );
      return rows[0]?.id;
    };
    const refused = [
      await delivery(ids.b, 'notes', node),
      await delivery(ids.a, 'other', node),
      await delivery(ids.a, 'notes', '22222222-2222-4222-8222-222222222222'),
      await delivery(ids.a, 'notes', null),
    ];
    for (const id of refused) {
      await expect(
        asNotes(ids.a, effects({ delivery: { id, node }, audit: [{ action: 'never' }] })),
      ).rejects.toMatchObject({ code: 'BZ001' });
    }
    const own = await delivery(ids.a, 'notes', node);
    await asNotes(ids.a, effects({ delivery: { id: own, node } }));
    const left = await platform.query<{ id: number }>('select id from core.deliveries where subject = $1 order by id', [
      's',
    ]);
    expect(left.rows.map((row) => row.id).filter((id) => [...refused, own].includes(id))).toEqual(refused);
    const log = await platform.query(
      'select outcome, attempts, subscriber from core.delivery_log where delivery_id = $1',
      [own],
    );
    expect(log.rows).toEqual([{ outcome: 'delivered', attempts: 2, subscriber: 'notes' }]);
    expect((await platform.query(`select from core.audit_log where action = 'never'`)).rowCount).toBe(0);
  });

  test('raising an open task again changes nothing, resolving closes it, in the order given', async () => {
    const raise = (title: string) => ({ raise: { kind: 'K', title, audience: 'x', key: 'twice' } });
    await asNotes(ids.a, effects({ tasks: [raise('first'), raise('second')] }));
    await asNotes(ids.a, effects({ tasks: [{ resolve: 'twice' }, raise('third')] }));
    await as(roles.runtime, async (client) => {
      await client.query(`begin; set local app.tenant_id = '${ids.b}'`);
      await client.query(effects({ tasks: [{ resolve: 'twice' }] }));
      await client.query('commit');
    });
    const { rows } = await test_.database.platform.query(
      'select title, state from core.tasks where key = $1 order by state',
      ['twice'],
    );
    expect(rows).toEqual([
      { title: 'first', state: 'done' },
      { title: 'third', state: 'open' },
    ]);
  });
});
