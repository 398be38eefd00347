-- Actions of plugins that run by the clock.

-- How far each declared schedule has come: everything up to `last_due` has been handed to the tenants. The expression
-- belongs to the key, as two versions of a plugin may serve at once.
create table core.plugin_schedules (
  plugin_id text not null references core.plugins (id),
  name text not null,
  cron text not null,
  last_due timestamptz not null,
  primary key (plugin_id, name, cron)
);

-- One row for each tenant and schedule, however often it runs: what waits, what is under way, what was last.
create table core.plugin_schedule_runs (
  tenant_id uuid not null references core.tenants (id),
  plugin_id text not null references core.plugins (id),
  name text not null,
  -- The latest due time that was not handled yet; null when there is nothing to do.
  due timestamptz,
  -- Attempts since the last run that ended.
  attempts integer not null default 0,
  last_error text,
  -- Not to be tried before.
  retry_at timestamptz,
  -- Set while a node works on it.
  running_due timestamptz,
  started_at timestamptz,
  locked_by uuid,
  locked_until timestamptz,
  -- Every due time up to here has been handled, or was overtaken by a later one.
  settled timestamptz,
  -- { due, startedAt, finishedAt, outcome, attempts, detail, version }
  last_run jsonb,
  primary key (tenant_id, plugin_id, name),
  check ((running_due is null) = (locked_by is null))
);
create index plugin_schedule_runs_waiting on core.plugin_schedule_runs (tenant_id, due) where due is not null;
create index licences_plugin on core.licences (plugin_id, tenant_id);

do $$
declare
  name text;
begin
  foreach name in array array['plugin_schedules', 'plugin_schedule_runs'] loop
    execute format('alter table core.%I enable row level security', name);
    execute format('alter table core.%I force row level security', name);
    execute format('create policy platform on core.%I to {{platform_role}} using (true) with check (true)', name);
  end loop;
end $$;
create policy tenant on core.plugin_schedule_runs to {{tenant_role}}, {{effects_role}}
  using (tenant_id = current_setting('app.tenant_id')::uuid)
  with check (tenant_id = current_setting('app.tenant_id')::uuid);
grant select, insert, update, delete on core.plugin_schedules, core.plugin_schedule_runs to {{platform_role}};
grant select on core.plugin_schedule_runs to {{tenant_role}};
grant select, update on core.plugin_schedule_runs to {{effects_role}};

-- Ends a run in the transaction of the action it ran: both, or neither. Fails when the node has lost the run to another.
-- Shape: { name, due, node, version }
create function bazaar.complete_run(run jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  plugin text;
begin
  select plugin_id into plugin from core.plugin_roles where role = session_user and kind = 'runtime';
  if plugin is null then
    raise exception 'role % does not act for a plugin', session_user using errcode = 'insufficient_privilege';
  end if;
  update core.plugin_schedule_runs r
    set due = nullif(r.due, r.running_due), settled = greatest(r.settled, r.running_due), attempts = 0,
      last_error = null, retry_at = null, running_due = null, started_at = null, locked_by = null, locked_until = null,
      last_run = jsonb_build_object('due', r.running_due, 'startedAt', r.started_at, 'finishedAt', clock_timestamp(),
        'outcome', 'done', 'attempts', r.attempts, 'detail', null, 'version', run ->> 'version')
    where r.tenant_id = current_setting('app.tenant_id')::uuid and r.plugin_id = plugin and r.name = run ->> 'name'
      and r.running_due = (run ->> 'due')::timestamptz and r.locked_by = (run ->> 'node')::uuid;
  if not found then
    raise exception 'run % is not held by node %', run ->> 'name', run ->> 'node' using errcode = 'BZ001';
  end if;
end $$;
revoke all on function bazaar.complete_run(jsonb) from public;
grant create on schema bazaar to {{effects_role}};
alter function bazaar.complete_run(jsonb) owner to {{effects_role}};
revoke create on schema bazaar from {{effects_role}};
grant execute on function bazaar.complete_run(jsonb) to {{runtime_roles}};
