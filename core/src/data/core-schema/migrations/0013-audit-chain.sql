-- The audit log is append-only, and every row of it is a link of its tenant's chain: row → hash over the row and the
-- link before. Links are added after the rows' transactions have committed (transactions of one tenant must not wait
-- for each other); until then a row stands in audit_pending.
create table core.audit_pending (
  tenant_id uuid not null,
  seq bigint generated always as identity,
  at timestamptz not null,
  id uuid not null,
  -- When the row really came, whatever it says itself.
  noted_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, seq)
);
create index audit_pending_seq on core.audit_pending (seq);

create table core.audit_chain (
  tenant_id uuid not null,
  seq bigint not null check (seq > 0),
  row_at timestamptz not null,
  row_id uuid not null,
  -- SHA-256 over what the row says.
  content bytea not null,
  noted_at timestamptz not null,
  -- SHA-256 over the link before, and all of this one.
  hash bytea not null,
  primary key (tenant_id, seq)
);
create unique index audit_chain_row on core.audit_chain (tenant_id, row_at, row_id);

-- The end of each tenant's chain, signed with a key that is not in the database.
create table core.audit_heads (
  tenant_id uuid primary key,
  seq bigint not null,
  hash bytea not null,
  signature bytea not null
);

-- How many links and chains there are in all, signed as well: a chain that is removed whole, or returned to an earlier
-- end whose signature somebody has kept, is missed here.
create table core.audit_seal (
  one boolean primary key default true check (one),
  links bigint not null,
  chains bigint not null,
  -- Rows before it may have been removed by retention.
  kept_from timestamptz,
  signature bytea
);
insert into core.audit_seal (links, chains) values (0, 0);

do $$
declare
  name text;
begin
  foreach name in array array['audit_pending', 'audit_chain', 'audit_heads', 'audit_seal'] loop
    execute format('alter table core.%I enable row level security', name);
    execute format('alter table core.%I force row level security', name);
    execute format('create policy platform on core.%I to {{platform_role}} using (true) with check (true)', name);
  end loop;
end $$;
create policy administration on core.audit_pending to {{admin_role}} using (true) with check (true);
create policy retention on core.audit_log_default to {{admin_role}} using (true);
create policy retention on core.events_default to {{admin_role}} using (true);
create policy retention on core.delivery_log_default to {{admin_role}} using (true);
create policy chaining on core.audit_log for select to {{admin_role}} using (true);
grant select, delete on core.audit_pending to {{platform_role}};
grant select, insert on core.audit_chain to {{platform_role}};
grant select, insert, update on core.audit_heads to {{platform_role}};
grant select, update on core.audit_seal to {{platform_role}};

-- ── Every row waits for its link ────────────────────────────────────────────────────────────────────────────
-- Rows from before the chain come first, in the order of their time.
insert into core.audit_pending (tenant_id, at, id, noted_at)
  select tenant_id, at, id, at from core.audit_log order by at, id;

create function core.await_seal() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into core.audit_pending (tenant_id, at, id) select tenant_id, at, id from added;
  return null;
end $$;
revoke all on function core.await_seal() from public;
create trigger await_seal after insert on core.audit_log
  referencing new table as added for each statement execute function core.await_seal();

-- ── Append-only, also for those whose grants would allow more ───────────────────────────────────────────────
create function core.refuse_change() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  -- core.expire_audit, which only the owner of the tables may call.
  if tg_op = 'DELETE' and current_setting('bazaar.audit_retention', true) = 'on'
      and current_user = (select pg_get_userbyid(relowner) from pg_class where oid = tg_relid) then
    return old;
  end if;
  raise exception 'core.% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;
revoke all on function core.refuse_change() from public;

create trigger refuse_change before update or delete on core.audit_log
  for each row execute function core.refuse_change();
create trigger refuse_truncate before truncate on core.audit_log execute function core.refuse_change();
create trigger refuse_change before update or delete on core.audit_chain
  for each row execute function core.refuse_change();
create trigger refuse_truncate before truncate on core.audit_chain execute function core.refuse_change();

-- Triggers on statements are not handed on to partitions: each gets its own.
do $$
declare
  partition regclass;
begin
  for partition in select inhrelid::regclass from pg_inherits where inhparent = 'core.audit_log'::regclass loop
    execute format('create trigger refuse_truncate before truncate on %s execute function core.refuse_change()', partition);
  end loop;
end $$;

-- As in 0004, and partitions of the audit log refuse to be emptied.
create or replace function core.ensure_partitions(months_ahead integer) returns setof text
  language plpgsql set search_path = pg_catalog as $$
declare
  parent text;
  partition text;
  month timestamp;
begin
  foreach parent in array array['audit_log', 'events', 'delivery_log'] loop
    for ahead in 0..months_ahead loop
      month := date_trunc('month', now() at time zone 'utc') + make_interval(months => ahead);
      partition := parent || to_char(month, '"_"YYYY"_"MM');
      continue when to_regclass('core.' || partition) is not null;
      begin
        execute format('create table core.%I partition of core.%I for values from (%L) to (%L)', partition, parent,
          month at time zone 'utc', (month + interval '1 month') at time zone 'utc');
        execute format('alter table core.%I enable row level security', partition);
        execute format('alter table core.%I force row level security', partition);
        if parent = 'audit_log' then
          execute format('create trigger refuse_truncate before truncate on core.%I execute function core.refuse_change()',
            partition);
        end if;
      exception when check_violation then
        return next partition;
      end;
    end loop;
  end loop;
end $$;

-- ── Retention ───────────────────────────────────────────────────────────────────────────────────────────────
-- Removes what is older than `before` from a log that is partitioned by month: whole partitions, and rows of the
-- default partition, at most `most` of them. Returns how many partitions and rows went.
create function core.expire_log(parent text, time_column text, before timestamptz, most integer) returns bigint
  language plpgsql set search_path = pg_catalog as $$
declare
  partition text;
  removed bigint := 0;
  deleted bigint;
begin
  if parent not in ('audit_log', 'events', 'delivery_log') or time_column not in ('at', 'occurred_at') then
    raise exception 'no log %', parent;
  end if;
  for partition in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = ('core.' || parent)::regclass and c.relname ~ (parent || '_\d{4}_\d{2}$')
        and (to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month') at time zone 'utc' <= before
  loop
    execute format('drop table core.%I', partition);
    removed := removed + 1;
  end loop;
  execute format(
    'delete from core.%1$I where ctid = any(array(select ctid from core.%1$I where %2$I < $1 limit $2))',
    parent || '_default', time_column) using before, most;
  get diagnostics deleted = row_count;
  return removed + deleted;
end $$;
revoke all on function core.expire_log(text, text, timestamptz, integer) from public;

create function core.expire_audit(before timestamptz, most integer) returns bigint
  language plpgsql set search_path = pg_catalog as $$
declare
  removed bigint;
begin
  set local bazaar.audit_retention = 'on';
  removed := core.expire_log('audit_log', 'at', before, most);
  set local bazaar.audit_retention = 'off';
  return removed;
end $$;
revoke all on function core.expire_audit(timestamptz, integer) from public;
