import { readFile } from 'node:fs/promises';
import { type ApiClient, type Platform, type PluginClient, startPlatform } from '@bazaar/sdk/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Contract } from '../src/contract.generated.ts';

const folder = `${import.meta.dirname}/..`;

let platform: Platform;
let recruiter: ApiClient;
let agency: PluginClient<Contract>;

beforeAll(async () => {
  platform = await startPlatform({ plugins: [folder, `${folder}/../cv-analysis`] });
  recruiter = await platform.as('recruiter');
  agency = recruiter.plugin('job-board');
});
afterAll(() => platform?.stop());

interface Ranking {
  items: { analysisId: string; score: number }[];
  nextCursor?: string;
}

describe('with CV analysis', () => {
  it('an application with a CV gets its score, with what was found and what is missing', async () => {
    const job = {
      title: 'Backend Engineer',
      description: 'Build services for a parcel-tracking product in a team of seven.',
      city: 'Denver',
      requiredSkills: ['TypeScript', 'PostgreSQL', 'COBOL'],
      minYearsExperience: 3,
    };
    const { id: jobId, slug } = await agency.call('jobs.create', job);
    await agency.call('jobs.publish', { id: jobId });
    expect(await agency.call('jobs.requirements', { id: jobId })).toMatchObject({
      status: 'open',
      requiredSkills: job.requiredSkills,
      minYearsExperience: 3,
      preferredSkills: [],
    });
    const cv = new File([await readFile(`${folder}/demo/documents/maya-lindqvist.pdf`)], 'cv.pdf');
    const visitor = platform.visitor().plugin<Contract>('job-board');
    const person = { name: 'Maya Lindqvist', email: 'maya@example.com', consent: true };
    const { applicationId: id } = await visitor.call('applications.submit', { slug, ...person, cv });
    await expect
      .poll(async () => (await agency.call('applications.get', { id })).score, { timeout: 25_000, interval: 250 })
      .toBeGreaterThan(0);
    const application = await agency.call('applications.get', { id });
    expect(application.score).toBeLessThan(100);
    expect(application.matchedSkills).toEqual(expect.arrayContaining(['TypeScript', 'PostgreSQL']));
    expect(application.missingSkills).toContain('COBOL');
    expect(application.timeline.map(({ kind }) => kind)).toEqual(['applied', 'scored']);
    const { items } = await agency.call('applications.list', { jobId, sort: 'score' });
    expect(items[0]?.score).toBe(application.score);
  });

  it('the CVs of a job are ranked page by page', async () => {
    const cv = new File([await readFile(`${folder}/demo/documents/bertrand-achebe.pdf`)], 'cv.pdf');
    const [job] = (await agency.call('jobs.list', { status: 'open' })).items;
    const { id: jobId = '', slug = '' } = job ?? {};
    const visitor = platform.visitor().plugin<Contract>('job-board');
    const person = { name: 'Bertrand Achebe', email: 'bertrand@example.com', consent: true };
    await visitor.call('applications.submit', { slug, ...person, cv });
    const ranking = (page: { limit?: number; cursor?: string | undefined } = {}) =>
      recruiter.call<Ranking>('cv-analysis.analyses.ranking', { jobId, ...page });
    await expect.poll(async () => (await ranking()).items.length, { timeout: 25_000, interval: 250 }).toBe(2);
    const whole = await ranking();
    expect(whole.items[0]?.score).toBeGreaterThanOrEqual(whole.items[1]?.score ?? 100);
    const first = await ranking({ limit: 1 });
    const last = await ranking({ limit: 1, cursor: first.nextCursor });
    expect([...first.items, ...last.items]).toEqual(whole.items);
    expect(last.nextCursor).toBeUndefined();
    await expect(ranking({ cursor: '1' })).rejects.toMatchObject({ errors: [{ pointer: '/cursor' }] });
  });
});
