create table entries (
  tenant_id uuid not null default bazaar.current_tenant(),
  id uuid not null default gen_random_uuid(),
  name text not null,
  file_id uuid,
  created_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, id)
);
select bazaar.protect('entries');

-- down
drop table entries;
