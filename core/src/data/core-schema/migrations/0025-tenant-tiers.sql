-- What a workspace has booked of the platform ends, and then it is a free one. `max_users` is what was agreed in the place
-- of the seats of its tier; 25 was what everybody had without anybody having said so.
alter table core.tenants
  add column tier_until timestamptz,
  alter column max_users drop default,
  alter column max_users drop not null;
update core.tenants set max_users = null where max_users = 25;
