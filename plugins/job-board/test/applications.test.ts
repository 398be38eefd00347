import { readFile } from 'node:fs/promises';
import { type ApiClient, type Platform, type PluginClient, startPlatform } from '@bazaar/sdk/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Contract } from '../src/contract.generated.ts';

const folder = `${import.meta.dirname}/..`;
const PDF = 'application/pdf';

let platform: Platform;
let http: ApiClient;
let agency: PluginClient<Contract>;
let visitor: PluginClient<Contract>;
let neighbour: PluginClient<Contract>;
let cv: File;

beforeAll(async () => {
  platform = await startPlatform({ plugins: [folder] });
  http = await platform.as('recruiter');
  agency = http.plugin('job-board');
  neighbour = (await platform.as('recruiter', 'second')).plugin('job-board');
  visitor = platform.visitor().plugin('job-board');
  cv = new File([await readFile(`${folder}/demo/documents/maya-lindqvist.pdf`)], 'maya.pdf', { type: PDF });
});
afterAll(() => platform?.stop());

let number = 0;
async function openJob(): Promise<{ id: string; slug: string }> {
  number += 1;
  const { id, slug } = await agency.call('jobs.create', {
    title: `Nurse number ${number}`,
    description: 'Care for patients on a ward of 24 beds together with a small team.',
    city: 'Chicago',
  });
  await agency.call('jobs.publish', { id });
  return { id, slug };
}

const person = { name: 'Ada Example', email: 'ada@example.com', consent: true };

async function apply(slug: string, more: object = {}): Promise<string> {
  const { applicationId } = await visitor.call('applications.submit', { slug, ...person, ...more });
  return applicationId;
}

