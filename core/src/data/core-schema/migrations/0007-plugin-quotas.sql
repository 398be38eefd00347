-- What operators have set otherwise than the built-in quotas: `*` for every plugin, an id for one.
create table core.plugin_quotas (
  plugin_id text primary key,
  -- { plugin: { hostCalls: 1000, … }, tenant: { … }, call: { … } }; what is absent holds as it is.
  changes jsonb not null check (jsonb_typeof(changes) = 'object'),
  updated_by uuid references core.users (id),
  updated_at timestamptz not null default now()
);

alter table core.plugin_quotas enable row level security;
alter table core.plugin_quotas force row level security;
create policy platform on core.plugin_quotas to {{platform_role}} using (true) with check (true);
grant select, insert, update, delete on core.plugin_quotas to {{platform_role}};
