select
  (select count(*) from jobs where status = 'open') as open_jobs,
  (select count(*) from jobs where status = 'draft') as draft_jobs,
  (select count(*) from applications where applied_at >= :since::timestamptz) as new_applications,
  (select count(*) from applications where status = 'applied') as waiting,
  (select count(*) from applications where status = 'interviewing') as interviewing,
  (select count(*) from applications where status = 'offer') as offers
