import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../src/data/index.ts';
import { StartupError } from '../../src/errors/index.ts';
import { dataPackage, JOBS, nextVersion } from '../support/plugin-packages.ts';
import { seedTenants, silentLogger, testServer } from '../support/test-database.ts';

/** A database of somebody else's server: administered by an ordinary user with CREATEROLE, as providers hand out. */
const name = `url_${randomBytes(4).toString('hex')}`;
const admin = new Client(testServer().replace('/bazaar_template', '/postgres'));
const { searchParams } = new URL(testServer());
const url = (user: string, database = name) =>
  `postgres://${user}:secret@localhost:5432/${database}?host=${encodeURIComponent(searchParams.get('host') ?? '')}`;

beforeAll(async () => {
  await admin.connect();
  await admin.query(`create role ${name} login createrole createdb`);
  await admin.query(`create role ${name}_weak login`);
  await admin.query(`create database ${name} owner ${name}`);
  await admin.query(`create database ${name}_weak owner ${name}_weak`);
  await admin.query(`create database ${name}_other owner ${name}_weak`);
});
afterAll(async () => {
  for (const database of [name, `${name}_weak`, `${name}_other`]) {
    await admin.query(`drop database if exists ${database} with (force)`);
  }
  await admin.end();
});

const open = (address: string, secret = 'secret of the tests') =>
  openDatabase({ server: { url: address }, secret, logger: silentLogger });

test('everything works for a user who is no superuser, and what cannot be closed is reported', async () => {
  const database = await open(url(name));
  const ids = await seedTenants(database);
  expect(database.warnings.map((warning) => warning.code)).toEqual([
    'functions-open-to-public',
    'language-open-to-public',
    'temporary-files-unlimited',
  ]);
  expect(await database.inTenant(ids.a, (m) => m.Tenant.count())).toBe(1);
  const plugin = await database.plugins.install({
    pluginId: 'notes',
    version: '1.0.0',
    migrations: [
      {
        name: '0001-notes',
        up: `create table notes (tenant_id uuid not null default bazaar.current_tenant(), id uuid not null default gen_random_uuid(), body text, primary key (tenant_id, id));
             select bazaar.protect('notes');`,
        down: '',
      },
    ],
    queries: [{ name: 'all', sql: 'select body from notes' }],
    sharedTables: [],
  });
  const scope = {
    tenantId: ids.a,
    licence: 'not-needed',
    actor: { kind: 'system', userId: null },
    requestId: 'r',
  } as const;
  const unit = plugin.open({ ...scope, readOnly: false });
  await unit.insert('notes', [{ body: 'one' }]);
  unit.audit({ action: 'noted' });
  await unit.commit();
  expect(await plugin.open({ ...scope, readOnly: true }).query('all', {})).toEqual([{ body: 'one' }]);
  expect(await plugin.open({ ...scope, tenantId: ids.b, readOnly: true }).query('all', {})).toEqual([]);
  const { rows } = await database.platform.query('select action, plugin_id from core.audit_log');
  expect(rows).toEqual([{ action: 'noted', plugin_id: 'notes' }]);
  await plugin.close();
  await database.close();
  // A changed secret changes every role's password; the next start sees to it.
  await (await open(url(name), 'another secret of the tests')).close();
});

test('temporary files of plugins are limited where the user may do that, or the server does it', async () => {
  const warnings = async () => {
    const database = await open(url(name), 'another secret of the tests');
    await database.close();
    return database.warnings.map((warning) => warning.code);
  };
  const limits = async () => {
    const { rows } = await admin.query<{ settings: string[] | null }>(
      `select rolconfig as settings from pg_roles where pg_has_role($1, oid, 'member') and rolname like '%\\_p\\_notes'`,
      [name],
    );
    return rows.map(({ settings }) => settings);
  };
  expect(await limits()).toEqual([null]);
  await admin.query(`alter database ${name} set temp_file_limit = '1GB'`);
  expect(await warnings()).not.toContain('temporary-files-unlimited');
  expect(await limits()).toEqual([null]);
  await admin.query(`alter database ${name} reset temp_file_limit`);
  await admin.query(`grant set on parameter temp_file_limit to ${name}`);
  expect(await warnings()).not.toContain('temporary-files-unlimited');
  expect(await limits()).toEqual([['temp_file_limit=32MB']]);
});

