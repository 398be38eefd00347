-- Plugins come, change and go while the platform serves: what is installed, which version serves whom, and the journal
-- from which an interrupted operation is resumed or undone.
alter table core.plugins
  -- The row of a purged plugin stays: it tells the nodes that were away.
  add column state text not null default 'active' check (state in ('active', 'parked', 'purged')),
  -- Of the platform, when the plugin was changed last.
  add column generation bigint not null default 0,
  add column previous_version text,
  -- Set while callers wait for a switch that the old version cannot live through.
  add column switching boolean not null default false,
  add column parked_at timestamptz,
  add column purge_after timestamptz;

alter table core.plugin_versions
  add column tier text not null default 'inline' check (tier in ('inline', 'sandbox')),
  add column granted text[] not null default '{}',
  -- A folder relative to the lock file, a package's name, or 'installed': then the package is kept here.
  add column source text not null default '',
  -- Tables and named queries as they were when it was installed: what this version knows of its schema.
  add column description jsonb,
  add column quarantined_at timestamptz,
  add column quarantine_reason text;

create table core.plugin_packages (
  integrity text primary key,
  archive bytea not null,
  stored_at timestamptz not null default now()
);

-- A version on trial with some tenants. One at a time for each plugin.
create table core.plugin_canaries (
  plugin_id text primary key references core.plugins (id),
  version text not null,
  tenants uuid[] not null default '{}',
  percent integer not null default 0 check (percent between 0 and 100),
  max_error_rate double precision not null check (max_error_rate > 0 and max_error_rate <= 1),
  min_calls integer not null check (min_calls > 0),
  started_at timestamptz not null default now(),
  halted_at timestamptz,
  halt_reason text,
  foreign key (plugin_id, version) references core.plugin_versions (plugin_id, version)
);

create table core.plugin_operations (
  id uuid primary key default gen_random_uuid(),
  kind text not null,
  plugin_id text not null,
  version text,
  state text not null default 'running' check (state in ('running', 'done', 'failed', 'undone')),
  step text not null,
  input jsonb not null default '{}',
  outcome jsonb not null default '{}',
  error text,
  actor jsonb not null,
  started_at timestamptz not null default now(),
  finished_at timestamptz
);
create index plugin_operations_recent on core.plugin_operations (started_at desc, id);
create index plugin_operations_running on core.plugin_operations (plugin_id) where state = 'running';

-- Raised by every change; each node notes how far it has come.
create table core.plugin_generation (
  singleton boolean primary key default true check (singleton),
  value bigint not null default 0
);
insert into core.plugin_generation default values;

create table core.plugin_nodes (
  id uuid primary key,
  generation bigint not null,
  seen_at timestamptz not null default now()
);

do $$
declare
  name text;
begin
  foreach name in array array[
    'plugin_packages', 'plugin_canaries', 'plugin_operations', 'plugin_generation', 'plugin_nodes'
  ] loop
    execute format('alter table core.%I enable row level security', name);
    execute format('alter table core.%I force row level security', name);
    execute format('create policy platform on core.%I to {{platform_role}} using (true) with check (true)', name);
  end loop;
end $$;

grant select, insert, update, delete
  on core.plugin_packages, core.plugin_canaries, core.plugin_operations, core.plugin_nodes to {{platform_role}};
grant select, update on core.plugin_generation to {{platform_role}};
