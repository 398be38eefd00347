-- What tenants buy and pay. Everything of the payment provider carries which provider it is ('double', 'test', 'live'):
-- an installation that begins with test payments and goes on with a real key keeps the two apart. Amounts are integers
-- in minor units of the currency beside them. Rows that mirror an object of the provider are written from the object as
-- it is now, never from the news of it.

create table core.billing_customers (
  tenant_id uuid not null references core.tenants (id),
  provider text not null check (provider in ('double', 'test', 'live')),
  customer text not null,
  -- { brand, last4, expMonth, expYear } of the default payment method.
  payment_method jsonb,
  -- Rises with each projection: whoever has read before cannot write after.
  generation bigint not null default 0,
  -- When all of the tenant was last compared with the provider.
  reconciled_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, provider),
  unique (provider, customer)
);

-- Prices as they were made at the provider, one for each plan and amount there ever was.
create table core.billing_prices (
  provider text not null check (provider in ('double', 'test', 'live')),
  lookup_key text not null,
  plugin_id text not null,
  price text not null,
  meter text,
  created_at timestamptz not null default now(),
  primary key (provider, lookup_key)
);

-- Orders of a licence: of one for ever, or of a subscription.
create table core.purchases (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null default gen_random_uuid(),
  provider text not null check (provider in ('double', 'test', 'live')),
  plugin_id text not null,
  plan text not null check (plan in ('one-time', 'monthly', 'annual')),
  method text not null check (method in ('checkout', 'intent')),
  currency text not null check (currency ~ '^[a-z]{3}$'),
  -- The price of one; seats are paid for each.
  unit_amount bigint not null check (unit_amount >= 0),
  seats integer check (seats > 0),
  promotion_code text,
  -- Days of a trial that are still to come, kept by the subscription.
  trial_ends_at timestamptz,
  state text not null default 'pending'
    check (state in ('pending', 'intent', 'confirmed', 'completed', 'expired', 'cancelled', 'refunded', 'reversed')),
  attempt integer not null default 1,
  session text,
  intent text,
  subscription text,
  charge text,
  checkout_url text,
  amount_paid bigint,
  amount_refunded bigint not null default 0,
  dispute text check (dispute in ('open', 'won', 'lost')),
  created_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  expires_at timestamptz not null,
  completed_at timestamptz,
  primary key (tenant_id, id),
  unique (id)
);
-- One order at a time for each plugin: nobody pays twice for a double click.
create unique index purchases_open on core.purchases (tenant_id, provider, plugin_id)
  where state in ('pending', 'intent', 'confirmed');
create unique index purchases_session on core.purchases (provider, session) where session is not null;
create unique index purchases_intent on core.purchases (provider, intent) where intent is not null;
create index purchases_charge on core.purchases (provider, charge) where charge is not null;
create index purchases_listed on core.purchases (tenant_id, created_at desc, id desc);
create index purchases_expiry on core.purchases (expires_at) where state in ('pending', 'intent', 'confirmed');

create table core.subscriptions (
  tenant_id uuid not null references core.tenants (id),
  -- As the provider calls it.
  id text not null,
  provider text not null check (provider in ('double', 'test', 'live')),
  purchase_id uuid,
  plugin_id text not null,
  plan text not null check (plan in ('monthly', 'annual')),
  status text not null,
  currency text not null check (currency ~ '^[a-z]{3}$'),
  unit_amount bigint not null check (unit_amount >= 0),
  quantity integer not null check (quantity > 0),
  per_seat boolean not null,
  price text not null,
  item text not null,
  current_period_start timestamptz,
  current_period_end timestamptz,
  -- The first moment that is not paid for; null while nothing was paid.
  paid_until timestamptz,
  trial_ends_at timestamptz,
  cancel_at timestamptz,
  ended_at timestamptz,
  latest_invoice text,
  dispute text check (dispute in ('open', 'won', 'lost')),
  created_at timestamptz not null,
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (provider, id)
);
create index subscriptions_plugin on core.subscriptions (tenant_id, plugin_id);

create table core.invoices (
  tenant_id uuid not null references core.tenants (id),
  id text not null,
  provider text not null check (provider in ('double', 'test', 'live')),
  plugin_id text,
  subscription text,
  number text,
  status text not null,
  reason text,
  currency text not null check (currency ~ '^[a-z]{3}$'),
  total bigint not null,
  amount_due bigint not null,
  amount_paid bigint not null,
  tax bigint not null default 0,
  hosted_url text,
  pdf_url text,
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  -- The bank wants the payer to confirm.
  needs_action boolean not null default false,
  created_at timestamptz not null,
  paid_at timestamptz,
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (provider, id)
);
create index invoices_listed on core.invoices (tenant_id, created_at desc, id desc);
create index invoices_open on core.invoices (tenant_id, subscription) where status = 'open';

-- What the provider has told: which object has changed, not how. The object is read anew when its turn comes.
create table core.stripe_events (
  provider text not null check (provider in ('double', 'test', 'live')),
  id text not null check (length(id) <= 255),
  type text not null,
  -- Of a publisher, by Connect.
  account text,
  customer text,
  object text,
  -- { kind: id } of the objects to read.
  subjects jsonb not null default '{}',
  occurred_at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'done', 'ignored', 'dead')),
  attempts integer not null default 0,
  not_before timestamptz not null default now(),
  last_error text,
  received_at timestamptz not null default now(),
  handled_at timestamptz,
  primary key (provider, id)
);
create index stripe_events_waiting on core.stripe_events (provider, not_before) where state = 'waiting';
create index stripe_events_group on core.stripe_events (provider, (coalesce(customer, account, object, id)))
  where state = 'waiting';
create index stripe_events_handled on core.stripe_events (handled_at) where state in ('done', 'ignored');
create index stripe_events_dead on core.stripe_events (received_at, id) where state = 'dead';

-- Metered usage on its way to the provider: written with what it counts, sent afterwards, as often as need be.
create table core.usage_reports (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null default gen_random_uuid(),
  provider text not null check (provider in ('double', 'test', 'live')),
  plugin_id text not null,
  meter text not null,
  customer text not null,
  event_name text not null,
  day date not null,
  quantity bigint not null check (quantity > 0),
  -- The same at every attempt: the provider counts it once.
  identifier text not null unique,
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  last_error text,
  primary key (tenant_id, id)
);
create index usage_reports_waiting on core.usage_reports (created_at) where sent_at is null;

-- Where the double of the payment provider can be reached that one of the nodes runs.
create table core.payment_double (
  singleton boolean primary key default true check (singleton),
  address text not null,
  started_at timestamptz not null default now()
);

do $$
declare
  name text;
begin
  foreach name in array array[
    'billing_customers', 'billing_prices', 'purchases', 'subscriptions', 'invoices', 'stripe_events', 'usage_reports',
    'payment_double'
  ] loop
    execute format('alter table core.%I enable row level security', name);
    execute format('alter table core.%I force row level security', name);
    execute format('create policy platform on core.%I to {{platform_role}} using (true) with check (true)', name);
    execute format('grant select, insert, update, delete on core.%I to {{platform_role}}', name);
  end loop;
  foreach name in array array['billing_customers', 'purchases', 'subscriptions', 'invoices'] loop
    execute format(
      'create policy tenant on core.%I for select to {{tenant_role}}
         using (tenant_id = current_setting(''app.tenant_id'')::uuid)', name);
    execute format('grant select on core.%I to {{tenant_role}}', name);
  end loop;
end $$;
