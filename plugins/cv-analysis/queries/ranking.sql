-- Documents compared with one job, the best first; only the latest comparison of each counts.
select a.id as analysis_id, a.document_id, a.score, a.summary, a.created_at, d.candidate_name, d.file_name, d.headline
from analyses a
join documents d on d.id = a.document_id
where a.job_id = :jobId and a.is_latest
  and (coalesce(a.score, -1), a.id) < (:afterScore::integer, :afterId::uuid)
order by coalesce(a.score, -1) desc, a.id desc
limit :limit::integer
