-- Letters of the platform to people, and every attempt to hand one over.

-- What concerns no tenant belongs to 00000000-0000-0000-0000-000000000000.
create table core.mails (
  tenant_id uuid not null,
  id uuid not null,
  template text not null,
  locale text not null check (locale in ('en', 'de')),
  to_address text not null check (to_address !~ '[[:cntrl:][:space:]<>]'),
  to_name text check (to_name !~ '[[:cntrl:]]'),
  -- At most one letter ever with the same key.
  key text,
  -- Subject and bodies, which contain secrets, sealed with the platform's key; forgotten once they were handed over.
  letter bytea,
  state text not null default 'queued' check (state in ('queued', 'sent', 'captured', 'failed')),
  attempts integer not null default 0,
  -- Not to be tried before; while a node is at it, the time at which it has certainly given up.
  due_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  -- When it reached its state.
  settled_at timestamptz,
  primary key (tenant_id, id)
);
create unique index mails_key on core.mails (key);
create unique index mails_id on core.mails (id);
create index mails_queued on core.mails (tenant_id, due_at) where state = 'queued';
create index mails_newest on core.mails (created_at desc, id desc);
create index mails_address on core.mails (lower(to_address), created_at desc);

create table core.mail_deliveries (
  tenant_id uuid not null,
  mail_id uuid not null,
  attempt integer not null,
  started_at timestamptz not null default now(),
  -- Null while it is under way, and for ever when its node died.
  finished_at timestamptz,
  outcome text check (outcome in ('accepted', 'captured', 'deferred', 'refused', 'unreachable')),
  -- What the other side said.
  detail text,
  primary key (tenant_id, mail_id, attempt),
  foreign key (tenant_id, mail_id) references core.mails (tenant_id, id) on delete cascade
);

do $$
declare
  name text;
begin
  foreach name in array array['mails', 'mail_deliveries'] loop
    execute format('alter table core.%I enable row level security', name);
    execute format('alter table core.%I force row level security', name);
    execute format('create policy platform on core.%I to {{platform_role}} using (true) with check (true)', name);
  end loop;
end $$;
create policy tenant on core.mails for insert to {{tenant_role}}
  with check (tenant_id = current_setting('app.tenant_id')::uuid);
grant select, insert, update, delete on core.mails, core.mail_deliveries to {{platform_role}};
-- Those who act for a tenant write letters; only the post reads them.
grant insert on core.mails to {{tenant_role}};
