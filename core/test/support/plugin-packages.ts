import { randomBytes } from 'node:crypto';
import type { PluginDataPackage } from '../../src/data/index.ts';

export const JOBS = `
  create type level as enum ('junior', 'senior');
  create table jobs (
    tenant_id uuid not null default bazaar.current_tenant(),
    id uuid not null default gen_random_uuid(),
    title text not null check (length(title) between 1 and 50),
    salary_max integer,
    level level,
    tags text[] not null default '{}',
    created_at timestamptz not null default now(),
    primary key (tenant_id, id)
  );
  select bazaar.protect('jobs');
  create index jobs_created on jobs (tenant_id, created_at desc);`;

/** Roles belong to the whole server: databases of other test files must not use the same. */
const FILE = randomBytes(4).toString('hex');
let counter = 0;

/** A package of its own id; migrations are named 0001-step, 0002-step …; one with `-- down` has both halves. */
export function dataPackage(up: string | string[], extra: Partial<PluginDataPackage> = {}): PluginDataPackage {
  const texts = Array.isArray(up) ? up : [up];
  return {
    pluginId: `plugin-${FILE}-${++counter}`,
    version: '1.0.0',
    migrations: texts.map((text, index) => {
      const [first = '', down = ''] = text.split('-- down');
      return { name: `000${index + 1}-step`, up: first, down };
    }),
    queries: [],
    sharedTables: [],
    ...extra,
  };
}

/** The next version of a package: more migrations, other queries. */
export function nextVersion(
  pkg: PluginDataPackage,
  version: string,
  steps: string[],
  extra: Partial<PluginDataPackage> = {},
): PluginDataPackage {
  const { migrations } = dataPackage([...pkg.migrations.map(({ up }) => up), ...steps]);
  return { ...pkg, version, migrations: [...pkg.migrations, ...migrations.slice(pkg.migrations.length)], ...extra };
}
