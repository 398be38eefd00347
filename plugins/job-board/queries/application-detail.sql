-- One application with what is to be seen of its job and its candidate.
select a.id, a.status, a.cover_letter, a.source, a.referral_code, a.rejection_reason, a.rejection_feedback, a.score,
       a.score_summary, a.matched_skills, a.missing_skills, a.scored_at, a.cv_file_id, a.consent_at, a.applied_at,
       a.updated_at, j.id as job_id, j.title as job_title, j.location as job_location, j.status as job_status,
       c.id as candidate_id, c.full_name as candidate_name, c.email as candidate_email, c.phone as candidate_phone,
       c.headline as candidate_headline, c.location as candidate_location
from applications a
join jobs j on j.tenant_id = a.tenant_id and j.id = a.job_id
join candidates c on c.tenant_id = a.tenant_id and c.id = a.candidate_id
where a.id = :id
