import { globSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkMigration, checkNamedQuery, loadParser, SqlRefused } from './index.ts';

beforeAll(loadParser);

const query = (sql: string) => checkNamedQuery(sql, { schema: 'p_a', name: 'q.sql' });
const migrate = (sql: string) => checkMigration(sql, { schema: 'p_a', name: 'm.sql' });

describe('named parameters', () => {
  it.each([
    [
      'select :a, b::int from t where x = :a and y > :bc',
      'select $1, b::int from t where x = $1 and y > $2',
      ['a', 'bc'],
    ],
    [`select ':a', $$ :b $$, "c:d" /* :e */ from t -- :f`, `select ':a', $$ :b $$, "c:d" /* :e */ from t -- :f`, []],
    ['select arr[1: 2] from t where ü = :limit', 'select arr[1: 2] from t where ü = $1', ['limit']],
    ['select 1 where 1=:x;', 'select 1 where 1=$1', ['x']],
    [`select E'\\':a', :b`, `select E'\\':a', $1`, ['b']],
    ['select :a::uuid', 'select $1::uuid', ['a']],
  ])('%s', (sql, text, params) => {
    expect(query(sql)).toMatchObject({ text, params });
  });

  it('refuses numbered and badly named ones', () => {
    expect(() => query('select $1')).toThrow(/named parameter/);
    expect(() => query('select :Abc')).toThrow(/camelCase/);
  });
});

describe('queries that may run', () => {
  it.each([
    'select * from items where id = :id',
    'select * from p_a.items',
    'with x as (delete from items where id = :id returning *) select count(*) from x',
    'select * from items for update skip locked',
    `select count(*) filter (where done), sum(n) over (partition by k order by id) from items`,
    `insert into items (id, n) values (:id, :n) on conflict (id) do update set n = excluded.n returning *`,
    `update items set n = n + 1, at = now() where id = any(:ids::uuid[]) returning id`,
    `select i.*, c.k from items i left join lateral (select * from kids c where c.item = i.id limit 5) c on true`,
    `select date_trunc('month', at), extract(epoch from at) from items group by 1 having count(*) > 1`,
    `select data ->> 'x', data @> '{"a":1}'::jsonb, coalesce(n, 0), case when n > 1 then 'a' else 'b' end from items`,
    `select * from jsonb_to_recordset(:rows::jsonb) as r(id uuid, n int)`,
    `select to_tsvector('english', body) @@ websearch_to_tsquery('english', :text) from items`,
    `select t.v from unnest(:values::text[]) as t(v) where t.v ilike '%' || :part || '%'`,
    'select current_date, current_timestamp',
    `select x::mood from items`,
    'values (1), (2)',
  ])('%s', (sql) => {
    expect(() => query(sql)).not.toThrow();
  });
});

describe('what adds rows beside the count of the statement', () => {
  it.each([
    'with x as (insert into items (id) values (:id) returning *) select count(*) from x',
    'with x as (update items set n = n + 1 returning *) select count(*) from x',
    'with x as (insert into items (id) values (:id)) delete from kids',
    'with y as (select 1), x as (update items set n = 2) insert into kids (id) values (:id)',
  ])('%s', (sql) => {
    expect(() => query(sql)).toThrow(/(INSERT|UPDATE) in WITH, whose rows cannot be counted/);
  });
});

describe('queries that are refused', () => {
  it.each([
    'select * from p_b.items',
    'select * from core.users',
    'select * from bazaar.current_tenant()',
    'select * from pg_class',
    'select * from pg_catalog.pg_class',
    'select * from information_schema.tables',
    'select * from other_db.p_a.items',
    'table pg_authid',
    `select set_config('app.tenant_id', 'x', true)`,
    `select pg_catalog."set_config"('a', 'b', true)`,
    `select U&"set\\005fconfig"('a', 'b', true)`,
    `select current_setting('app.tenant_id')`,
    `insert into items (id) values (set_config('a', 'b', true)) returning *`,
    `select * from items i, lateral set_config('a', i.title, true) s`,
    `select 1 order by set_config('a', 'b', true)`,
    `select * from rows from (set_config('a', 'b', true)) x`,
    `select count(*) filter (where set_config('a', 'b', true) is not null) from items`,
    `select pg_sleep(100)`,
    `select pg_read_file('/etc/passwd')`,
    `select lo_import('/etc/passwd')`,
    `select pg_advisory_lock(1)`,
    `select pg_notify('a', 'b')`,
    `select query_to_xml('select 1', true, true, '')`,
    `select dblink('host=x', 'select 1')`,
    `select nextval('s')`,
    `select bazaar.commit_effects('{}')`,
    `select p_b.evil(1)`,
    `with pg_class as (select 1) select * from pg_class`,
    'select * into t2 from items',
    'select 1; select 2',
    '',
    '-- only a comment',
    'reset role',
    'set app.tenant_id = 1',
    'commit',
    'explain select 1',
    'copy items to stdout',
    `copy items from program 'id'`,
    `do $$ begin end $$`,
    'create table x (a int)',
    'drop table items',
    'truncate items',
    'listen x',
    'lock table items',
    'call evil()',
    'prepare x as select 1',
    'merge into items t using (select 1 id) s on t.id = s.id when matched then do nothing',
    `select 'pg_authid'::regclass`,
    `select '{pg_authid}'::_regclass`,
    `select array['pg_authid']::regclass[]`,
    `select regclass('pg_authid')`,
    `select pg_catalog.regrole 'postgres'`,
    `select cast('a' as pg_catalog.regrole)`,
    'select current_user',
    'select session_user',
    'select current_schema',
    'select 1 operator(p_b.+) 2',
    `select * from items where id = (select oid from pg_class limit 1)`,
    `select xmlparse(document '<a/>')`,
    'select * from items where x is of (regclass)',
    'selct 1',
    `select 1 ${' '.repeat(70_000)}`,
    'select \0',
  ])('%s', (sql) => {
    expect(() => query(sql)).toThrow(SqlRefused);
  });
});

