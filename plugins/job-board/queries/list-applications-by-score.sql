-- Applications with the best score first (those without one last), from just after the row (score, id) on.
select a.id, a.job_id, j.title as job_title, a.candidate_id, c.full_name as candidate_name,
       c.headline as candidate_headline, a.status, a.source, a.score, a.cv_file_id is not null as has_cv, a.applied_at,
       a.updated_at
from applications a
join jobs j on j.tenant_id = a.tenant_id and j.id = a.job_id
join candidates c on c.tenant_id = a.tenant_id and c.id = a.candidate_id
where (coalesce(a.score, -1), a.id) < (:afterScore::integer, :afterId::uuid)
  and (:jobId::uuid is null or a.job_id = :jobId::uuid)
  and (:candidateId::uuid is null or a.candidate_id = :candidateId::uuid)
  and (:status::text is null or a.status = :status::text)
  and (:active::boolean is null or a.is_active = :active::boolean)
  and (
    :words::text is null
    or to_tsvector('simple', c.search_text || ' ' || j.search_text) @@ to_tsquery('simple', :words::text)
  )
order by coalesce(a.score, -1) desc, a.id desc
limit :limit::integer
