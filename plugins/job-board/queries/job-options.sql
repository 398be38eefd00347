-- Jobs that somebody may still be considered for.
select id, title, location, status
from jobs
where status in ('draft', 'open', 'paused')
  and (:words::text is null or to_tsvector('simple', search_text) @@ to_tsquery('simple', :words::text))
order by title, id
limit 50
