-- Licences in full: what they were bought by, who sits on their seats, what was used, and that nothing is written once
-- they have ended.
alter table core.licences
  -- What it rests on: trial, operator, purchase:<id>, subscription:<id>, offline:<id>.
  add column source text not null default 'operator'
    check (source in ('trial', 'operator') or source ~ '^(purchase|subscription|offline):.{1,200}$'),
  -- How many people may use it; null for any number.
  add column seats integer check (seats >= 0),
  -- Days that operators have added to the trial.
  add column trial_extended_days integer not null default 0 check (trial_extended_days >= 0);
update core.licences set source = 'trial' where kind = 'trial';
create index licences_ending on core.licences (expires_at) where revoked_at is null and expires_at is not null;

-- How licences fade, as the nodes are configured. The database asks for it when a plugin commits.
create table core.licence_policy (
  singleton boolean primary key default true check (singleton),
  grace interval not null
);
insert into core.licence_policy (grace) values (interval '3 days');

-- People take a seat when they first use a plugin; with their membership they leave it.
create table core.licence_seats (
  tenant_id uuid not null,
  plugin_id text not null,
  user_id uuid not null,
  taken_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, plugin_id, user_id),
  foreign key (tenant_id, user_id) references core.memberships (tenant_id, user_id) on delete cascade
);
create index licence_seats_user on core.licence_seats (tenant_id, user_id);

-- What meters have counted; billing reports to the provider what it has not told it yet.
create table core.usage (
  tenant_id uuid not null references core.tenants (id),
  plugin_id text not null,
  meter text not null,
  -- In UTC.
  day date not null,
  quantity bigint not null default 0 check (quantity >= 0),
  reported bigint not null default 0 check (reported >= 0),
  primary key (tenant_id, plugin_id, meter, day)
);
create index usage_unreported on core.usage (tenant_id) where quantity > reported;

-- What was announced of a licence's stages: each once, over nodes and restarts.
create table core.licence_notices (
  tenant_id uuid not null references core.tenants (id),
  plugin_id text not null,
  stage text not null,
  -- The end of the licence it was about: of a renewed one all is announced anew.
  ends_at timestamptz not null,
  at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, plugin_id, stage, ends_at)
);

-- Licences of installations without a connection, as they were signed.
create table core.licence_files (
  tenant_id uuid not null references core.tenants (id),
  id uuid not null,
  plugin_id text not null,
  issued_at timestamptz not null,
  file text not null,
  imported_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, id)
);
create table core.licence_file_revocations (
  id uuid primary key,
  revoked_at timestamptz not null default clock_timestamp()
);
-- The latest moment this installation has lived: a clock that is put back does not lengthen an offline licence.
create table core.licence_clock (
  singleton boolean primary key default true check (singleton),
  reached timestamptz not null
);
insert into core.licence_clock (reached) values (clock_timestamp());

do $$
declare
  name text;
