-- Schema bazaar: the functions that plugins' own roles may call. Plugins' SQL is checked before it runs and names
-- none of them but current_tenant() and protect(); the kernel calls the others in the plugin's session.
create schema bazaar;

create function bazaar.current_tenant() returns uuid language sql stable parallel safe
  return current_setting('app.tenant_id')::uuid;

-- Closes a tenant's table: only rows of the transaction's tenant, for everyone but the migrations that own it.
create function bazaar.protect(table_name regclass) returns void language plpgsql set search_path = pg_catalog as $$
begin
  execute format('alter table %s enable row level security', table_name);
  execute format('alter table %s force row level security', table_name);
  execute format(
    'create policy bazaar_tenant on %s
       using (tenant_id = current_setting(''app.tenant_id'')::uuid)
       with check (tenant_id = current_setting(''app.tenant_id'')::uuid)', table_name);
  execute format('create policy bazaar_migration on %s to %I using (true) with check (true)', table_name, current_user);
end $$;

-- What one invocation of a plugin leaves outside its own tables, in the plugin's own transaction. Runs as a role that
-- row security binds to the transaction's tenant; the plugin is the one whose login opened the session.
-- Shape: { requestId, actor: { kind, userId, ip, userAgent }, events: [{ name, version, subject, payload }],
--   audit: [{ action, entityId, detail }], tasks: [{ raise: {...} } | { resolve: key }], delivery: { id, node } }
create function bazaar.commit_effects(effects jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  tenant constant uuid := current_setting('app.tenant_id')::uuid;
  actor constant jsonb := effects -> 'actor';
  plugin text;
  task jsonb;
  completed core.deliveries;
begin
  select plugin_id into plugin from core.plugin_roles where role = session_user and kind = 'runtime';
  if plugin is null then
    raise exception 'role % does not act for a plugin', session_user using errcode = 'insufficient_privilege';
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
end $$;

revoke all on all functions in schema bazaar from public;
grant create on schema bazaar to {{effects_role}};
alter function bazaar.commit_effects(jsonb) owner to {{effects_role}};
revoke create on schema bazaar from {{effects_role}};
