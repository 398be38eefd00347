-- Failed sign-ins of the present window, by hashed account and address and by address. Of the platform, not of a
-- tenant: who failed to sign in belongs to none. Not worth a write-ahead log: a crash forgives some minutes of failures.
create unlogged table core.sign_in_failures (
  key text primary key,
  points integer not null,
  -- Milliseconds since the epoch.
  expire bigint
);
create index sign_in_failures_expire on core.sign_in_failures (expire);
alter table core.sign_in_failures enable row level security;
alter table core.sign_in_failures force row level security;
create policy platform on core.sign_in_failures to {{platform_role}} using (true) with check (true);
grant select, insert, update, delete on core.sign_in_failures to {{platform_role}};
