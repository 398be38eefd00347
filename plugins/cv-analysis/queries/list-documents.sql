-- Documents, newest first, from just after the row (createdAt, id) on. Absent filters are null.
select d.id, d.file_name, d.file_type, d.file_size, d.source, d.application_id, d.status, d.failure_reason,
       d.failure_message, d.candidate_name, d.email, d.headline, d.experience_months, d.highest_education, d.skills,
       d.created_at, d.parsed_at
from documents d
where (d.created_at, d.id) < (:afterCreatedAt::timestamptz, :afterId::uuid)
  and (:status::text is null or d.status = :status::text)
  and (:skill::text is null or d.skills @> array[:skill::text])
  and (
    :words::text is null
    or exists (
      select from document_texts t
      where t.document_id = d.id
        and to_tsvector('simple', t.search_text) @@ websearch_to_tsquery('simple', :words::text)
    )
    or d.file_name ilike '%' || :literal::text || '%'
  )
order by d.created_at desc, d.id desc
limit :limit::integer
