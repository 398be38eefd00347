-- One job as visitors may see it, whatever its state: the page decides. Names public columns only.
select id, slug, status, is_public, reference, title, summary, description, responsibilities, requirements, benefits,
       about_company, department, industry, functional_area, tools, employment_type, work_mode, experience_level,
       education_level, min_years_experience, max_years_experience, openings, deadline, hiring_rounds, notice_period,
       salary_min, salary_max, salary_currency, salary_unit, salary_text, sign_on_bonus, location, street, city, region,
       postal_code, country, further_locations, remote_countries, required_skills, preferred_skills, required_licences,
       required_certifications, onboarding_certifications, preferred_certifications, profession, specialty, assignment,
       shift, shift_start, shift_end, shifts_per_week, hours_per_week, floating_units, start_date, end_date, asap,
       duration, duration_unit, is_hot, is_featured, meta_title, meta_description, keywords, published_at
from jobs
where slug = :slug
