-- How people prove who they are, beyond the password; and what the operators of the platform may do with tenants.

-- ── Sessions and tenants ────────────────────────────────────────────────────────────────────────────────────
alter table core.sessions
  -- How the person proved who they are (RFC 8176 where it has a name): pwd, otp, recovery, pop, mfa, sso, operator.
  add column amr text[] not null default '{pwd}',
  -- The operator who acts as the person. Such a session has no refresh tokens.
  add column impersonator_id uuid references core.users (id) on delete cascade,
  -- A tenant does not see the platform's operators otherwise.
  add column impersonator_name text,
  add check ((impersonator_id is null) = (impersonator_name is null));
create index sessions_impersonator on core.sessions (impersonator_id) where impersonator_id is not null;

alter table core.tenants
  add column second_factor_required boolean not null default false,
  -- Whether operators of the platform may act as its members.
  add column support_access boolean not null default true,
  add column suspended_at timestamptz,
  add column suspended_reason text;

-- ── Second factors: of people, not of tenants ───────────────────────────────────────────────────────────────
create table core.totp_authenticators (
  user_id uuid primary key references core.users (id) on delete cascade,
  -- Sealed with the platform's key.
  secret bytea not null,
  -- Null until the first code has shown that the person's device knows the secret.
  confirmed_at timestamptz,
  -- The newest time step whose code was accepted: no code is accepted twice.
  last_step bigint,
  created_at timestamptz not null default now()
);

create table core.recovery_codes (
  user_id uuid not null references core.users (id) on delete cascade,
  -- Keyed: 50 bits are too few for a plain hash.
  code_hash bytea not null,
  created_at timestamptz not null default now(),
  used_at timestamptz,
  primary key (user_id, code_hash)
);

create table core.passkeys (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references core.users (id) on delete cascade,
  name text not null,
  credential_id text not null unique,
  public_key bytea not null,
  sign_count bigint not null,
  transports text[] not null default '{}',
  aaguid text,
  -- Whether it is kept by a service and not by one device alone.
  backed_up boolean not null default false,
  created_at timestamptz not null default now(),
  last_used_at timestamptz
);
create index passkeys_user on core.passkeys (user_id, created_at);

-- Each is answered at most once.
create table core.passkey_challenges (
  challenge_hash bytea primary key,
  purpose text not null check (purpose in ('register', 'sign-in', 'second-factor', 'prove')),
  -- For whom; null where nobody has said yet who they are.
  user_id uuid references core.users (id) on delete cascade,
  -- The session that asked, or the sign-in that waits for its second factor.
  bound_to text,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index passkey_challenges_expiry on core.passkey_challenges (expires_at);

-- Sign-ins whose first factor is proven and whose second is not.
create table core.sign_in_challenges (
  token_hash bytea primary key,
  user_id uuid not null references core.users (id) on delete cascade,
  tenant_id uuid not null references core.tenants (id) on delete cascade,
  amr text[] not null,
  -- The tenant asks for a second factor and the person has none yet.
  enrolment boolean not null default false,
  attempts integer not null default 0,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index sign_in_challenges_expiry on core.sign_in_challenges (expires_at);

-- ── Single sign-on: of tenants ──────────────────────────────────────────────────────────────────────────────
create table core.single_sign_on (
  tenant_id uuid primary key references core.tenants (id) on delete cascade,
  issuer text not null,
  client_id text not null,
  -- Sealed with the platform's key.
  client_secret bytea not null,
  enabled boolean not null default false,
  -- Members sign in here and nowhere else; owners keep their own way in.
  enforced boolean not null default false,
  -- What people get who come for the first time.
  default_role text not null default 'viewer',
  provisioning boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check (enabled or not enforced)
);

-- Domains of e-mail addresses. Only a verified one lets the tenant's provider speak for their owners.
create table core.claimed_domains (
  tenant_id uuid not null references core.tenants (id) on delete cascade,
  domain text not null check (domain = lower(domain)),
  token text not null,
  verified_at timestamptz,
  verified_by text check (verified_by in ('dns', 'operator')),
  created_at timestamptz not null default now(),
  primary key (tenant_id, domain)
);
create unique index claimed_domains_verified on core.claimed_domains (domain) where verified_at is not null;

create table core.external_identities (
  tenant_id uuid not null,
  issuer text not null,
  subject text not null,
  user_id uuid not null,
  email text,
  -- The account was made by this tenant's provider.
  provisioned boolean not null default false,
  created_at timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  primary key (tenant_id, issuer, subject),
  foreign key (tenant_id, user_id) references core.memberships (tenant_id, user_id) on delete cascade
);
create index external_identities_user on core.external_identities (tenant_id, user_id);

-- Ways to a provider and back, each good for one return.
create table core.sign_on_flows (
  state_hash bytea primary key,
  tenant_id uuid not null references core.tenants (id) on delete cascade,
  -- Binds the way back to the browser that set out.
  browser_hash bytea not null,
  nonce text not null,
  -- Sealed with the platform's key.
  verifier bytea not null,
  return_to text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index sign_on_flows_expiry on core.sign_on_flows (expires_at);

-- ── Who sees and does what ──────────────────────────────────────────────────────────────────────────────────
do $$
declare
  name text;
begin
  foreach name in array array[
    'totp_authenticators', 'recovery_codes', 'passkeys', 'passkey_challenges', 'sign_in_challenges', 'single_sign_on',
    'claimed_domains', 'external_identities', 'sign_on_flows'
  ] loop
    execute format('alter table core.%I enable row level security', name);
    execute format('alter table core.%I force row level security', name);
    execute format('create policy platform on core.%I to {{platform_role}} using (true) with check (true)', name);
    execute format('grant select, insert, update, delete on core.%I to {{platform_role}}', name);
  end loop;
  foreach name in array array['single_sign_on', 'claimed_domains', 'external_identities'] loop
    execute format(
      'create policy tenant on core.%I to {{tenant_role}}
         using (tenant_id = current_setting(''app.tenant_id'')::uuid)
         with check (tenant_id = current_setting(''app.tenant_id'')::uuid)', name);
    execute format('grant select, insert, update, delete on core.%I to {{tenant_role}}', name);
  end loop;
end $$;
