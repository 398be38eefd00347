-- What every plugin's roles may do beyond their own schema. The applied migrations of a plugin are recorded by itself,
-- in the transaction that applies them: neither can happen without the other.
create function bazaar.record_migration(migration text, migration_checksum text) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  plugin text;
begin
  select plugin_id into plugin from core.plugin_roles where role = session_user and kind = 'owner';
  if plugin is null then
    raise exception 'role % owns no plugin', session_user using errcode = 'insufficient_privilege';
  end if;
  insert into core.plugin_migrations (plugin_id, name, checksum) values (plugin, migration, migration_checksum);
end $$;
revoke all on function bazaar.record_migration(text, text) from public;

create policy recording on core.plugin_migrations for insert to {{effects_role}} with check (true);
grant insert on core.plugin_migrations to {{effects_role}};
grant create on schema bazaar to {{effects_role}};
alter function bazaar.record_migration(text, text) owner to {{effects_role}};
revoke create on schema bazaar from {{effects_role}};

grant usage on schema bazaar to {{runtime_roles}}, {{owner_roles}};
grant execute on function bazaar.current_tenant() to {{runtime_roles}}, {{owner_roles}}, {{tenant_role}};
grant execute on function bazaar.commit_effects(jsonb) to {{runtime_roles}};
grant execute on function bazaar.protect(regclass), bazaar.record_migration(text, text) to {{owner_roles}};
