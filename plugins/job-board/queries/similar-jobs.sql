-- Open public jobs that have most in common with one that is closed.
select slug, title, location, employment_type, work_mode, published_at
from jobs
where status = 'open'
  and is_public
  and (deadline is null or deadline >= :today::date)
  and id <> :id::uuid
order by
  (case when specialty = :specialty::text then 3 else 0 end)
    + (case when profession = :profession::text then 2 else 0 end)
    + (case when functional_area = :functionalArea::text then 2 else 0 end)
    + (case when city = :city::text then 1 else 0 end)
    + (case when required_skills && :skills::text[] then 2 else 0 end) desc,
  published_at desc
limit 5