begin
  foreach name in array array[
    'licence_policy', 'licence_seats', 'usage', 'licence_notices', 'licence_files', 'licence_file_revocations',
    'licence_clock'
  ] loop
    execute format('alter table core.%I enable row level security', name);
    execute format('alter table core.%I force row level security', name);
    execute format('create policy platform on core.%I to {{platform_role}} using (true) with check (true)', name);
  end loop;
  foreach name in array array['licence_seats', 'usage', 'licence_notices', 'licence_files'] loop
    execute format(
      'create policy tenant on core.%I to {{tenant_role}}, {{effects_role}}
         using (tenant_id = current_setting(''app.tenant_id'')::uuid)
         with check (tenant_id = current_setting(''app.tenant_id'')::uuid)', name);
  end loop;
end $$;
create policy effects on core.licence_policy for select to {{effects_role}} using (true);
create policy tenant on core.licence_clock for select to {{tenant_role}} using (true);

grant select, insert, delete on core.licence_seats to {{tenant_role}};
grant select on core.usage, core.licence_notices, core.licence_files, core.licence_clock to {{tenant_role}};
grant select, insert, update, delete
  on core.licence_seats, core.usage, core.licence_notices, core.licence_files, core.licence_file_revocations
  to {{platform_role}};
grant select, update on core.licence_policy, core.licence_clock to {{platform_role}};
grant select on core.licences, core.licence_policy to {{effects_role}};
grant select, insert, update on core.usage to {{effects_role}};

-- Whether changes may be made under a licence now: not revoked, and not past its grace.
create function core.licence_allows_changes(tenant uuid, plugin text) returns boolean
  language sql stable set search_path = pg_catalog
  return exists (
    select from core.licences l
    where l.tenant_id = licence_allows_changes.tenant and l.plugin_id = licence_allows_changes.plugin
      and (l.revoked_at is null or l.revoked_at > clock_timestamp())
      and (l.expires_at is null
        or l.expires_at + (select p.grace from core.licence_policy p) > clock_timestamp()));
revoke all on function core.licence_allows_changes(uuid, text) from public;
grant execute on function core.licence_allows_changes(uuid, text) to {{effects_role}}, {{platform_role}};

-- As before, and besides: refuses whatever a licence does not allow (any more), however the transaction came to be, and
-- counts the use of meters. `kernel` is set for work of the kernel's own that no licence is needed for (erasing a
-- person, demo data); `meter` is { name, since, cap }: of `cap` (null for none) since the day `since`.
create or replace function bazaar.commit_effects(effects jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  tenant constant uuid := current_setting('app.tenant_id')::uuid;
  actor constant jsonb := effects -> 'actor';
  plugin text;
  task jsonb;
  completed core.deliveries;
  cap constant bigint := (effects #>> '{meter,cap}')::bigint;
begin
  select plugin_id into plugin from core.plugin_roles where role = session_user and kind = 'runtime';
  if plugin is null then
    raise exception 'role % does not act for a plugin', session_user using errcode = 'insufficient_privilege';
  end if;

  if not effects ? 'kernel' and not core.licence_allows_changes(tenant, plugin) then
    raise exception 'the licence of % does not allow changes', plugin using errcode = 'BZ002';
  end if;

  if effects ? 'delivery' then
    delete from core.deliveries
      where tenant_id = tenant and id = (effects #>> '{delivery,id}')::bigint
        and locked_by = (effects #>> '{delivery,node}')::uuid and subscriber = plugin
      returning * into completed;
    if not found then
      raise exception 'delivery % is not held by node %', effects #>> '{delivery,id}', effects #>> '{delivery,node}'
        using errcode = 'BZ001';
    end if;
    insert into core.delivery_log (tenant_id, delivery_id, subscriber, event_id, outcome, attempts)
      values (tenant, completed.id, plugin, completed.event_id, 'delivered', greatest(completed.attempts, 1));
  end if;

  if effects ? 'events' then
    insert into core.outbox (tenant_id, plugin_id, name, version, subject, payload, request_id)
      select tenant, plugin, e ->> 'name', (e ->> 'version')::integer, e ->> 'subject', e -> 'payload',
          effects ->> 'requestId'
        from jsonb_array_elements(effects -> 'events') with ordinality as staged (e, position)
        order by position;
  end if;

  if effects ? 'audit' then
    insert into core.audit_log
        (tenant_id, actor_kind, actor_id, plugin_id, action, entity_id, detail, request_id, ip, user_agent)
      select tenant, actor ->> 'kind', (actor ->> 'userId')::uuid, plugin, a ->> 'action', a ->> 'entityId',
          coalesce(a -> 'detail', '{}'), effects ->> 'requestId', actor ->> 'ip', actor ->> 'userAgent'
        from jsonb_array_elements(effects -> 'audit') as a;
  end if;

  if effects ? 'tasks' then
    for task in select t from jsonb_array_elements(effects -> 'tasks') with ordinality as staged (t, position)
        order by position loop
      if task ? 'resolve' then
        update core.tasks set state = 'done', closed_at = now(), closed_by = (actor ->> 'userId')::uuid
          where tenant_id = tenant and plugin_id = plugin and key = task ->> 'resolve' and state = 'open';
      else
        insert into core.tasks (tenant_id, plugin_id, kind, title, description, priority, link, audience, key)
          select tenant, plugin, r.kind, r.title, r.description, coalesce(r.priority, 'normal'), r.link, r.audience, r.key
            from jsonb_to_record(task -> 'raise') as r (
              kind text, title text, description text, priority text, link text, audience text, key text)
          on conflict (tenant_id, plugin_id, key) where state = 'open' and key is not null do nothing;
      end if;
    end loop;
  end if;

  -- Last: whoever counts the same waits from here until this transaction has ended.
  if effects ? 'meter' then
    if cap is not null then
      -- One after the other where there is a limit, also across midnight: the row of the first day is the lock.
      insert into core.usage as u (tenant_id, plugin_id, meter, day)
        values (tenant, plugin, effects #>> '{meter,name}', (effects #>> '{meter,since}')::date)
        on conflict (tenant_id, plugin_id, meter, day) do update set quantity = u.quantity;
    end if;
    insert into core.usage as u (tenant_id, plugin_id, meter, day, quantity)
      values (tenant, plugin, effects #>> '{meter,name}', (clock_timestamp() at time zone 'utc')::date, 1)
      on conflict (tenant_id, plugin_id, meter, day) do update set quantity = u.quantity + 1;
    if cap is not null and cap < (
      select sum(quantity) from core.usage
        where tenant_id = tenant and plugin_id = plugin and meter = effects #>> '{meter,name}'
          and day >= (effects #>> '{meter,since}')::date
    ) then
      raise exception 'meter % has reached its limit', effects #>> '{meter,name}' using errcode = 'BZ003';
    end if;
  end if;
end $$;
