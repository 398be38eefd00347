-- Documents people handed in, what was read from them, and how they compare with jobs (features C2–C18, C27, C28, C30).
create table documents (
  tenant_id uuid not null default bazaar.current_tenant(),
  id uuid not null default gen_random_uuid(),
  file_id uuid not null,
  file_name text not null,
  file_type text not null,
  file_size bigint not null check (file_size >= 0),
  source text not null check (source in ('upload', 'application')),
  application_id uuid,
  job_id uuid,
  status text not null default 'queued' check (status in ('queued', 'parsed', 'failed')),
  failure_reason text,
  failure_message text,
  candidate_name text,
  email text,
  headline text,
  experience_months integer check (experience_months >= 0),
  highest_education text
    check (highest_education in ('none', 'secondary', 'associate', 'bachelor', 'master', 'doctorate')),
  skills text[] not null default '{}',
  extracted_data jsonb,
  uploaded_by uuid,
  parsed_at timestamptz(3),
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  primary key (tenant_id, id),
  check (status <> 'failed' or failure_reason is not null),
  check (status <> 'parsed' or extracted_data is not null)
);
select bazaar.protect('documents');
create index documents_newest on documents (tenant_id, created_at desc, id desc);
create index documents_status on documents (tenant_id, status);
create unique index documents_application on documents (tenant_id, application_id) where application_id is not null;
create index documents_skills on documents using gin (skills);
create index documents_extracted_data on documents using gin (extracted_data jsonb_path_ops);

-- The raw text apart from what was understood of it: it can be read anew without asking for the file again.
create table document_texts (
  tenant_id uuid not null default bazaar.current_tenant(),
  document_id uuid not null,
  search_text text not null,
  lines jsonb not null,
  primary key (tenant_id, document_id),
  foreign key (tenant_id, document_id) references documents (tenant_id, id) on delete cascade
);
select bazaar.protect('document_texts');
create index document_texts_search on document_texts using gin (to_tsvector('simple', search_text));

-- Every comparison is kept: a later one of the same document and job gets the next version.
create table analyses (
  tenant_id uuid not null default bazaar.current_tenant(),
  id uuid not null default gen_random_uuid(),
  document_id uuid not null,
  job_id uuid not null,
  job_title text not null,
  version integer not null check (version > 0),
  is_latest boolean not null default true,
  score integer check (score between 0 and 100),
  parts jsonb not null,
  matched jsonb not null,
  missing jsonb not null,
  extra jsonb not null,
  credentials jsonb not null,
  recommendations text[] not null,
  summary text not null,
  requirements jsonb not null,
  created_at timestamptz(3) not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, document_id) references documents (tenant_id, id) on delete cascade
);
select bazaar.protect('analyses');
create unique index analyses_version on analyses (tenant_id, document_id, job_id, version);
create unique index analyses_latest on analyses (tenant_id, document_id, job_id) where is_latest;
create index analyses_job on analyses (tenant_id, job_id, (coalesce(score, -1)) desc, id desc) where is_latest;

-- down
drop table analyses;
drop table document_texts;
drop table documents;
