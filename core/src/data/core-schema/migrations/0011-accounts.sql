-- Accounts: sign-up, invitations, API keys, profiles.

alter table core.users
  add column locale text not null default 'en' check (locale in ('en', 'de')),
  add column profile jsonb not null default '{}',
  add column preferences jsonb not null default '{}';
-- Profile and preferences are the person's own; a tenant reads what they share with it.
alter table core.users
  add column shared_profile jsonb not null generated always as (
    case when preferences #> '{privacy,shareProfile}' is distinct from 'false'::jsonb then profile else '{}'::jsonb end
  ) stored,
  add column shared_sign_in_at timestamptz generated always as (
    case when preferences #> '{privacy,shareLastSignIn}' is distinct from 'false'::jsonb then last_sign_in_at end
  ) stored;
grant select (locale, shared_profile, shared_sign_in_at) on core.users to {{tenant_role}};
revoke select (last_sign_in_at) on core.users from {{tenant_role}};

alter table core.tenants
  add column default_locale text not null default 'en' check (default_locale in ('en', 'de')),
  add column deleted_at timestamptz;

alter table core.sessions add column proven_at timestamptz not null default now();

-- Somebody who says to own an address and wants a tenant. Nothing else exists until they have shown it.
create table core.sign_ups (
  id uuid primary key default gen_random_uuid(),
  email text not null,
  name text not null,
  tenant_name text not null,
  tenant_slug text,
  password_hash text not null,
  locale text not null default 'en' check (locale in ('en', 'de')),
  -- SHA-256 of what the mail holds; null when the address had an account already.
  token_hash bytea unique,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index sign_ups_email on core.sign_ups (lower(email), created_at desc);

-- Single-use secrets that were mailed to a person; only their SHA-256 is kept.
create table core.password_resets (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references core.users (id) on delete cascade,
  token_hash bytea not null unique,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz
);
create index password_resets_user on core.password_resets (user_id);

-- Complete when both the old and the new address have answered.
create table core.email_changes (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references core.users (id) on delete cascade,
  new_email text not null,
  old_token_hash bytea not null unique,
  new_token_hash bytea not null unique,
  old_confirmed_at timestamptz,
  new_confirmed_at timestamptz,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at timestamptz
);
create index email_changes_user on core.email_changes (user_id);

-- An open invitation holds a seat of its tenant.
create table core.invitations (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null default gen_random_uuid(),
  email text not null,
  roles text[] not null,
  token_hash bytea not null unique,
  invited_by uuid,
  created_at timestamptz not null default now(),
  sent_at timestamptz not null default now(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz,
  primary key (tenant_id, id)
);
create unique index invitations_open on core.invitations (tenant_id, lower(email))
  where accepted_at is null and revoked_at is null;
create index invitations_newest on core.invitations (tenant_id, created_at desc, id desc);

-- A key speaks for a member, and goes with the membership.
create table core.api_keys (
  tenant_id uuid not null,
  id uuid not null default gen_random_uuid(),
  user_id uuid not null,
  name text not null,
  secret_hash bytea not null,
  permissions text[] not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references core.memberships (tenant_id, user_id) on delete cascade
);
-- A key is presented without its tenant.
create unique index api_keys_id on core.api_keys (id);
create index api_keys_user on core.api_keys (tenant_id, user_id);

do $$
declare
  name text;
begin
  foreach name in array array['sign_ups', 'password_resets', 'email_changes', 'invitations', 'api_keys'] loop
    execute format('alter table core.%I enable row level security', name);
    execute format('alter table core.%I force row level security', name);
    execute format('create policy platform on core.%I to {{platform_role}} using (true) with check (true)', name);
    execute format('grant select, insert, update, delete on core.%I to {{platform_role}}', name);
  end loop;
  foreach name in array array['invitations', 'api_keys'] loop
    execute format(
      'create policy tenant on core.%I to {{tenant_role}}
         using (tenant_id = current_setting(''app.tenant_id'')::uuid)
         with check (tenant_id = current_setting(''app.tenant_id'')::uuid)', name);
    execute format('grant select, insert, update on core.%I to {{tenant_role}}', name);
  end loop;
end $$;