describe('applying', () => {
  it('stores the application with its CV, once in the list, and thanks', async () => {
    const { id, slug } = await openJob();
    const { applicationId, message } = await visitor.call('applications.submit', {
      slug,
      ...person,
      email: ' Grace@Example.COM'.trim(),
      phone: '  ',
      coverLetter: 'Hello',
      referralCode: 'FRIEND',
      cv,
    });
    expect(message).toContain('Thank you');
    const application = await agency.call('applications.get', { id: applicationId });
    expect(application).toMatchObject({
      status: 'applied',
      source: 'referral',
      referralCode: 'FRIEND',
      coverLetter: 'Hello',
      canReject: true,
      candidate: { fullName: 'Ada Example', email: 'grace@example.com', phone: null },
      job: { id },
    });
    expect(application.consentAt).not.toBeNull();
    expect(application.timeline).toMatchObject([{ kind: 'applied', changedByName: null }]);
    const { items } = await agency.call('applications.list', { jobId: id });
    expect(items).toMatchObject([{ id: applicationId, hasCv: true, candidateName: 'Ada Example' }]);
    expect((await agency.call('jobs.get', { id })).applicationCount).toBe(1);

    const download = await http.fetch('GET', `/api/p/job-board/applications/${applicationId}/cv`);
    expect(download.status).toBe(200);
    expect(download.headers.get('content-type')).toBe(PDF);
    expect(download.headers.get('content-disposition')).toMatch(/^attachment/);
    expect((await download.arrayBuffer()).byteLength).toBe(cv.size);
  });

  it('refuses a second application while the first is under way, however the address is written', async () => {
    const { slug } = await openJob();
    const first = await apply(slug);
    await expect(apply(slug, { email: 'ADA@example.com' })).rejects.toMatchObject({
      status: 409,
      reason: 'already-applied',
      message: expect.stringContaining('already'),
    });
    await agency.call('applications.reject', { id: first, reason: 'other' });
    await expect(apply(slug)).resolves.toBeTypeOf('string');
  });

  it('takes one of many identical applications that come at once', async () => {
    const { id, slug } = await openJob();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 6 }, () => apply(slug, { email: 'eager@example.com' })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await agency.call('jobs.get', { id })).applicationCount).toBe(1);
  });

  it('does not let a visitor rewrite somebody’s profile', async () => {
    const [one, two] = [await openJob(), await openJob()];
    await apply(one.slug, { email: 'known@example.com', name: 'Known Person', phone: '1' });
    const id = await apply(two.slug, { email: 'known@example.com', name: 'Impostor', phone: '2' });
    const { candidate } = await agency.call('applications.get', { id });
    expect(candidate).toMatchObject({ fullName: 'Known Person', phone: '1' });
    expect((await agency.call('candidates.get', { id: candidate.id })).applications).toHaveLength(2);
  });

  it.each<[string, object, string]>([
    ['no name', { name: ' ' }, '/name'],
    ['a name without letters', { name: '12345' }, '/name'],
    ['no address', { email: 'nobody' }, '/email'],
    ['no consent', { consent: false }, '/consent'],
    ['a link that is none', { linkedinUrl: 'javascript:alert(1)' }, '/linkedinUrl'],
  ])('refuses %s beside the field', async (_case, change, pointer) => {
    const { slug } = await openJob();
    await expect(apply(slug, change)).rejects.toMatchObject({ code: 'invalid-input', errors: [{ pointer }] });
  });

  it('refuses what is no CV, whatever it is called', async () => {
    const { slug } = await openJob();
    const disguised = new File([new Uint8Array([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0, 4, 0, 0, 0])], 'cv.pdf', {
      type: PDF,
    });
    await expect(visitor.call('applications.submit', { slug, ...person, cv: disguised })).rejects.toMatchObject({
      status: expect.toSatisfy((status: number) => status === 400 || status === 415 || status === 422),
    });
    const huge = new File([new Uint8Array(10 * 1024 * 1024 + 1)], 'cv.pdf', { type: PDF });
    await expect(visitor.call('applications.submit', { slug, ...person, cv: huge })).rejects.toMatchObject({
      status: expect.toSatisfy((status: number) => status >= 400 && status < 500),
    });
  });

  it('is only possible to jobs that are open and public', async () => {
    const draft = await agency.call('jobs.create', { title: 'Draft' });
    await expect(apply(draft.slug)).rejects.toMatchObject({ status: 404 });
    await expect(apply('no-such-job')).rejects.toMatchObject({ status: 404 });
    const paused = await openJob();
    await agency.call('jobs.pause', { id: paused.id });
    await expect(apply(paused.slug)).rejects.toMatchObject({ status: 409, reason: 'job-closed' });
    const hidden = await openJob();
    await agency.call('jobs.update', { id: hidden.id, isPublic: false });
    await expect(apply(hidden.slug)).rejects.toMatchObject({ status: 404 });
  });

  it('reaches only the tenant that was meant', async () => {
    const { slug } = await openJob();
    const elsewhere = platform.visitor('second').plugin<Contract>('job-board');
    await expect(elsewhere.call('applications.submit', { slug, ...person })).rejects.toMatchObject({ status: 404 });
  });

  it('can be done by a recruiter, also to a draft', async () => {
    const { id } = await agency.call('jobs.create', { title: 'Not public' });
    const { applicationId } = await agency.call('applications.create', {
      jobId: id,
      name: 'Bo',
      email: 'bo@example.com',
      cv,
    });
    expect(await agency.call('applications.get', { id: applicationId })).toMatchObject({
      source: 'recruiter',
      consentAt: null,
      timeline: [{ kind: 'applied', changedByName: 'recruiter of first' }],
    });
  });
});

