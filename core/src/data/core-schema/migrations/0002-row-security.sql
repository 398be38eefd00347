-- Who sees which rows and may do what. Nothing is readable without a policy, for the owner of the tables neither.

-- ── Tables of tenants ───────────────────────────────────────────────────────────────────────────────────────
do $$
declare
  name text;
begin
  foreach name in array array[
    'roles', 'memberships', 'membership_roles', 'sessions', 'refresh_tokens', 'tenant_plugins', 'licences', 'settings',
    'files', 'file_grants', 'tasks', 'audit_log', 'outbox', 'events', 'deliveries', 'delivery_log'
  ] loop
    execute format('alter table core.%I enable row level security', name);
    execute format('alter table core.%I force row level security', name);
    execute format(
      'create policy tenant on core.%I to {{tenant_role}}, {{effects_role}}
         using (tenant_id = current_setting(''app.tenant_id'')::uuid)
         with check (tenant_id = current_setting(''app.tenant_id'')::uuid)', name);
    execute format('create policy platform on core.%I to {{platform_role}} using (true) with check (true)', name);
  end loop;
end $$;

-- Partitions are reached through their parent only: no grant, no policy.
alter table core.audit_log_default enable row level security;
alter table core.audit_log_default force row level security;
alter table core.events_default enable row level security;
alter table core.events_default force row level security;
alter table core.delivery_log_default enable row level security;
alter table core.delivery_log_default force row level security;

-- ── Tables of the platform ──────────────────────────────────────────────────────────────────────────────────
alter table core.tenants enable row level security;
alter table core.tenants force row level security;
create policy tenant on core.tenants for select to {{tenant_role}} using (id = current_setting('app.tenant_id')::uuid);
create policy platform on core.tenants to {{platform_role}} using (true) with check (true);

alter table core.users enable row level security;
alter table core.users force row level security;
create policy tenant on core.users for select to {{tenant_role}} using (
  exists (
    select from core.memberships m
    where m.tenant_id = current_setting('app.tenant_id')::uuid and m.user_id = users.id
  )
);
create policy platform on core.users to {{platform_role}} using (true) with check (true);

do $$
declare
  name text;
begin
  foreach name in array array[
    'plugins', 'plugin_versions', 'plugin_migrations', 'plugin_roles', 'nodes', 'installation', 'migrations'
  ] loop
    execute format('alter table core.%I enable row level security', name);
    execute format('alter table core.%I force row level security', name);
    execute format('create policy platform on core.%I to {{platform_role}} using (true) with check (true)', name);
    execute format('create policy administration on core.%I to {{admin_role}} using (true) with check (true)', name);
  end loop;
end $$;
create policy catalogue on core.plugins for select to {{tenant_role}} using (true);
create policy catalogue on core.plugin_versions for select to {{tenant_role}} using (true);
create policy catalogue on core.plugin_roles for select to {{effects_role}} using (true);

-- ── Grants ──────────────────────────────────────────────────────────────────────────────────────────────────
grant select on core.tenants, core.plugins, core.plugin_versions, core.events, core.deliveries, core.delivery_log
  to {{tenant_role}};
-- Everything but the password hash.
grant select (id, email, name, status, is_operator, demo, email_verified_at, last_sign_in_at, created_at, updated_at)
  on core.users to {{tenant_role}};
grant select, insert, update, delete
  on core.roles, core.memberships, core.membership_roles, core.sessions, core.refresh_tokens, core.files, core.file_grants
  to {{tenant_role}};
grant select, insert, update on core.tenant_plugins, core.licences, core.settings, core.tasks to {{tenant_role}};
-- The audit log is append-only for everybody.
grant select, insert on core.audit_log, core.outbox to {{tenant_role}};

grant select, insert, update, delete
  on core.tenants, core.users, core.roles, core.memberships, core.membership_roles, core.sessions, core.refresh_tokens,
    core.plugins, core.plugin_versions, core.tenant_plugins, core.licences, core.settings, core.files, core.file_grants,
    core.tasks, core.outbox, core.events, core.deliveries, core.delivery_log, core.nodes
  to {{platform_role}};
grant select, insert on core.audit_log to {{platform_role}};
grant select on core.plugin_migrations, core.plugin_roles, core.installation, core.migrations to {{platform_role}};

grant select on core.plugin_roles to {{effects_role}};
grant insert on core.outbox, core.audit_log, core.delivery_log to {{effects_role}};
grant select, insert, update on core.tasks to {{effects_role}};
grant select, delete on core.deliveries to {{effects_role}};
