-- Jobs with conditions, newest first, from just after the row (createdAt, id) on. Absent filters are null.
select id, title, slug, reference, status, stage, location, work_mode, employment_type, department, specialty,
       client_name, openings, application_count, is_public, is_hot, is_featured, deadline, published_at,
       created_at, updated_at
from jobs
where (created_at, id) < (:afterCreatedAt::timestamptz, :afterId::uuid)
  and (case when :status::text is null then status <> 'archived' else status = :status::text end)
  and (:employmentType::text is null or employment_type = :employmentType::text)
  and (:location::text is null or location ilike :location::text)
  and (:words::text is null or to_tsvector('simple', search_text) @@ to_tsquery('simple', :words::text))
order by created_at desc, id desc
limit :limit::integer
