-- Jobs that are not archived, newest first, from just after the row (createdAt, id) on. Without conditions, because
-- then one plan fits every call; see search-jobs.sql for a list with conditions.
select id, title, slug, reference, status, stage, location, work_mode, employment_type, department, specialty,
       client_name, openings, application_count, is_public, is_hot, is_featured, deadline, published_at,
       created_at, updated_at
from jobs
where (created_at, id) < (:afterCreatedAt::timestamptz, :afterId::uuid)
  and status <> 'archived'
order by created_at desc, id desc
limit :limit::integer
