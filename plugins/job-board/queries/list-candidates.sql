-- Candidates, newest first, from just after the row (createdAt, id) on, with how often they have applied.
select c.id, c.full_name, c.email, c.headline, c.location, c.skills, c.experience_months, c.availability,
       c.last_applied_at, c.created_at, counts.applications, counts.active_applications
from candidates c
cross join lateral (
  select count(*) as applications, count(*) filter (where a.is_active) as active_applications
  from applications a
  where a.tenant_id = c.tenant_id and a.candidate_id = c.id
) counts
where (c.created_at, c.id) < (:afterCreatedAt::timestamptz, :afterId::uuid)
  and (:skill::text is null or c.skills @> array[:skill::text])
  and (:words::text is null or to_tsvector('simple', c.search_text) @@ to_tsquery('simple', :words::text))
order by c.created_at desc, c.id desc
limit :limit::integer
