-- What a workspace says of itself. Which fields there are, and what fits into them, is said where they are changed; what
-- others follow as a link leads to a web site, whoever wrote it here.
alter table core.tenants
  add column profile jsonb not null default '{}'
    check (jsonb_typeof(profile) = 'object' and coalesce(profile ->> 'website', 'https://') ~* '^https?://');
