import type { Attack } from '../support/attack.ts';

const ROWS = `create table rows (
  tenant_id uuid not null default bazaar.current_tenant(),
  id uuid not null default gen_random_uuid(),
  body text,
  primary key (tenant_id, id)
);
select bazaar.protect('rows');
`;

function refused(name: string, tries: string, files: Attack['files']): Attack {
  return {
    name,
    tries,
    run: 'return {};',
    files: { ...files },
    ends: { kind: 'not-loaded', reason: /migration|query|sql/i },
  };
}

const query = (name: string, tries: string, sql: string) =>
  refused(name, tries, { 'migrations/0001-rows.sql': ROWS, 'queries/evil.sql': sql });
const migration = (name: string, tries: string, sql: string) =>
  refused(name, tries, { 'migrations/0001-rows.sql': `${ROWS}\n${sql}` });

/** SQL beyond what plugins may write: refused when it is installed. */
export const SQL: readonly Attack[] = [
  query('sql-file', 'a query that reads files of the server', "select pg_read_file('/etc/passwd') as text"),
  query('sql-core', 'a query over tables of the kernel', 'select id, email from core.users'),
  query('sql-vault', 'a query over tables of another plugin', 'select * from p_vault.secrets'),
  query(
    'sql-catalogue',
    'a query over the catalogue of the database',
    'select rolname, rolpassword from pg_catalog.pg_authid',
  ),
  query(
    'sql-tenant',
    'a query that changes the tenant',
    "select set_config('app.tenant_id', :tenant::text, true), r.id from rows r",
  ),
  query('sql-two', 'two statements in a query', 'select 1 as one; drop table rows'),
  query('sql-sleep', 'a query that waits', 'select pg_sleep(100) as slept'),
  query('sql-copy', 'a query that starts a program', "copy rows to program 'id'"),
  query('sql-do', 'a query with a block of code', 'do $$ begin perform pg_sleep(10); end $$'),
  query(
    'sql-remote',
    'a query that talks to other servers',
    "select * from dblink('host=127.0.0.1', 'select 1') as t(one int)",
  ),
  query(
    'sql-commit-effects',
    'a query that writes events and audit as the kernel does',
    "select bazaar.commit_effects('{}'::jsonb) as done",
  ),
  migration(
    'migration-function',
    'a migration with a function of the rights of its owner',
    "create function evil() returns int language sql security definer as 'select 1';",
  ),
  migration('migration-grant', 'a migration that grants', 'grant all on rows to public;'),
  migration(
    'migration-policy',
    'a migration that switches the protection of its tables off',
    'alter table rows disable row level security;',
  ),
  migration('migration-role', 'a migration that changes its role', 'set role postgres;'),
  migration(
    'migration-elsewhere',
    'a migration that writes into the kernel',
    "insert into core.users (email) values ('evil@evil.example');",
  ),
  {
    ...migration(
      'migration-unprotected',
      'a migration with a table that no tenant owns',
      'create table open_to_all (id uuid primary key);',
    ),
  },
  migration(
    'migration-gathered',
    'a migration that brings the rows of all tenants together',
    'create table all_rows (body text); insert into all_rows select body from rows; drop table all_rows;',
  ),
  migration(
    'migration-owners-view',
    'a migration that reads all rows through a view of its own',
    'create view every_row as select body from rows; insert into rows (body) select body from every_row; drop view every_row;',
  ),
  migration(
    'migration-tenant-column',
    'a migration that takes away whose the rows are',
    'alter table rows drop column tenant_id cascade;',
  ),
];
