-- Ends the search for jobs whose last day has passed, some at a time; those paused on purpose stay as they are.
update jobs
set status = 'closed', closed_at = :now::timestamptz, updated_at = :now::timestamptz, revision = revision + 1
where id in (
  select id from jobs where status = 'open' and deadline < :today::date order by deadline, id limit 500
)
returning id
