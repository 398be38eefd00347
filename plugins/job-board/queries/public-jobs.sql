-- Jobs a visitor may see, latest first, from just after the row (publishedAt, id) on. Names public columns only.
select id, slug, title, summary, location, work_mode, employment_type, assignment, specialty, salary_min, salary_max,
       salary_currency, salary_unit, salary_text, is_hot, is_featured, published_at, deadline
from jobs
where status = 'open'
  and is_public
  and (deadline is null or deadline >= :today::date)
  and (published_at, id) < (:afterPublishedAt::timestamptz, :afterId::uuid)
  and (:employmentType::text is null or employment_type = :employmentType::text)
  and (:workMode::text is null or work_mode = :workMode::text)
  and (:location::text is null or location ilike :location::text)
  and (:words::text is null or to_tsvector('simple', search_text) @@ to_tsquery('simple', :words::text))
order by published_at desc, id desc
limit :limit::integer
