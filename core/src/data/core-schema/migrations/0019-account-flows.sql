-- Forgotten passwords that wait for their letter; ways to a provider and back for who is signed in already.

-- Written whether the address has an account or not, so that the answer tells nothing; goes with what becomes of it.
create table core.password_reset_requests (
  id uuid primary key default gen_random_uuid(),
  email text not null,
  ip text not null,
  user_agent text not null,
  request_id text not null,
  created_at timestamptz not null default now()
);
create index password_reset_requests_oldest on core.password_reset_requests (created_at);
alter table core.password_reset_requests enable row level security;
alter table core.password_reset_requests force row level security;
create policy platform on core.password_reset_requests to {{platform_role}} using (true) with check (true);
grant select, insert, update, delete on core.password_reset_requests to {{platform_role}};

alter table core.sign_on_flows
  -- To sign in; to connect one's account; to prove that it is still oneself.
  add column purpose text not null default 'sign-in' check (purpose in ('sign-in', 'connect', 'prove')),
  -- Whose account, and in which session; of nobody yet for a sign-in.
  add column user_id uuid references core.users (id) on delete cascade,
  add column session_id uuid,
  add check ((purpose = 'sign-in') = (user_id is null)),
  add check ((user_id is null) = (session_id is null));
