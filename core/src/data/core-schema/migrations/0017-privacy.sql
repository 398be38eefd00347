-- What people and workspaces ask about their data: to have it, to have it forgotten, to be deleted.
create table core.privacy_requests (
  -- Where it was asked.
  tenant_id uuid not null,
  id uuid not null default gen_random_uuid(),
  kind text not null check (kind in ('export', 'erasure', 'tenant-deletion')),
  -- `account`: the person's account and all they are in their tenants; `tenant`: what this tenant knows of them.
  scope text not null check (scope in ('account', 'tenant')),
  -- Whom it is about, sealed with the platform's key; forgotten with the person.
  subject bytea,
  subject_user uuid,
  requested_by uuid,
  state text not null default 'queued'
    check (state in ('scheduled', 'queued', 'running', 'waiting', 'done', 'cancelled', 'failed', 'expired')),
  -- Not begun, or tried again, before.
  due_at timestamptz not null default now(),
  locked_until timestamptz,
  attempts integer not null default 0,
  -- How far it has come, of a hundred, and what it is at.
  percent integer not null default 0 check (percent between 0 and 100),
  stage text,
  last_error text,
  -- What has been done: a process that takes over goes on from here.
  progress jsonb not null default '{}',
  -- An export: the archive, and the SHA-256 of the secret in its link.
  file_id uuid,
  link_hash bytea,
  expires_at timestamptz,
  -- What was erased and kept, as it was signed.
  certificate text,
  signature text,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (tenant_id, id)
);
create index privacy_requests_newest on core.privacy_requests (tenant_id, created_at desc, id desc);
create index privacy_requests_due on core.privacy_requests (due_at) where state in ('scheduled', 'queued', 'running', 'waiting');
create index privacy_requests_user on core.privacy_requests (subject_user) where subject_user is not null;
-- Nobody is deleted twice, and no archive made twice at the same time.
create unique index privacy_requests_own on core.privacy_requests (subject_user, kind)
  where scope = 'account' and state in ('scheduled', 'queued', 'running', 'waiting');
create unique index privacy_requests_tenant on core.privacy_requests (tenant_id)
  where kind = 'tenant-deletion' and state in ('scheduled', 'queued', 'running', 'waiting');

alter table core.privacy_requests enable row level security;
alter table core.privacy_requests force row level security;
create policy platform on core.privacy_requests to {{platform_role}} using (true) with check (true);
grant select, insert, update, delete on core.privacy_requests to {{platform_role}};
