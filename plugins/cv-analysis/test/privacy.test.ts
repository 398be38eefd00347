import { readFile } from 'node:fs/promises';
import { type ApiClient, type Platform, startPlatform } from '@bazaar/sdk/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { fromBufferPromise } from 'yauzl';

const plugins = `${import.meta.dirname}/../..`;
const ADDRESS = 'maya.candidate@example.com';
const OTHER = 'other.candidate@example.com';

interface Shown {
  state: string;
  email: string | null;
  waitingFor: string[];
}
interface Certificate {
  certificate: { totals: { erased: { what: string; count: number }[] }; parts: { part: string; state: string }[] };
  genuine: boolean;
}

let platform: Platform;
let admin: ApiClient;
let recruiter: ApiClient;
let operator: ApiClient;
let neighbour: ApiClient;
const applications: Record<string, string> = {};
let leadId: string;

/** Somebody applies with a CV, which is read; a recruiter writes a note. */
async function apply(jobId: string, slug: string, email: string): Promise<void> {
  const bytes = new Uint8Array(await readFile(`${plugins}/job-board/demo/documents/maya-lindqvist.pdf`));
  const cv = new File([bytes], 'maya.pdf', { type: 'application/pdf' });
  const visitor = platform.visitor();
  const application = { slug, name: 'Maya Candidate', email, consent: true, cv };
  const { applicationId } = await visitor.call<{ applicationId: string }>('job-board.applications.submit', application);
  await recruiter.call('job-board.applications.note', { id: applicationId, remarks: `Called about ${jobId}.` });
  applications[email] = applicationId;
}

const analysisOf = (email: string) =>
  recruiter.fetch('POST', '/api/p/cv-analysis/actions/applications.analysis', {
    body: { applicationId: applications[email] },
  });

beforeAll(async () => {
  platform = await startPlatform({ plugins: ['job-board', 'cv-analysis', 'crm'].map((id) => `${plugins}/${id}`) });
  [admin, recruiter, operator, neighbour] = await Promise.all([
    platform.as('admin'),
    platform.as('recruiter'),
    platform.operator(),
    platform.as('admin', 'second'),
  ]);
  const job = {
    title: 'Nurse',
    description: 'Care for patients on a ward of 24 beds with a small team.',
    city: 'Chicago',
  };
  const { id, slug } = await recruiter.call<{ id: string; slug: string }>('job-board.jobs.create', job);
  await recruiter.call('job-board.jobs.publish', { id });
  await apply(id, slug, ADDRESS);
  await apply(id, slug, OTHER);
  const lead = {
    company: 'Kontor GmbH',
    contactName: 'Maya',
    contactEmail: 'Maya.Candidate@example.com',
    notes: 'Nice.',
  };
  leadId = (await (await platform.as('sales')).call<{ id: string }>('crm.leads.create', lead)).id;
  const documents = async () =>
    (await recruiter.call<{ items: { status: string }[] }>('cv-analysis.documents.list')).items;
  await vi.waitFor(
    async () => expect((await documents()).filter(({ status }) => status === 'parsed')).toHaveLength(2),
    { timeout: 60_000, interval: 100 },
  );
});
afterAll(() => platform?.stop());

async function settled(id: string): Promise<Shown> {
  const show = () => admin.json<Shown>('GET', `/api/privacy/requests/${id}`);
  await expect.poll(async () => (await show()).state, { timeout: 60_000 }).toBe('done');
  return show();
}

async function contentsOf(archive: Buffer): Promise<Map<string, Buffer>> {
  const zip = await fromBufferPromise(archive);
  const contents = new Map<string, Buffer>();
  for await (const entry of zip.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    contents.set(entry.fileName, Buffer.concat(chunks));
  }
  return contents;
}

const eraseThem = (email: string, by = admin) =>
  by.json<{ id: string }>('POST', '/api/privacy/erasures', { body: { email, confirm: email } });

