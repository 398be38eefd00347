-- No row comes back when the candidate has an active application to the job already.
insert into applications (job_id, candidate_id, cover_letter, cv_file_id, source, referral_code, recruiter_id, consent_at)
values (:jobId, :candidateId, :coverLetter, :cvFileId, :source, :referralCode, :recruiterId, :consentAt)
on conflict (tenant_id, job_id, candidate_id) where is_active do nothing
returning id, applied_at