describe('the pipeline', () => {
  it('moves step by step, and tells what happened', async () => {
    const { id: jobId, slug } = await openJob();
    const id = await apply(slug);
    await agency.call('applications.move', { id, to: 'screening', from: 'applied', remarks: 'Looks good' });
    await agency.call('applications.note', { id, remarks: ' Called ' });
    await agency.call('applications.move', { id, to: 'offer' });
    await agency.call('applications.move', { id, to: 'hired' });
    const application = await agency.call('applications.get', { id });
    expect(application).toMatchObject({ status: 'hired', nextStatuses: [], canReject: false });
    expect(application.timeline.map(({ kind, toStatus, remarks }) => [kind, toStatus, remarks])).toEqual([
      ['applied', 'applied', null],
      ['moved', 'screening', 'Looks good'],
      ['note', null, 'Called'],
      ['moved', 'offer', null],
      ['moved', 'hired', null],
    ]);
    const { statuses, total } = await agency.call('jobs.pipeline', { id: jobId });
    expect(total).toBe(1);
    expect(statuses.find(({ status }) => status === 'hired')?.applications).toBe(1);
  });

  it('refuses what cannot be', async () => {
    const { slug } = await openJob();
    const id = await apply(slug);
    await expect(agency.call('applications.move', { id, to: 'hired' })).rejects.toMatchObject({
      reason: 'wrong-status',
    });
    await expect(agency.call('applications.move', { id, to: 'offer', from: 'screening' })).rejects.toMatchObject({
      reason: 'wrong-status',
    });
    await agency.call('applications.withdraw', { id });
    await expect(agency.call('applications.reject', { id, reason: 'other' })).rejects.toMatchObject({
      reason: 'wrong-status',
    });
    await expect(agency.call('applications.move', { id, to: 'screening' })).rejects.toMatchObject({
      reason: 'wrong-status',
    });
  });

  it('moves once when two people move at the same moment', async () => {
    const { slug } = await openJob();
    const id = await apply(slug);
    const outcomes = await Promise.allSettled([
      agency.call('applications.move', { id, to: 'screening', from: 'applied' }),
      agency.call('applications.move', { id, to: 'interviewing', from: 'applied' }),
      agency.call('applications.reject', { id, reason: 'other' }),
    ]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(1);
    const { timeline, status } = await agency.call('applications.get', { id });
    expect(timeline.at(-1)?.toStatus).toBe(status);
    expect(timeline).toHaveLength(1 + outcomes.filter((outcome) => outcome.status === 'fulfilled').length);
  });

  it('reconsiders a rejection, unless the candidate has applied again', async () => {
    const { slug } = await openJob();
    const id = await apply(slug);
    await agency.call('applications.reject', { id, reason: 'location', feedback: 'Too far' });
    expect(await agency.call('applications.get', { id })).toMatchObject({
      status: 'rejected',
      rejectionReason: 'location',
      rejectionFeedback: 'Too far',
      nextStatuses: ['screening'],
    });
    const again = await apply(slug);
    await expect(agency.call('applications.move', { id, to: 'screening' })).rejects.toMatchObject({
      reason: 'already-applied',
    });
    await agency.call('applications.withdraw', { id: again });
    await agency.call('applications.move', { id, to: 'screening' });
    expect(await agency.call('applications.get', { id })).toMatchObject({ status: 'screening', rejectionReason: null });
  });

  it('shows nothing to another tenant', async () => {
    const { slug } = await openJob();
    const id = await apply(slug);
    const { candidate } = await agency.call('applications.get', { id });
    const attempts = [
      neighbour.call('applications.get', { id }),
      neighbour.call('applications.move', { id, to: 'screening' }),
      neighbour.call('applications.reject', { id, reason: 'other' }),
      neighbour.call('applications.withdraw', { id }),
      neighbour.call('applications.note', { id, remarks: 'x' }),
      neighbour.call('candidates.get', { id: candidate.id }),
    ];
    for (const outcome of await Promise.allSettled(attempts)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { status: 404 } });
    }
    expect((await neighbour.call('applications.list', {})).items).toEqual([]);
    expect((await neighbour.call('candidates.list', {})).items).toEqual([]);
  });

  it('lists by newest and by score, page by page', async () => {
    const { id: jobId, slug } = await openJob();
    for (const letter of ['a', 'b', 'c', 'd', 'e']) await apply(slug, { email: `${letter}@pages.example.com` });
    for (const sort of ['newest', 'score'] as const) {
      const first = await agency.call('applications.list', { jobId, sort, limit: 3 });
      const second = await agency.call('applications.list', { jobId, sort, limit: 3, cursor: first.nextCursor ?? '' });
      expect(second.nextCursor).toBeUndefined();
      expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(5);
    }
  });

  it('fills the dashboard', async () => {
    const figures = await agency.call('dashboard.figures');
    expect(figures.openJobs).toBeGreaterThan(0);
    expect(figures.newApplications).toBeGreaterThan(0);
    expect(figures.latest).toHaveLength(5);
  });
});