describe('migrations that may run', () => {
  it.each([
    `create table a (tenant_id uuid not null default bazaar.current_tenant(), id uuid default gen_random_uuid(),
       state text check (state in ('x')), n numeric(10, 2), tags text[] not null default '{}', primary key (tenant_id, id),
       foreign key (tenant_id, id) references b (tenant_id, id) on delete cascade);
     select bazaar.protect('a');
     create unique index i on a (tenant_id, lower(state)) where n > 0;
     create index g on a using gin (tags);`,
    `create type mood as enum ('a', 'b'); alter type mood add value 'c'; create domain email as text check (value like '%@%');`,
    'alter table a add column b int default 0, alter column c set not null, drop constraint x;',
    'create view v with (security_invoker = true) as select * from a;',
    'alter table a rename column b to c; drop table p_a.b; drop index i;',
    `insert into a (x) select y from b; update a set x = 1; delete from a where false;`,
    `create table a (tenant_id uuid, at timestamptz) partition by range (at);
     create table a1 partition of a for values from ('2026-01-01') to ('2026-02-01');`,
    `alter table a add column full_text tsvector generated always as (to_tsvector('simple', coalesce(body, ''))) stored;`,
    `comment on table a is 'x';`,
    'create statistics s (dependencies) on b, c from a',
  ])('%s', (sql) => {
    expect(() => migrate(sql)).not.toThrow();
  });

  it('accepts what the first-party plugins ship', () => {
    const files = globSync('plugins/*/migrations/*.sql');
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const schema = `p_${file.split('/')[1]?.replaceAll('-', '_')}`;
      expect(() => checkMigration(readFileSync(file, 'utf8'), { schema, name: file })).not.toThrow();
    }
    for (const file of globSync('plugins/*/queries/*.sql')) {
      const schema = `p_${file.split('/')[1]?.replaceAll('-', '_')}`;
      expect(() => checkNamedQuery(readFileSync(file, 'utf8'), { schema, name: file })).not.toThrow();
    }
  });
});

describe('migrations that are refused', () => {
  it.each([
    'create table core.x (a int)',
    'create table p_b.x (a int)',
    'create temp table x (a int)',
    'create unlogged table x (a int)',
    'create table x as select 1',
    'create materialized view x as select 1',
    'create table x (a int references core.users (id))',
    'create table x (like core.users)',
    'create table x () inherits (core.users)',
    'create table x (a int) inherits (b)',
    'create statistics s on (lower(b)), c from a',
    `create table x (a text default current_setting('a'))`,
    `create table x (a text default set_config('a', 'b', false))`,
    'create policy p on a using (true)',
    'alter table a disable row level security',
    'alter table a no force row level security',
    'alter table a owner to postgres',
    'alter table a set schema core',
    'create function f() returns int language sql as $$ select 1 $$',
    'create trigger t before insert on a execute function f()',
    'create rule r as on select to a do instead select 1',
    'create extension dblink',
    'create schema x',
    'create role x superuser',
    'alter role postgres superuser',
    'grant all on a to public',
    'set role postgres',
    `set session_replication_role = 'replica'`,
    'begin; drop table a; commit',
    `do $$ begin perform 1; end $$`,
    `copy a from program 'id'`,
    'drop schema core cascade',
    'drop table core.users',
    'drop owned by x',
    'create type p_b.mood as enum ()',
    'create index concurrently i on a (b)',
    'create table x (a int) tablespace t',
    'vacuum',
    `select bazaar.commit_effects('{}')`,
    `select pg_terminate_backend(1)`,
    'alter system set x = 1',
    'alter table a alter column b type core.t',
    `alter table a add column b int default (select count(*) from core.users)`,
    'create view v as select * from core.users',
    'create publication p for all tables',
    'create server s foreign data wrapper w',
    'security label on table a is $$x$$',
    'reassign owned by a to b',
    'alter default privileges grant all on tables to public',
    'create sequence core.s',
    'create domain core.d as text',
  ])('%s', (sql) => {
    expect(() => migrate(sql)).toThrow(SqlRefused);
  });
});

describe('what is said of a migration that is refused', () => {
  it.each([
    ['do $$ begin end $$;', 'm.sql (line 1, “do $$ begin end $$”): a migration may not do this: tables'],
    [
      'create table a (ü int);\n\n-- once; and\n/* for\nall */\n  alter table a\n    owner to somebody_with_a_very_long_name',
      'm.sql (line 6, “alter table a owner to somebody_with_a_v…”): a migration may not change a table like this (AT_ChangeOwner)',
    ],
    ['select 1; select pg_sleep(1)', 'm.sql (line 1, “select pg_sleep(1)”): calls “pg_sleep”'],
    ['select 1;\n\n cre/* */ate table x(a int);', 'm.sql: is not valid SQL: syntax error at or near "cre" (line 3)'],
    ['drop schema p_a', 'm.sql (line 1, “drop schema p_a”): may not drop this'],
  ])('%s', (sql, message) => {
    expect(() => migrate(sql)).toThrow(message);
  });
});