test('the whole life of a plugin, as a user who is no superuser', async () => {
  const database = await open(url(name), 'another secret of the tests');
  const { plugins } = database;
  const { rows } = await database.platform.query<{ id: string }>('select id from core.tenants order by slug');
  const one = dataPackage(JOBS, { queries: [{ name: 'all', sql: 'select * from jobs' }] });
  await plugins.rehearse(one, []);
  const old = await plugins.install(one);
  for (const { id } of rows) {
    const unit = old.open({
      tenantId: id,
      readOnly: false,
      licence: 'not-needed',
      actor: { kind: 'system', userId: null },
      requestId: 'r',
    });
    await unit.insert('jobs', [{ title: 'A' }]);
    await unit.commit();
  }
  const two = nextVersion(one, '1.1.0', [
    `alter table jobs add column city text; update jobs set city = 'Berlin' -- down
     alter table jobs drop column city`,
  ]);
  expect((await plugins.rehearse(two, [one])).conflicts).toEqual([]);
  await (await plugins.install(two)).close();
  const counts = [{ table: 'jobs', rows: rows.length }];
  await plugins.park(one.pluginId);
  expect(await plugins.rows(one.pluginId)).toEqual(counts);
  expect(await Array.fromAsync(plugins.export(one.pluginId), ({ row }) => row.city)).toEqual(rows.map(() => 'Berlin'));
  await plugins.restore(one.pluginId);
  expect(await plugins.rows(one.pluginId)).toEqual(counts);
  expect(await plugins.misfits(one, old.describe())).toEqual([]);
  await plugins.purge(one.pluginId);
  await old.close();
  const { rows: left } = await database.platform.query(
    `select rolname from pg_catalog.pg_roles, core.installation
       where starts_with(rolname::text, prefix) and rolname ~ '(_r_|_plugin_)'`,
  );
  expect(left).toEqual([]);
  expect(await plugins.rows(one.pluginId)).toEqual([]);
  await database.close();
});

test.each<[string, string, RegExp]>([
  ['not an URL', 'nonsense', /not of the form postgres:/],
  ['another database’s URL', 'mysql://localhost/x', /not of the form postgres:/],
  ['a broken URL', 'postgres://[', /cannot be read/],
  ['a closed port', 'postgres://x@127.0.0.1:1/x', /No PostgreSQL answers at 127\.0\.0\.1:1.*ECONNREFUSED/],
  ['an unknown database', url(name, 'nowhere'), /has no database "nowhere"/],
  ['an unknown user', url('nobody_at_all'), /refuses user "nobody_at_all"/],
  ['a user without rights', url(`${name}_weak`, `${name}_weak`), /may not create roles: ALTER ROLE .* CREATEROLE/],
  ['a database of others', url(name, `${name}_other`), /may not create schemas: GRANT CREATE ON DATABASE/],
])('one clear line for %s', async (_what, address, message) => {
  const attempt = open(address);
  await expect(attempt).rejects.toThrow(message);
  await expect(attempt).rejects.toBeInstanceOf(StartupError);
  await expect(attempt).rejects.not.toThrow(/secret|\n/);
});

test('a refused start has made nothing', async () => {
  const weak = new Client(url(`${name}_weak`, `${name}_weak`));
  await weak.connect();
  const { rows } = await weak.query(`select nspname from pg_namespace where nspname in ('core', 'bazaar')`);
  await weak.end();
  expect(rows).toEqual([]);
});
