-- Sales leads (features G1, G2). Values are in minor units of the tenant's currency setting.
create table leads (
  tenant_id uuid not null default bazaar.current_tenant(),
  id uuid not null default gen_random_uuid(),
  company text not null check (length(company) between 1 and 200),
  contact_name text,
  contact_email text,
  contact_phone text,
  service_type text not null default 'permanent'
    check (service_type in ('permanent', 'contract', 'rpo', 'executive_search')),
  stage text not null default 'new'
    check (stage in ('new', 'contacted', 'qualified', 'proposal', 'negotiation', 'converted', 'lost')),
  estimated_value bigint check (estimated_value >= 0),
  probability integer not null default 10 check (probability between 0 and 100),
  expected_close_date date,
  next_follow_up date,
  source text,
  notes text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
select bazaar.protect('leads');
create index leads_created on leads (tenant_id, created_at desc);
create index leads_stage on leads (tenant_id, stage);

create table lead_moves (
  tenant_id uuid not null default bazaar.current_tenant(),
  id uuid not null default gen_random_uuid(),
  lead_id uuid not null,
  from_stage text,
  to_stage text not null,
  remark text,
  moved_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, lead_id) references leads (tenant_id, id) on delete cascade
);
select bazaar.protect('lead_moves');
create index lead_moves_lead on lead_moves (tenant_id, lead_id, moved_at);

-- down
drop table lead_moves;
drop table leads;
