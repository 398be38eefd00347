-- Who looks after a lead (features G1): one of the tenant's people, known by their account.
alter table leads add column owner_id uuid;
create index leads_owner on leads (tenant_id, owner_id, created_at desc);

-- down
alter table leads drop column owner_id;
