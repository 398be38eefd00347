-- Timestamps that lists are ordered by have millisecond precision: a cursor made from their ISO 8601 form is then
-- exact, and a page neither repeats nor skips a row.

create table jobs (
  tenant_id uuid not null default bazaar.current_tenant(),
  id uuid not null default gen_random_uuid(),
  -- Rises with every edit; an update that names an older one is refused.
  revision integer not null default 1,
  slug text not null check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  -- The agency's own number for the job.
  reference text,
  external_id text,

  status text not null default 'draft' check (status in ('draft', 'open', 'paused', 'filled', 'closed', 'archived')),
  stage text,
  is_public boolean not null default true,
  is_featured boolean not null default false,
  is_hot boolean not null default false,

  title text not null,
  summary text,
  description text not null default '',
  responsibilities text[] not null default '{}',
  requirements text[] not null default '{}',
  benefits text[] not null default '{}',
  about_company text,
  department text,
  industry text,
  functional_area text,
  tools text[] not null default '{}',

  employment_type text not null default 'FULL_TIME' check (
    employment_type in ('FULL_TIME', 'PART_TIME', 'CONTRACTOR', 'TEMPORARY', 'INTERN', 'VOLUNTEER', 'PER_DIEM', 'OTHER')
  ),
  work_mode text not null default 'onsite' check (work_mode in ('onsite', 'hybrid', 'remote')),
  experience_level text check (experience_level in ('entry', 'mid', 'senior', 'lead', 'executive')),
  education_level text check (
    education_level in ('none', 'secondary', 'associate', 'bachelor', 'master', 'doctorate')
  ),
  min_years_experience integer check (min_years_experience between 0 and 60),
  max_years_experience integer check (max_years_experience between 0 and 60),
  openings integer not null default 1 check (openings between 1 and 10000),
  -- The last day on which the job takes applications.
  deadline date,
  hiring_rounds text[] not null default '{}',
  notice_period text,

  -- Money in minor units of salary_currency.
  salary_min bigint check (salary_min >= 0),
  salary_max bigint check (salary_max >= salary_min),
  salary_currency text check (salary_currency ~ '^[A-Z]{3}$'),
  salary_unit text check (salary_unit in ('HOUR', 'DAY', 'WEEK', 'MONTH', 'YEAR')),
  salary_text text,
  sign_on_bonus bigint check (sign_on_bonus >= 0),

  -- One line for people, made from the parts below.
  location text not null default '',
  street text,
  city text,
  region text,
  postal_code text,
  country text check (country ~ '^[A-Z]{2}$'),
  further_locations jsonb not null default '[]',
  remote_countries text[] not null default '{}',

  required_skills text[] not null default '{}',
  preferred_skills text[] not null default '{}',
  required_licences text[] not null default '{}',
  required_certifications text[] not null default '{}',
  onboarding_certifications text[] not null default '{}',
  preferred_certifications text[] not null default '{}',

  profession text,
  specialty text,
  assignment text check (assignment in ('travel', 'perm', 'per_diem', 'local')),
  shift text,
  shift_start text check (shift_start ~ '^[0-2][0-9]:[0-5][0-9]$'),
  shift_end text check (shift_end ~ '^[0-2][0-9]:[0-5][0-9]$'),
  shifts_per_week integer check (shifts_per_week between 1 and 14),
  hours_per_week integer check (hours_per_week between 1 and 168),
  floating_units text,
  start_date date,
  end_date date,
  asap boolean not null default false,
  duration integer check (duration between 1 and 1000),
  duration_unit text check (duration_unit in ('DAYS', 'WEEKS', 'MONTHS')),

  -- Whom the agency fills the job for. Never shown to the public.
  client_id uuid,
  client_name text,
  client_website text,
  client_division text,
  vms_name text,
  sales_rep text,
  staffing_specialist text,
  recruiter_id uuid,
  created_by uuid,

  meta_title text,
  meta_description text,
  keywords text[] not null default '{}',

  application_count integer not null default 0,
  -- Words a search looks at: lower case, without accents (see src/jobs/search-text.ts).
  search_text text not null default '',

  published_at timestamptz(3),
  closed_at timestamptz(3),
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  primary key (tenant_id, id)
);
select bazaar.protect('jobs');

create unique index jobs_slug on jobs (tenant_id, slug);
create unique index jobs_reference on jobs (tenant_id, reference) where reference is not null;
create index jobs_status_public on jobs (tenant_id, status, is_public);
create index jobs_newest on jobs (tenant_id, created_at desc, id desc);
create index jobs_title on jobs (tenant_id, title, id);
create index jobs_most_applied on jobs (tenant_id, application_count desc, id desc);
create index jobs_public_newest on jobs (tenant_id, published_at desc, id desc) where status = 'open' and is_public;
create index jobs_location on jobs (tenant_id, location);
create index jobs_hot on jobs (tenant_id, created_at desc) where is_hot;
create index jobs_featured on jobs (tenant_id, created_at desc) where is_featured;
create index jobs_client on jobs (tenant_id, client_id) where client_id is not null;
create index jobs_required_skills on jobs using gin (required_skills);
create index jobs_preferred_skills on jobs using gin (preferred_skills);
create index jobs_search on jobs using gin (to_tsvector('simple', search_text));

