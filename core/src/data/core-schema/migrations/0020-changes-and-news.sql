-- Changes of subscriptions that wait until the payer's bank has their payment confirmed. Mirrored as all of the row: what
-- the subscription becomes when it is paid in time; all null while nothing waits.
alter table core.subscriptions
  add column pending_plan text check (pending_plan in ('monthly', 'annual')),
  add column pending_quantity integer check (pending_quantity > 0),
  add column pending_unit_amount bigint check (pending_unit_amount >= 0),
  -- What is to be paid for it.
  add column pending_due bigint check (pending_due >= 0),
  -- Forgotten then.
  add column pending_until timestamptz,
  add check (num_nulls(pending_plan, pending_quantity, pending_unit_amount, pending_due, pending_until) in (0, 5));

-- Up to where the news of the platform and of each publisher's account were fetched.
create index stripe_events_told on core.stripe_events (provider, (coalesce(account, '')), occurred_at);
