select status, count(*) as applications
from applications
where job_id = :jobId
group by status