-- What the client pays the agency. A table of its own, so that no query about jobs can let it slip out.
create table job_rates (
  tenant_id uuid not null default bazaar.current_tenant(),
  id uuid not null default gen_random_uuid(),
  job_id uuid not null,
  code text not null,
  -- Minor units of currency, per unit.
  rate bigint not null check (rate >= 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  unit text not null check (unit in ('HOUR', 'DAY', 'WEEK', 'MONTH', 'YEAR')),
  created_at timestamptz(3) not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, job_id) references jobs (tenant_id, id) on delete cascade
);
select bazaar.protect('job_rates');

create unique index job_rates_code on job_rates (tenant_id, job_id, code);

-- One master profile per person and tenant, whatever jobs they apply to. Sensitive attributes (age, gender, marital
-- status, disability, …) have no column here on purpose.
create table candidates (
  tenant_id uuid not null default bazaar.current_tenant(),
  id uuid not null default gen_random_uuid(),
  email text not null check (email = lower(email)),
  full_name text not null,
  phone text,
  headline text,
  summary text,
  current_title text,
  current_company text,
  profession text,
  specialty text,
  experience_months integer check (experience_months >= 0),
  education_level text check (
    education_level in ('none', 'secondary', 'associate', 'bachelor', 'master', 'doctorate')
  ),
  skills text[] not null default '{}',
  languages text[] not null default '{}',
  certifications text[] not null default '{}',
  licences text[] not null default '{}',
  location text not null default '',
  city text,
  region text,
  country text check (country ~ '^[A-Z]{2}$'),
  linkedin_url text,
  website_url text,
  availability text check (availability in ('immediately', 'within_2_weeks', 'within_month', 'not_looking')),
  notice_period_days integer check (notice_period_days between 0 and 366),
  relocate text check (relocate in ('yes', 'no', 'open')),
  remote_preference text check (remote_preference in ('onsite', 'hybrid', 'remote')),
  desired_salary_min bigint check (desired_salary_min >= 0),
  desired_salary_currency text check (desired_salary_currency ~ '^[A-Z]{3}$'),
  desired_salary_unit text check (desired_salary_unit in ('HOUR', 'DAY', 'WEEK', 'MONTH', 'YEAR')),
  source text,
  recruiter_id uuid,
  -- When the person agreed that their data may be kept for this search; absent when a recruiter entered them.
  consent_at timestamptz(3),
  search_text text not null default '',
  last_applied_at timestamptz(3),
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  primary key (tenant_id, id)
);
select bazaar.protect('candidates');

create unique index candidates_email on candidates (tenant_id, email);
create index candidates_newest on candidates (tenant_id, created_at desc, id desc);
create index candidates_skills on candidates using gin (skills);
create index candidates_search on candidates using gin (to_tsvector('simple', search_text));

create table applications (
  tenant_id uuid not null default bazaar.current_tenant(),
  id uuid not null default gen_random_uuid(),
  job_id uuid not null,
  candidate_id uuid not null,
  status text not null default 'applied' check (
    status in ('applied', 'screening', 'interviewing', 'offer', 'hired', 'rejected', 'withdrawn')
  ),
  is_active boolean not null generated always as (status not in ('hired', 'rejected', 'withdrawn')) stored,
  cover_letter text,
  cv_file_id uuid,
  source text not null default 'website' check (source in ('website', 'recruiter', 'referral', 'import')),
  referral_code text,
  recruiter_id uuid,
  rejection_reason text,
  rejection_feedback text,
  -- Written by whoever scores applications (see src/applications/score.ts).
  score integer check (score between 0 and 100),
  score_summary text,
  matched_skills text[] not null default '{}',
  missing_skills text[] not null default '{}',
  scored_document_id uuid,
  scored_at timestamptz(3),
  consent_at timestamptz(3),
  applied_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, job_id) references jobs (tenant_id, id) on delete cascade,
  foreign key (tenant_id, candidate_id) references candidates (tenant_id, id) on delete cascade
);
select bazaar.protect('applications');

-- A person applies to a job once at a time; after a rejection or withdrawal the way is free again.
create unique index applications_one_active on applications (tenant_id, job_id, candidate_id) where is_active;
create index applications_job on applications (tenant_id, job_id, status);
create index applications_candidate on applications (tenant_id, candidate_id);
create index applications_status on applications (tenant_id, status);
create index applications_newest on applications (tenant_id, applied_at desc, id desc);
create index applications_best on applications (tenant_id, (coalesce(score, -1)) desc, id desc);

create table application_timeline (
  tenant_id uuid not null default bazaar.current_tenant(),
  id uuid not null default gen_random_uuid(),
  application_id uuid not null,
  kind text not null check (kind in ('applied', 'moved', 'rejected', 'withdrawn', 'note', 'scored')),
  from_status text,
  to_status text,
  remarks text,
  -- Absent for visitors and for the platform itself.
  changed_by uuid,
  changed_by_name text,
  -- Entries written in one transaction must keep their order, hence not now().
  at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, id),
  foreign key (tenant_id, application_id) references applications (tenant_id, id) on delete cascade
);
select bazaar.protect('application_timeline');

create index application_timeline_application on application_timeline (tenant_id, application_id, at);

-- down
drop table application_timeline;
drop table applications;
drop table candidates;
drop table job_rates;
drop table jobs;
