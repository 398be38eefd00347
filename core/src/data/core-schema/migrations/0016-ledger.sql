-- Who gets what of the money: a ledger in double entry, publishers and what is transferred to them. Amounts are integers
-- in minor units of the currency beside them; what an account gains is positive (debit), where it comes from negative
-- (credit). A booking is written once, as a whole, and never changed: mistakes are booked back.

create table core.publishers (
  id uuid primary key default gen_random_uuid(),
  provider text not null check (provider in ('double', 'test', 'live')),
  -- As plugins' manifests name it.
  name text not null check (length(name) between 1 and 200),
  -- The publisher's account at the provider, by Connect.
  account text,
  country text check (country ~ '^[A-Z]{2}$'),
  email text,
  details_submitted boolean not null default false,
  charges_enabled boolean not null default false,
  payouts_enabled boolean not null default false,
  -- What the provider still wants to know.
  requirements jsonb not null default '[]',
  -- Percent of the net price that the platform keeps; the platform's own setting when null.
  fee_percent numeric(5, 2) check (fee_percent between 0 and 100),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider, name),
  unique (provider, account)
);

create table core.ledger_bookings (
  id uuid primary key default gen_random_uuid(),
  provider text not null check (provider in ('double', 'test', 'live')),
  kind text not null check (kind in (
    'purchase', 'provider-fee', 'refund', 'refund-failed', 'dispute', 'dispute-fee', 'dispute-won', 'dispute-lost',
    'transfer', 'payout', 'payout-failed'
  )),
  -- What it is about happens once: whoever books it again does not.
  key text not null,
  tenant_id uuid references core.tenants (id),
  plugin_id text,
  publisher_id uuid references core.publishers (id),
  charge text,
  currency text not null check (currency ~ '^[a-z]{3}$'),
  occurred_at timestamptz not null,
  -- From when on a publisher's share of it may be transferred.
  available_at timestamptz not null,
  created_at timestamptz not null default now(),
  -- Entries come with their booking or not at all.
  written_by xid8 not null default pg_current_xact_id(),
  unique (provider, key)
);
create index ledger_bookings_charge on core.ledger_bookings (provider, charge) where charge is not null;
create index ledger_bookings_publisher on core.ledger_bookings (provider, publisher_id, occurred_at);

create table core.ledger_entries (
  booking_id uuid not null references core.ledger_bookings (id),
  line smallint not null,
  account text not null check (account in (
    'provider-balance', 'provider-fees', 'disputed', 'tax', 'platform-fee', 'publisher-share', 'publisher-account'
  )),
  amount bigint not null check (amount <> 0),
  primary key (booking_id, line)
);

-- What is on its way to a publisher: written down and booked first, then sent under its id.
create table core.publisher_transfers (
  id uuid primary key default gen_random_uuid(),
  provider text not null check (provider in ('double', 'test', 'live')),
  publisher_id uuid not null references core.publishers (id),
  account text not null,
  currency text not null check (currency ~ '^[a-z]{3}$'),
  amount bigint not null check (amount > 0),
  -- Part of the key under which it is sent: rises when the provider has definitely refused.
  attempt integer not null default 1,
  transfer text,
  last_error text,
  created_at timestamptz not null default now(),
  sent_at timestamptz
);
create index publisher_transfers_waiting on core.publisher_transfers (provider, created_at) where sent_at is null;
create index publisher_transfers_listed on core.publisher_transfers (provider, publisher_id, created_at desc);

-- What the provider paid out of publishers' accounts to their banks, as it is now.
create table core.publisher_payouts (
  provider text not null check (provider in ('double', 'test', 'live')),
  id text not null,
  publisher_id uuid not null references core.publishers (id),
  currency text not null check (currency ~ '^[a-z]{3}$'),
  amount bigint not null,
  status text not null,
  failure text,
  arrival_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null default now(),
  primary key (provider, id)
);
create index publisher_payouts_listed on core.publisher_payouts (provider, publisher_id, created_at desc);

create function core.ledger_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger is only appended to' using errcode = 'integrity_constraint_violation';
end $$;

create function core.ledger_entry_belongs() returns trigger language plpgsql as $$
begin
  if not exists (
    select from core.ledger_bookings b where b.id = new.booking_id and b.written_by = pg_current_xact_id()
  ) then
    raise exception 'entries are written with their booking' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;

create function core.ledger_balanced() returns trigger language plpgsql as $$
declare
  balance numeric;
  lines bigint;
begin
  select coalesce(sum(amount), 0), count(*) into balance, lines from core.ledger_entries where booking_id = new.id;
  if lines < 2 or balance <> 0 then
    raise exception 'booking % is not balanced: % over % entries', new.id, balance, lines
      using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;

create trigger ledger_entry_belongs before insert on core.ledger_entries
  for each row execute function core.ledger_entry_belongs();
create constraint trigger ledger_balanced after insert on core.ledger_bookings
  deferrable initially deferred for each row execute function core.ledger_balanced();

do $$
declare
  name text;
begin
  foreach name in array array['ledger_bookings', 'ledger_entries'] loop
    execute format('create trigger refuse_change before update or delete on core.%I
      for each row execute function core.ledger_refuse_change()', name);
    execute format('create trigger refuse_truncate before truncate on core.%I
      for each statement execute function core.ledger_refuse_change()', name);
    execute format('grant select, insert on core.%I to {{platform_role}}', name);
  end loop;
  foreach name in array array['publishers', 'publisher_transfers', 'publisher_payouts'] loop
    execute format('grant select, insert, update on core.%I to {{platform_role}}', name);
  end loop;
  foreach name in array array[
    'publishers', 'ledger_bookings', 'ledger_entries', 'publisher_transfers', 'publisher_payouts'
  ] loop
    execute format('alter table core.%I enable row level security', name);
    execute format('alter table core.%I force row level security', name);
    execute format('create policy platform on core.%I to {{platform_role}} using (true) with check (true)', name);
  end loop;
end $$;
