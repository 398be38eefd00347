-- The kernel's own tables. {{tenant_role}} serves requests of one tenant, {{platform_role}} the work that spans
-- tenants (sign-in, relay, sweeps), {{effects_role}} owns the one function that writes here for plugins; none of
-- them owns a table. Roles are named per installation, hence the placeholders.
grant usage on schema core to {{tenant_role}}, {{platform_role}}, {{effects_role}};

-- ── Tenants and people ──────────────────────────────────────────────────────────────────────────────────────
create table core.tenants (
  id uuid primary key default gen_random_uuid(),
  slug text not null unique check (slug ~ '^[a-z0-9](-?[a-z0-9]){1,62}$'),
  name text not null,
  tier text not null default 'free' check (tier in ('free', 'basic', 'pro', 'enterprise')),
  max_users integer not null default 25 check (max_users > 0),
  demo boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- People are known to the whole platform; what they may do is said by their memberships.
create table core.users (
  id uuid primary key default gen_random_uuid(),
  email text not null,
  password_hash text,
  name text not null,
  status text not null default 'active' check (status in ('pending', 'active', 'inactive')),
  is_operator boolean not null default false,
  demo boolean not null default false,
  email_verified_at timestamptz,
  last_sign_in_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index users_email on core.users (lower(email));

create table core.roles (
  tenant_id uuid not null references core.tenants (id),
  name text not null,
  title text not null,
  built_in boolean not null default false,
  permissions text[] not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, name)
);

create table core.memberships (
  tenant_id uuid not null references core.tenants (id),
  user_id uuid not null references core.users (id),
  status text not null default 'active' check (status in ('active', 'suspended')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, user_id)
);
create index memberships_user on core.memberships (user_id);

create table core.membership_roles (
  tenant_id uuid not null,
  user_id uuid not null,
  role text not null,
  primary key (tenant_id, user_id, role),
  foreign key (tenant_id, user_id) references core.memberships (tenant_id, user_id) on delete cascade,
  foreign key (tenant_id, role) references core.roles (tenant_id, name)
);

create table core.sessions (
  tenant_id uuid not null,
  id uuid not null default gen_random_uuid(),
  user_id uuid not null,
  ip text,
  user_agent text,
  created_at timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoked_reason text,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references core.memberships (tenant_id, user_id) on delete cascade
);
create index sessions_user on core.sessions (tenant_id, user_id);

-- Only the SHA-256 of a refresh token is stored; one row per rotation, so that reuse is recognised.
create table core.refresh_tokens (
  tenant_id uuid not null,
  token_hash bytea not null,
  session_id uuid not null,
  issued_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (tenant_id, token_hash),
  foreign key (tenant_id, session_id) references core.sessions (tenant_id, id) on delete cascade
);
create unique index refresh_tokens_hash on core.refresh_tokens (token_hash);

-- ── Plugins and licences ────────────────────────────────────────────────────────────────────────────────────
create table core.plugins (
  id text primary key check (id ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' and length(id) <= 40),
  active_version text,
  installed_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table core.plugin_versions (
  plugin_id text not null references core.plugins (id),
  version text not null,
  integrity text not null,
  manifest jsonb not null,
  installed_at timestamptz not null default now(),
  primary key (plugin_id, version)
);

create table core.plugin_migrations (
  plugin_id text not null references core.plugins (id),
  name text not null,
  checksum text not null,
  applied_at timestamptz not null default now(),
  primary key (plugin_id, name)
);

-- Which login roles act for which plugin; SECURITY DEFINER functions trust this and not their arguments.
create table core.plugin_roles (
  role name primary key,
  plugin_id text not null references core.plugins (id),
  kind text not null check (kind in ('runtime', 'owner')),
  unique (plugin_id, kind)
);

create table core.tenant_plugins (
  tenant_id uuid not null references core.tenants (id),
  plugin_id text not null references core.plugins (id),
  enabled boolean not null default true,
  pinned_version text,
  demo_seeded_at timestamptz,
  updated_at timestamptz not null default now(),
  primary key (tenant_id, plugin_id)
);

-- The row outlives uninstalling: trial_used is for ever.
create table core.licences (
  tenant_id uuid not null references core.tenants (id),
  plugin_id text not null,
  kind text not null check (kind in ('trial', 'purchased', 'subscription')),
  plan text not null default 'standard',
  trial_used boolean not null default false,
  starts_at timestamptz not null default now(),
  expires_at timestamptz,
  revoked_at timestamptz,
  revoked_reason text,
  entitlements jsonb not null default '{}',
  limits jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, plugin_id),
  check (kind <> 'trial' or expires_at is not null)
);
create index licences_expiry on core.licences (tenant_id, expires_at) where revoked_at is null;

-- plugin_id 'core' holds the kernel's own settings of the tenant. Secrets are sealed with the platform's key.
create table core.settings (
  tenant_id uuid not null references core.tenants (id),
  plugin_id text not null,
  values jsonb not null default '{}',
  secrets bytea,
  updated_by uuid,
  updated_at timestamptz not null default now(),
  primary key (tenant_id, plugin_id)
);

-- ── Files and tasks ─────────────────────────────────────────────────────────────────────────────────────────
create table core.files (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null default gen_random_uuid(),
  plugin_id text not null,
  name text not null,
  type text not null,
  size bigint not null check (size >= 0),
  sha256 text not null,
  storage_key text not null,
  created_by uuid,
  created_at timestamptz not null default now(),
  deleted_at timestamptz,
  primary key (tenant_id, id)
);

-- A plugin other than the owner reads a file only after a declared event or action handed it over.
create table core.file_grants (
  tenant_id uuid not null,
  file_id uuid not null,
  plugin_id text not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, file_id, plugin_id),
  foreign key (tenant_id, file_id) references core.files (tenant_id, id) on delete cascade
);

create table core.tasks (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null default gen_random_uuid(),
  plugin_id text not null,
  kind text not null check (kind ~ '^[A-Z][A-Z0-9_]*$'),
  title text not null,
  description text,
  priority text not null default 'normal' check (priority in ('low', 'normal', 'high', 'urgent')),
  link text,
  audience text not null,
  key text,
  state text not null default 'open' check (state in ('open', 'done', 'dismissed')),
  created_at timestamptz not null default now(),
  closed_at timestamptz,
  closed_by uuid,
  primary key (tenant_id, id)
);
create index tasks_open on core.tasks (tenant_id, created_at desc) where state = 'open';
create unique index tasks_open_key on core.tasks (tenant_id, plugin_id, key) where state = 'open' and key is not null;

-- ── Audit, events, deliveries ───────────────────────────────────────────────────────────────────────────────
create table core.audit_log (
  tenant_id uuid not null,
  at timestamptz not null default clock_timestamp(),
  id uuid not null default gen_random_uuid(),
  actor_kind text not null check (actor_kind in ('user', 'visitor', 'plugin', 'system')),
  actor_id uuid,
  plugin_id text,
  action text not null,
  entity_id text,
  detail jsonb not null default '{}',
  request_id text,
  ip text,
  user_agent text,
  primary key (tenant_id, at, id)
) partition by range (at);
create table core.audit_log_default partition of core.audit_log default;

-- Written with the rows an event speaks of; the relay moves it on. `seq` gives the order within a subject.
create table core.outbox (
  tenant_id uuid not null,
  seq bigint generated always as identity,
  id uuid not null default gen_random_uuid(),
  plugin_id text not null,
  name text not null,
  version integer not null,
  subject text not null,
  payload jsonb not null,
  request_id text,
  occurred_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, seq)
);
create index outbox_seq on core.outbox (seq);

