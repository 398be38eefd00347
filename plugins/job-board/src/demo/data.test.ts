import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newFields, tidy } from '../jobs/fields.ts';
import { publishFailures } from '../jobs/rules.ts';
import { slugify } from '../jobs/slug.ts';
import type { DemoData } from './data.ts';

const folder = join(import.meta.dirname, '../..');

describe.each(['acme-staffing', 'northwind-clinics'])('demo of %s', (tenant) => {
  const data = JSON.parse(readFileSync(join(folder, `demo/${tenant}.json`), 'utf8')) as DemoData;

  it('holds a dozen jobs and thirty candidates, each known by one name', () => {
    expect(data.jobs.length).toBeGreaterThanOrEqual(12);
    expect(data.candidates).toHaveLength(30);
    expect(new Set(data.jobs.map(({ title }) => slugify(title))).size).toBe(data.jobs.length);
    expect(new Set(data.candidates.map(({ email }) => email)).size).toBe(30);
  });

  it('has jobs that could be published as they are', () => {
    for (const job of data.jobs.filter(({ status }) => status === 'open')) {
      expect(publishFailures(newFields(tidy(job)), '2026-11-21'), job.title).toEqual([]);
    }
  });

  it('names no real person', () => {
    for (const { email, phone } of data.candidates) {
      expect(email).toMatch(/@example\.com$/);
      expect(phone).toMatch(/555-01\d\d$/);
    }
  });

  it('has a CV for everybody and applications only to its jobs', () => {
    const keys = new Set(data.jobs.map(({ key }) => key));
    for (const candidate of data.candidates) {
      expect(existsSync(join(folder, candidate.cv)), candidate.cv).toBe(true);
      for (const { job } of candidate.applications) expect(keys.has(job), job).toBe(true);
      const jobs = candidate.applications.map(({ job }) => job);
      expect(new Set(jobs).size).toBe(jobs.length);
    }
  });
});