describe('a candidate, who is no member', () => {
  it('is found by everything that is known of them', async () => {
    const { member, parts } = await admin.json<{ member: boolean; parts: { part: string; files: number }[] }>(
      'POST',
      '/api/privacy/preview',
      { body: { email: ADDRESS } },
    );
    expect(member).toBe(false);
    expect(parts.map(({ part, files }) => [part, files]).sort()).toEqual([
      ['crm', 0],
      ['cv-analysis', 0],
      ['job-board', 1],
    ]);
    const refused = await recruiter.fetch('POST', '/api/privacy/preview', { body: { email: ADDRESS } });
    expect(refused.status).toBe(403);
  });

  it('gets an archive of records and files, by a link that only its receiver knows', async () => {
    const { id } = await admin.json<{ id: string }>('POST', '/api/privacy/exports', { body: { email: ADDRESS } });
    await settled(id);
    const mails = () => operator.json<{ items: { id: string }[] }>('GET', '/api/mailbox?address=admin@first.test');
    await expect.poll(async () => (await mails()).items.length).toBe(1);
    const { text } = await operator.json<{ text: string }>('GET', `/api/mailbox/${(await mails()).items[0]?.id}`);
    const link = /http\S+\/api\/privacy\/archives\/\S+/.exec(text)?.[0] ?? '';
    expect((await fetch(link.replace(/key=.*/, 'key=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'))).status).toBe(404);
    expect((await neighbour.fetch('GET', `/api/privacy/archives/${id}`)).status).toBe(404);
    const response = await fetch(link);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="personal-data-/);
    const contents = await contentsOf(Buffer.from(await response.arrayBuffer()));
    const names = [...contents.keys()];
    expect(names).toEqual(
      expect.arrayContaining([
        'README.txt',
        'index.json',
        'first/crm/contact.json',
        'first/cv-analysis/comparisons.json',
        'first/cv-analysis/cvs.json',
        'first/job-board/applications.json',
        'first/job-board/profile.json',
      ]),
    );
    const cv = names.find((name) => /^first\/job-board\/files\/[0-9a-f-]{36}-maya\.pdf$/.test(name)) ?? '';
    expect(contents.get(cv)?.subarray(0, 5).toString()).toBe('%PDF-');
    const { records } = JSON.parse(contents.get('first/job-board/applications.json')?.toString() ?? '');
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({ jobTitle: 'Nurse' });
    const history = JSON.parse(contents.get('first/job-board/history.json')?.toString() ?? '');
    expect(history.records.map(({ kind }: { kind: string }) => kind)).toEqual(
      expect.arrayContaining(['applied', 'note']),
    );
    expect(JSON.stringify([records, history])).not.toContain('recruiter of first');
    expect([...contents.values()].some((content) => content.includes(OTHER))).toBe(false);
  });

  it('is forgotten in all plugins, also in one that is switched off, and a certificate says what was erased', async () => {
    await admin.json('POST', '/api/plugins/crm/disable', { body: {} });
    const unconfirmed = await admin.fetch('POST', '/api/privacy/erasures', {
      body: { email: ADDRESS, confirm: OTHER },
    });
    expect(unconfirmed.status).toBe(400);
    const { id } = await eraseThem(ADDRESS.toUpperCase());
    expect(await settled(id)).toMatchObject({ email: null, waitingFor: [] });
    const { certificate, genuine } = await admin.json<Certificate>('GET', `/api/privacy/requests/${id}/certificate`);
    expect(genuine).toBe(true);
    expect(certificate.totals.erased).toEqual(
      expect.arrayContaining([
        { what: 'Candidate profiles', count: 1 },
        { what: 'Applications with notes and history', count: 1 },
        { what: 'CV files', count: 1 },
        { what: 'CVs and what was read from them', count: 1 },
        { what: 'Comparisons with jobs', count: 1 },
        { what: 'Contacts of companies, with notes', count: 1 },
      ]),
    );
    expect(JSON.stringify(certificate).toLowerCase()).not.toContain(ADDRESS);
    expect((await neighbour.fetch('GET', `/api/privacy/requests/${id}/certificate`)).status).toBe(404);

    await admin.json('POST', '/api/plugins/crm/enable', { body: {} });
    const { lead } = await (await platform.as('sales')).call<{ lead: object }>('crm.leads.get', { id: leadId });
    expect(lead).toMatchObject({ company: 'Kontor GmbH', contactName: null, contactEmail: null, notes: null });
    const gone = await recruiter.fetch('GET', `/api/p/job-board/applications/${applications[ADDRESS]}`);
    expect(gone.status).toBe(404);
    expect((await analysisOf(ADDRESS)).status).not.toBe(200);
  });

  it('leaves the others alone, and a second time there is nothing to erase', async () => {
    const kept = await recruiter.fetch('GET', `/api/p/job-board/applications/${applications[OTHER]}`);
    expect(kept.status).toBe(200);
    const { id } = await eraseThem(ADDRESS);
    await settled(id);
    const { certificate } = await admin.json<Certificate>('GET', `/api/privacy/requests/${id}/certificate`);
    expect(certificate.totals.erased).toEqual([]);
  });
});

describe('a member', () => {
  it('who is an owner is erased by owners only, and never the last one', async () => {
    const owner = await platform.as('owner');
    await expect(eraseThem('owner@first.test')).rejects.toMatchObject({ status: 403 });
    await expect(eraseThem('owner@first.test', owner)).rejects.toMatchObject({ reason: 'own-account' });
    await expect(eraseThem('admin@first.test')).rejects.toMatchObject({ reason: 'own-account' });
  });

  it('is signed out and gone, and what they wrote about others stays without their name', async () => {
    const { id } = await eraseThem('recruiter@first.test');
    await settled(id);
    expect((await recruiter.fetch('GET', '/api/me')).status).toBe(401);
    await expect(platform.signIn('recruiter@first.test')).rejects.toMatchObject({ status: 401 });
    const { certificate } = await admin.json<Certificate>('GET', `/api/privacy/requests/${id}/certificate`);
    expect(certificate.totals.erased).toEqual(
      expect.arrayContaining([
        { what: 'Names on entries about applications', count: 1 },
        { what: 'Memberships', count: 1 },
        { what: 'Accounts', count: 1 },
      ]),
    );
    const application = await admin.call<{ timeline: { kind: string; changedByName: string | null }[] }>(
      'job-board.applications.get',
      { id: applications[OTHER] },
    );
    expect(application.timeline.find(({ kind }) => kind === 'note')?.changedByName).toBe('Former colleague');
  });
});
