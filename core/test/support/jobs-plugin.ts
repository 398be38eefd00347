import type { JsonObject } from '@bazaar/sdk';
import type { PluginDatabase, PluginScope, PluginUnitOfWork } from '../../src/data/index.ts';
import { createTestDatabase, seedTenants, type TestDatabase } from '../support/test-database.ts';

const SCHEMA = `
  create table jobs (
    tenant_id uuid not null default bazaar.current_tenant(),
    id uuid not null default gen_random_uuid(),
    slug text not null,
    title text not null check (length(title) <= 50),
    views bigint not null default 0,
    salary numeric(12, 2),
    open_until date,
    remote boolean not null default false,
    tags text[] not null default '{}',
    data jsonb not null default '{}',
    created_at timestamptz not null default clock_timestamp(),
    primary key (tenant_id, id),
    unique (tenant_id, slug)
  );
  select bazaar.protect('jobs');
  create index jobs_created on jobs (tenant_id, created_at);
  create table applications (
    tenant_id uuid not null default bazaar.current_tenant(),
    id uuid not null default gen_random_uuid(),
    job_id uuid not null,
    position integer generated always as identity,
    score smallint check (score between 0 and 100),
    primary key (tenant_id, id),
    foreign key (tenant_id, job_id) references jobs (tenant_id, id)
  );
  select bazaar.protect('applications');`;

export interface JobsPlugin {
  test: TestDatabase;
  plugin: PluginDatabase;
  ids: Awaited<ReturnType<typeof seedTenants>>;
  /** Work that reads, as tenant A unless told otherwise. */
  reading(tenantId?: string): PluginUnitOfWork;
  /** Runs `work` as one write action: commits it, or rolls it back when it throws. */
  writing<T>(work: (unit: PluginUnitOfWork) => Promise<T>, tenantId?: string): Promise<T>;
  scope(tenantId: string, readOnly: boolean): PluginScope;
  close(): Promise<void>;
}

/** A plugin with jobs and applications on a database of its own. */
export async function openJobsPlugin(): Promise<JobsPlugin> {
  const test = await createTestDatabase({ licensed: true });
  const ids = await seedTenants(test.database);
  const plugin = await test.database.plugins.install({
    pluginId: 'jobs',
    version: '1.0.0',
    migrations: [{ name: '0001-jobs', up: SCHEMA, down: '' }],
    queries: [
      {
        name: 'search',
        sql: `select id, title, created_at from jobs where title ilike '%' || :text || '%' order by title`,
      },
      {
        name: 'slow',
        sql: `select count(*) from generate_series(1, 9999) a, generate_series(1, 9999 + a % 2) b, generate_series(1, 9999 + b % 2) c`,
      },
      {
        // Takes a while, and answers with how many milliseconds that was by the server's clock.
        name: 'churn',
        sql: `select (extract(epoch from clock_timestamp() - statement_timestamp()) * 1000)::float8 as ms
          from (select count(*) as n from generate_series(1, :rounds::integer) a, generate_series(1, 1000) b) c
          where c.n > 0`,
      },
      {
        name: 'sprawl',
        sql: `select sum(length(text)) from
          (select n, repeat(md5(n::text), 1000) as text from generate_series(1, 9000) n order by n desc offset 1) sorted`,
      },
      { name: 'giant', sql: "select repeat('x', :length::int) as text" },
      { name: 'many', sql: 'select n, md5(n::text) as text from generate_series(1, :count::int) n' },
      {
        name: 'copy',
        sql: "insert into jobs (slug, title) select 'copy ' || n, 'x' from generate_series(1, :count::int) n",
      },
      { name: 'rename', sql: 'update jobs set title = :title where slug = :slug returning id, title' },
      {
        name: 'byDay',
        sql: 'select open_until, count(*) as jobs, sum(views) as total from jobs where open_until = :day group by 1',
      },
      { name: 'steal', sql: 'insert into jobs (tenant_id, slug, title) values (:tenant, :slug, :slug)' },
      { name: 'any', sql: 'select slug from jobs where slug = any(:slugs::text[]) order by slug' },
    ],
    sharedTables: [],
  });
  const scope = (tenantId: string, readOnly: boolean): PluginScope => ({
    tenantId,
    readOnly,
    actor: { kind: 'user', userId: ids.userA, ip: '127.0.0.1' },
    requestId: 'request-1',
  });
  return {
    test,
    plugin,
    ids,
    scope,
    reading: (tenantId = ids.a) => plugin.open(scope(tenantId, true)),
    writing: async (work, tenantId = ids.a) => {
      const unit = plugin.open(scope(tenantId, false));
      try {
        const result = await work(unit);
        await unit.commit();
        return result;
      } finally {
        await unit.rollback();
      }
    },
    close: async () => {
      await plugin.close();
      await test.drop();
    },
  };
}

let counter = 0;

export function slug(): string {
  return `job-${++counter}`;
}

/** A row that can be inserted. */
export function job(extra: JsonObject = {}): JsonObject & { slug: string } {
  return { slug: slug(), title: 'Engineer', ...extra };
}
