-- A plugin that raises tasks and never resolves them must not bury those that somebody has to look at.
create index tasks_open_plugin on core.tasks (tenant_id, plugin_id) where state = 'open';

create function bazaar.bound_open_tasks() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  most constant integer := 1000;
begin
  -- The kernel's own tasks about a plugin are not the plugin's.
  if not exists (select from core.plugin_roles where role = session_user and kind = 'runtime') then
    return new;
  end if;
  -- What is open already is not raised again.
  if new.key is not null and exists (
    select from core.tasks t
      where t.tenant_id = new.tenant_id and t.plugin_id = new.plugin_id and t.key = new.key and t.state = 'open'
  ) then
    return new;
  end if;
  if (select count(*) from (
    select from core.tasks t where t.tenant_id = new.tenant_id and t.plugin_id = new.plugin_id and t.state = 'open'
      limit most) as open) >= most then
    raise exception '% has % open tasks', new.plugin_id, most using errcode = 'BZ004';
  end if;
  return new;
end $$;
revoke all on function bazaar.bound_open_tasks() from public;
grant create on schema bazaar to {{effects_role}};
alter function bazaar.bound_open_tasks() owner to {{effects_role}};
revoke create on schema bazaar from {{effects_role}};

create trigger bound_open_tasks before insert on core.tasks
  for each row execute function bazaar.bound_open_tasks();
