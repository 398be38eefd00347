-- Pictures of people, logos of workspaces, and whether the platform knows a workspace to be who it says it is.

-- The name under which a picture is served: <file>-<start of its SHA-256>.<kind>. Another picture has another name.
create domain core.picture_name as text
  check (value ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-[0-9a-f]{16}\.(png|jpg|webp)$');

-- As the profile: the person's own; a tenant reads what they share with it.
alter table core.users add column picture core.picture_name;
alter table core.users
  add column shared_picture text generated always as (
    case when preferences #> '{privacy,shareProfile}' is distinct from 'false'::jsonb then picture end
  ) stored;
grant select (shared_picture) on core.users to {{tenant_role}};

alter table core.tenants
  add column logo core.picture_name,
  -- Since when; ends when the workspace calls itself something else.
  add column verified_at timestamptz;

-- A person's picture belongs to no tenant, and so to 00000000-0000-0000-0000-000000000000, as a letter about their account
-- does. All other files are still those of a tenant that exists.
alter table core.files drop constraint files_tenant_id_fkey;
alter table core.files
  add column of_tenant uuid references core.tenants (id)
    generated always as (nullif(tenant_id, '00000000-0000-0000-0000-000000000000')) stored;
