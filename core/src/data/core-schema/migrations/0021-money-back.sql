-- Money that goes back: disputes as they are at the provider, what is taken back of publishers' transfers, and tasks of
-- the platform's operators.

create table core.disputes (
  tenant_id uuid not null references core.tenants (id),
  -- As the provider calls it.
  id text not null,
  provider text not null check (provider in ('double', 'test', 'live')),
  plugin_id text not null,
  -- What was paid with the disputed charge.
  purchase_id uuid,
  subscription text,
  charge text not null,
  amount bigint not null check (amount >= 0),
  currency text not null check (currency ~ '^[a-z]{3}$'),
  -- In the provider's words.
  reason text not null,
  state text not null check (state in ('open', 'won', 'lost')),
  -- Until when it can be answered.
  due_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (provider, id)
);
create index disputes_subscription on core.disputes (tenant_id, subscription) where subscription is not null;

-- What is taken back of a transfer, for refunds and disputes that came after it. Written down first, booked once the
-- provider has done it: it refuses when the publisher's account is empty.
create table core.publisher_reversals (
  id uuid primary key default gen_random_uuid(),
  provider text not null check (provider in ('double', 'test', 'live')),
  publisher_id uuid not null references core.publishers (id),
  transfer_id uuid not null references core.publisher_transfers (id),
  currency text not null check (currency ~ '^[a-z]{3}$'),
  amount bigint not null check (amount > 0),
  -- As the provider calls it, when it is done.
  reversal text,
  last_error text,
  created_at timestamptz not null default now(),
  done_at timestamptz,
  -- For good; another one is tried later.
  refused_at timestamptz,
  check (done_at is null or (refused_at is null and reversal is not null))
);
-- One at a time for each transfer.
create unique index publisher_reversals_open on core.publisher_reversals (transfer_id)
  where done_at is null and refused_at is null;
create index publisher_reversals_transfer on core.publisher_reversals (transfer_id) where done_at is not null;

-- What operators of the platform must look at; tasks of tenants' people are theirs alone.
create table core.operator_tasks (
  id uuid primary key default gen_random_uuid(),
  -- What it is about, once.
  key text not null unique,
  kind text not null check (kind ~ '^[A-Z][A-Z0-9_]*$'),
  title text not null,
  description text,
  priority text not null default 'normal' check (priority in ('low', 'normal', 'high', 'urgent')),
  link text,
  due_at timestamptz,
  state text not null default 'open' check (state in ('open', 'done', 'dismissed')),
  created_at timestamptz not null default now(),
  closed_at timestamptz,
  -- Absent when it closed by itself: then it may open again.
  closed_by uuid
);
create index operator_tasks_listed on core.operator_tasks (state, created_at desc, id desc);

alter table core.ledger_bookings drop constraint ledger_bookings_kind_check;
alter table core.ledger_bookings add constraint ledger_bookings_kind_check check (kind in (
  'purchase', 'provider-fee', 'refund', 'refund-failed', 'dispute', 'dispute-fee', 'dispute-won', 'dispute-lost',
  'dispute-overturned', 'transfer', 'transfer-reversed', 'payout', 'payout-failed'
));

do $$
declare
  name text;
begin
  foreach name in array array['disputes', 'publisher_reversals', 'operator_tasks'] loop
    execute format('alter table core.%I enable row level security', name);
    execute format('alter table core.%I force row level security', name);
    execute format('create policy platform on core.%I to {{platform_role}} using (true) with check (true)', name);
    execute format('grant select, insert, update on core.%I to {{platform_role}}', name);
  end loop;
end $$;
