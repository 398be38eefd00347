import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { complaintsAbout } from '../../test/support/google-job-posting.ts';
import type { DemoData } from '../demo/data.ts';
import { derivedColumns, type JobFields, newFields, tidy } from '../jobs/fields.ts';
import { readPlaces } from '../jobs/location.ts';
import { jobPosting } from './job-posting.ts';
import type { PublicJob } from './public-job.ts';

const employer = { name: 'Northwind Clinics', url: 'https://northwind.example.com' };
const TOMORROW = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);

function job(fields: Partial<JobFields>): PublicJob & { publishedAt: string } {
  const all = newFields({ description: 'Care for patients on a ward.\n\n- Nights\n- Weekends', ...fields });
  return {
    ...all,
    location: derivedColumns(all).location,
    furtherLocations: readPlaces(JSON.parse(JSON.stringify(all.furtherLocations))),
    id: '0b54d9f0-6a0e-4a3d-9a7e-3d1f0f0a0b0c',
    slug: 'nurse',
    status: 'open',
    publishedAt: '2026-11-01T08:00:00.000Z',
  };
}

const chicago = { title: 'Staff Nurse', city: 'Chicago', region: 'IL', country: 'US' } as const;

describe('jobPosting', () => {
  it('says everything there is to say, the way Google documents it', () => {
    const posting = jobPosting(
      job({
        ...chicago,
        street: '1 Lake St',
        postalCode: '60601',
        deadline: TOMORROW,
        employmentType: 'PER_DIEM',
        reference: 'NW-1',
        salaryMin: 3800,
        salaryMax: 4550,
        salaryCurrency: 'USD',
        salaryUnit: 'HOUR',
        minYearsExperience: 2,
        educationLevel: 'bachelor',
        requiredSkills: ['Triage'],
        preferredSkills: ['Epic'],
        requiredLicences: ['RN'],
        openings: 3,
        shift: 'Nights',
        benefits: ['Meals'],
      }),
      employer,
    );
    expect(complaintsAbout(posting)).toEqual([]);
    expect(posting).toMatchObject({
      '@type': 'JobPosting',
      title: 'Staff Nurse',
      datePosted: '2026-11-01',
      validThrough: `${TOMORROW}T23:59:59Z`,
      employmentType: 'PER_DIEM',
      identifier: { value: 'NW-1' },
      hiringOrganization: { name: 'Northwind Clinics', sameAs: 'https://northwind.example.com' },
      jobLocation: { address: { addressLocality: 'Chicago', addressCountry: 'US', streetAddress: '1 Lake St' } },
      baseSalary: { currency: 'USD', value: { minValue: 38, maxValue: 45.5, unitText: 'HOUR' } },
      experienceRequirements: { monthsOfExperience: 24 },
      educationRequirements: { credentialCategory: 'bachelor degree' },
      skills: 'Triage, Epic',
      qualifications: 'RN',
      totalJobOpenings: 3,
      directApply: true,
    });
    expect(posting.description).toContain('<p>Care for patients on a ward.</p><ul><li>Nights</li>');
  });

  it.each<[string, Partial<JobFields>, object]>([
    [
      'several places',
      { ...chicago, furtherLocations: [{ city: 'Gary', country: 'US' }] },
      { jobLocation: [{}, { address: { addressLocality: 'Gary' } }] },
    ],
    [
      'remote from one country',
      { ...chicago, workMode: 'remote' },
      { jobLocationType: 'TELECOMMUTE', applicantLocationRequirements: { name: 'United States' } },
    ],
    [
      'remote from several',
      { title: 'Nurse', workMode: 'remote', remoteCountries: ['US', 'CA'] },
      { applicantLocationRequirements: [{}, { name: 'Canada' }] },
    ],
    [
      'one amount',
      { ...chicago, salaryMin: 500000, salaryCurrency: 'JPY', salaryUnit: 'MONTH' },
      { baseSalary: { value: { value: 500000 } } },
    ],
    [
      'no experience needed',
      { ...chicago, minYearsExperience: 0, educationLevel: 'none' },
      { experienceRequirements: 'no requirements', educationRequirements: 'no requirements' },
    ],
    [
      'a doctorate',
      { ...chicago, educationLevel: 'doctorate' },
      { educationRequirements: { credentialCategory: 'postgraduate degree' } },
    ],
    [
      'an immediate start',
      { ...chicago, asap: true, startDate: TOMORROW },
      { jobImmediateStart: true, jobStartDate: TOMORROW },
    ],
  ])('is valid for %s', (_case, fields, expected) => {
    const posting = jobPosting(job(fields), employer);
    expect(complaintsAbout(posting)).toEqual([]);
    expect(posting).toMatchObject(expected);
  });

  it('names no salary of which only the upper end is known, and no empty property', () => {
    const posting = jobPosting(job({ ...chicago, salaryMax: 10, salaryCurrency: 'USD', salaryUnit: 'HOUR' }), {
      name: 'X',
      url: undefined,
    });
    expect(complaintsAbout(posting)).toEqual([]);
    expect(Object.keys(posting)).not.toContain('baseSalary');
    expect(posting.hiringOrganization).toEqual({ '@type': 'Organization', name: 'X' });
  });

  it('escapes what people typed', () => {
    const { description } = jobPosting(job({ ...chicago, description: '<b>bold</b> & <script>' }), employer);
    expect(description).toBe('<p>&lt;b&gt;bold&lt;/b&gt; &amp; &lt;script&gt;</p>');
  });

  it('never tells what is internal', () => {
    const secret = {
      clientName: 'SECRET',
      clientDivision: 'SECRET',
      vmsName: 'SECRET',
      salesRep: 'SECRET',
      stage: 'SECRET',
    };
    expect(JSON.stringify(jobPosting(job({ ...chicago, ...secret }), employer))).not.toContain('SECRET');
  });

  it.each(['acme-staffing', 'northwind-clinics'])('is valid for every job of the demo of %s', (tenant) => {
    const file = new URL(`../../demo/${tenant}.json`, import.meta.url);
    const { jobs } = JSON.parse(readFileSync(file, 'utf8')) as DemoData;
    for (const entry of jobs.filter(({ status }) => status !== 'draft')) {
      const posting = jobPosting(job({ ...tidy(entry), deadline: TOMORROW }), employer);
      expect(complaintsAbout(posting), entry.title).toEqual([]);
    }
  });
});