create table core.events (
  tenant_id uuid not null,
  occurred_at timestamptz not null,
  seq bigint not null,
  id uuid not null,
  plugin_id text not null,
  name text not null,
  version integer not null,
  subject text not null,
  payload jsonb not null,
  request_id text,
  primary key (tenant_id, occurred_at, seq)
) partition by range (occurred_at);
create table core.events_default partition of core.events default;
create index events_id on core.events (tenant_id, id);

-- One row per subscriber and event until its effect has committed; then a line in delivery_log.
create table core.deliveries (
  tenant_id uuid not null,
  id bigint generated always as identity,
  subscriber text not null,
  event_name text not null,
  event_id uuid not null,
  event_seq bigint not null,
  event_at timestamptz not null,
  subject text not null,
  state text not null default 'pending' check (state in ('pending', 'held', 'dead')),
  attempts integer not null default 0,
  last_error text,
  locked_by uuid,
  locked_until timestamptz,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index deliveries_subject on core.deliveries (tenant_id, subscriber, subject, event_seq);
create index deliveries_state on core.deliveries (state, id);

create table core.delivery_log (
  tenant_id uuid not null,
  at timestamptz not null default clock_timestamp(),
  delivery_id bigint not null,
  subscriber text not null,
  event_id uuid not null,
  outcome text not null check (outcome in ('delivered', 'dead')),
  attempts integer not null,
  error text,
  primary key (tenant_id, at, delivery_id)
) partition by range (at);
create table core.delivery_log_default partition of core.delivery_log default;

-- Kernel processes; each holds an advisory lock on its id, so that the living are told from the dead.
create table core.nodes (
  id uuid primary key,
  lock_key bigint not null generated always as identity,
  started_at timestamptz not null default now()
);
