select a.id, a.job_id, j.title as job_title, a.status, a.score, a.applied_at
from applications a
join jobs j on j.tenant_id = a.tenant_id and j.id = a.job_id
where a.candidate_id = :candidateId
order by a.applied_at desc, a.id desc
limit 100
