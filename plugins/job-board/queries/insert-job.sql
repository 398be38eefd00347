-- One new draft. A slug that is taken gets the suffix; should someone take even that one meanwhile, no row comes back.
insert into jobs (
  slug, reference, stage, is_public, is_featured, is_hot, title, summary, description, responsibilities, requirements,
  benefits, about_company, department, industry, functional_area, tools, employment_type, work_mode, experience_level,
  education_level, min_years_experience, max_years_experience, openings, deadline, hiring_rounds, notice_period,
  salary_min, salary_max, salary_currency, salary_unit, salary_text, sign_on_bonus, location, street, city, region,
  postal_code, country, further_locations, remote_countries, required_skills, preferred_skills, required_licences,
  required_certifications, onboarding_certifications, preferred_certifications, profession, specialty, assignment,
  shift, shift_start, shift_end, shifts_per_week, hours_per_week, floating_units, start_date, end_date, asap, duration,
  duration_unit, client_id, client_name, client_website, client_division, vms_name, sales_rep, staffing_specialist,
  recruiter_id, created_by, meta_title, meta_description, keywords, search_text
)
values (
  case
    when exists (select from jobs taken where taken.slug = :slug::text) then :slug::text || '-' || :suffix::text
    else :slug::text
  end,
  :reference, :stage, :isPublic, :isFeatured, :isHot, :title, :summary, :description, :responsibilities, :requirements,
  :benefits, :aboutCompany, :department, :industry, :functionalArea, :tools, :employmentType, :workMode,
  :experienceLevel, :educationLevel, :minYearsExperience, :maxYearsExperience, :openings, :deadline, :hiringRounds,
  :noticePeriod, :salaryMin, :salaryMax, :salaryCurrency, :salaryUnit, :salaryText, :signOnBonus, :location, :street,
  :city, :region, :postalCode, :country, :furtherLocations, :remoteCountries, :requiredSkills, :preferredSkills,
  :requiredLicences, :requiredCertifications, :onboardingCertifications, :preferredCertifications, :profession,
  :specialty, :assignment, :shift, :shiftStart, :shiftEnd, :shiftsPerWeek, :hoursPerWeek, :floatingUnits, :startDate,
  :endDate, :asap, :duration, :durationUnit, :clientId, :clientName, :clientWebsite, :clientDivision, :vmsName,
  :salesRep, :staffingSpecialist, :recruiterId, :createdBy, :metaTitle, :metaDescription, :keywords, :searchText
)
on conflict (tenant_id, slug) do nothing
returning id, slug, status, revision, updated_at
