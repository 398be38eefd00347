-- The latest comparison with each job.
select id, job_id, job_title, version, score, summary, created_at
from analyses
where document_id = :documentId and is_latest
order by created_at desc, id desc
limit 100
