-- The master profile of whoever applies. What is known stays: anyone can type an address that is not theirs.
insert into candidates (email, full_name, phone, headline, linkedin_url, source, consent_at, search_text, last_applied_at)
values (:email, :fullName, :phone, :headline, :linkedinUrl, :source, :consentAt, :searchText, now())
on conflict (tenant_id, email) do update set
  phone = coalesce(candidates.phone, excluded.phone),
  headline = coalesce(candidates.headline, excluded.headline),
  linkedin_url = coalesce(candidates.linkedin_url, excluded.linkedin_url),
  consent_at = coalesce(excluded.consent_at, candidates.consent_at),
  last_applied_at = excluded.last_applied_at,
  updated_at = now()
returning id, full_name
