import { type ApiClient, type Platform, type PluginClient, startPlatform } from '@bazaar/sdk/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Contract } from '../src/contract.generated.ts';

let platform: Platform;
let http: ApiClient;
let jobs: PluginClient<Contract>;
let neighbour: PluginClient<Contract>;

beforeAll(async () => {
  platform = await startPlatform({ plugins: [`${import.meta.dirname}/..`] });
  http = await platform.as('recruiter');
  jobs = http.plugin('job-board');
  neighbour = (await platform.as('recruiter', 'second')).plugin('job-board');
});
afterAll(() => platform?.stop());

const DESCRIPTION = 'Care for patients on a ward of 24 beds together with a small team.';
const complete = { description: DESCRIPTION, city: 'Chicago', region: 'IL' };

async function open(title: string, more: object = {}): Promise<{ id: string; slug: string }> {
  const { id, slug } = await jobs.call('jobs.create', { title, ...complete, ...more });
  await jobs.call('jobs.publish', { id });
  return { id, slug };
}

describe('creating and reading', () => {
  it('makes a draft with sensible defaults and reads it back', async () => {
    const created = await jobs.call('jobs.create', {
      title: '  Büroleitung (Köln) ',
      salaryMin: 5_000_000,
      salaryUnit: 'YEAR',
      city: 'Köln',
      country: 'DE',
      requiredSkills: ['Excel', 'excel', ' SAP '],
      furtherLocations: [{ city: 'Bonn', country: 'DE' }],
      deadline: '2027-03-31',
    });
    expect(created).toMatchObject({ slug: 'buroleitung-koln', status: 'draft', revision: 1 });
    const job = await jobs.call('jobs.get', { id: created.id });
    expect(job).toMatchObject({
      title: 'Büroleitung (Köln)',
      salaryCurrency: 'USD',
      salaryMin: 5_000_000,
      requiredSkills: ['Excel', 'SAP'],
      location: 'Köln, Germany and 1 more',
      deadline: '2027-03-31',
      furtherLocations: [{ city: 'Bonn', country: 'DE' }],
      publicPath: '/t/first/jobs/buroleitung-koln',
      applicationCount: 0,
    });
    expect(Object.keys(job)).not.toContain('searchText');
  });

  it('gives jobs of the same title different addresses, also when they come at once', async () => {
    const made = await Promise.all(Array.from({ length: 8 }, () => jobs.call('jobs.create', { title: 'Twin' })));
    const slugs = made.map(({ slug }) => slug);
    expect(new Set(slugs).size).toBe(8);
    expect(slugs).toContain('twin');
    expect(slugs.every((slug) => /^twin(-[a-z0-9]{6})?$/.test(slug))).toBe(true);
  });

  it.each([
    ['a title of blanks', { title: '    ' }, ['/title']],
    ['no title', {}, ['/title']],
    ['the pay the wrong way round', { title: 'Any', salaryMin: 20, salaryMax: 10, salaryUnit: 'HOUR' }, ['/salaryMax']],
    ['no such type', { title: 'Any', employmentType: 'SLAVERY' }, ['/employmentType']],
    ['a number that is text', { title: 'Any', openings: 'three' }, ['/openings']],
    ['a day that is none', { title: 'Any', deadline: '2026-02-30' }, ['/deadline']],
    ['a field nobody knows', { title: 'Any', viewCount: 7 }, ['/viewCount']],
    ['somebody else’s status', { title: 'Any', status: 'open' }, ['/status']],
  ])('refuses %s beside the field', async (_case, body, pointers) => {
    const response = await http.fetch('POST', '/api/p/job-board/jobs', { body });
    const problem = (await response.json()) as { code: string; errors: { pointer: string; message: string }[] };
    expect(response.status).toBe(400);
    expect(problem.errors.map(({ pointer }) => pointer)).toEqual(pointers);
  });

  it('keeps the agency’s numbers apart', async () => {
    const { id } = await jobs.call('jobs.create', { title: 'With number', reference: 'R-1' });
    await expect(jobs.call('jobs.create', { title: 'Other', reference: 'R-1' })).rejects.toMatchObject({
      code: 'invalid-input',
      errors: [{ pointer: '/reference' }],
    });
    await expect(neighbour.call('jobs.create', { title: 'Theirs', reference: 'R-1' })).resolves.toBeDefined();
    await jobs.call('jobs.update', { id, reference: 'R-1', title: 'Same number again' });
  });

  it('shows nothing of another tenant', async () => {
    const { id } = await jobs.call('jobs.create', { title: 'Ours alone' });
    const attempts = [
      neighbour.call('jobs.get', { id }),
      neighbour.call('jobs.update', { id, title: 'Stolen' }),
      neighbour.call('jobs.publish', { id }),
      neighbour.call('jobs.archive', { id }),
      neighbour.call('jobs.rates', { id }),
      neighbour.call('jobs.set-rates', { id, items: [] }),
      neighbour.call('jobs.requirements', { id }),
      neighbour.call('jobs.pipeline', { id }),
    ];
    for (const outcome of await Promise.allSettled(attempts)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { status: 404, code: 'not-found' } });
    }
    const { items } = await neighbour.call('jobs.list', { text: 'Ours alone' });
    expect(items).toEqual([]);
  });

  it('answers a malformed id without failing', async () => {
    const response = await http.fetch('GET', '/api/p/job-board/jobs/not-an-id');
    expect([400, 404]).toContain(response.status);
  });
});

describe('listing', () => {
  beforeAll(async () => {
    const words = ['Quokka', 'Wombat', 'Numbat', 'Bilby', 'Potoroo'];
    for (const [index, word] of words.entries()) {
      await jobs.call('jobs.create', {
        title: `${word} keeper`,
        city: index % 2 === 0 ? 'Zürich' : '100% Town_',
        country: 'CH',
        employmentType: index === 0 ? 'INTERN' : 'FULL_TIME',
        requiredSkills: [`Marsupial-${word}`],
      });
    }
  });

  it.each<[string, object, number]>([
    ['words at the beginning', { text: 'marsup keep' }, 5],
    ['words without accents', { text: 'zurich keeper' }, 3],
    ['words that do not occur together', { text: 'quokka numbat' }, 0],
    ['what looks like an operator', { text: "keeper & !'x' | :*" }, 0],
    ['a place, taken literally', { text: 'keeper', location: '100% town_' }, 2],
    ['a wildcard, taken literally', { text: 'keeper', location: '%rich' }, 0],
    ['a type', { text: 'keeper', employmentType: 'INTERN' }, 1],
    ['a status', { text: 'keeper', status: 'draft' }, 5],
    ['another status', { text: 'keeper', status: 'open' }, 0],
  ])('finds by %s', async (_case, filter, count) => {
    const { items } = await jobs.call('jobs.list', filter);
    expect(items).toHaveLength(count);
  });

  it.each(['newest', 'title', 'applications'] as const)('pages by %s without repeating or skipping', async (sort) => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await jobs.call('jobs.list', {
        text: 'keeper',
        sort,
        limit: 2,
        ...(cursor === undefined ? {} : { cursor }),
      });
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map(({ title }) => title));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(seen).toHaveLength(5);
    expect(new Set(seen).size).toBe(5);
    if (sort === 'title') expect(seen).toEqual(seen.toSorted());
    if (sort === 'newest') expect(seen[0]).toBe('Potoroo keeper');
  });

  it('refuses a cursor of another list', async () => {
    const { nextCursor } = await jobs.call('jobs.list', { text: 'keeper', sort: 'title', limit: 1 });
    await expect(jobs.call('jobs.list', { sort: 'newest', cursor: nextCursor ?? '' })).rejects.toMatchObject({
      code: 'invalid-input',
      errors: [{ pointer: '/cursor' }],
    });
  });

  it.each([
    ['title', 'a\ud800'],
    ['newest', '2026-02-30T00:00:00.000Z'],
    ['newest', '0000-01-01T00:00:00.000Z'],
  ] as const)('refuses a made-up cursor by %s that the database could not read: %j', async (sort, key) => {
    const made = JSON.stringify([`jobs.${sort}`, key, '00000000-0000-4000-8000-000000000000']);
    await expect(jobs.call('jobs.list', { sort, cursor: encodeURIComponent(made) })).rejects.toMatchObject({
      code: 'invalid-input',
      errors: [{ pointer: '/cursor' }],
    });
  });

  it('leaves archived jobs out unless asked for', async () => {
    const { id } = await jobs.call('jobs.create', { title: 'Echidna keeper' });
    await jobs.call('jobs.archive', { id });
    expect((await jobs.call('jobs.list', { text: 'echidna' })).items).toEqual([]);
    expect((await jobs.call('jobs.list', { text: 'echidna', status: 'archived' })).items).toHaveLength(1);
  });

  it('offers jobs to choose from', async () => {
    const { items } = await jobs.call('jobs.options', { query: 'wombat' });
    expect(items).toEqual([expect.objectContaining({ title: 'Wombat keeper', status: 'draft' })]);
  });
});

describe('editing', () => {
  it('changes what is given and nothing else', async () => {
    const { id } = await jobs.call('jobs.create', {
      title: 'First',
      city: 'Chicago',
      salaryMin: 10,
      salaryUnit: 'HOUR',
    });
    const state = await jobs.call('jobs.update', { id, revision: 1, city: null, openings: 3 });
    expect(state.revision).toBe(2);
    const job = await jobs.call('jobs.get', { id });
    expect(job).toMatchObject({ title: 'First', city: null, openings: 3, salaryMin: 10, salaryCurrency: 'USD' });
  });

  it('refuses a change on top of somebody else’s', async () => {
    const { id } = await jobs.call('jobs.create', { title: 'Contended' });
    await jobs.call('jobs.update', { id, revision: 1, title: 'Theirs' });
    await expect(jobs.call('jobs.update', { id, revision: 1, title: 'Mine' })).rejects.toMatchObject({
      status: 409,
      reason: 'stale-revision',
    });
  });

  it('lets one of two at the same moment win', async () => {
    const { id } = await jobs.call('jobs.create', { title: 'Race' });
    const outcomes = await Promise.allSettled(
      [1, 2, 3, 4].map((n) => jobs.call('jobs.update', { id, revision: 1, openings: n })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ reason: 'stale-revision' });
    }
  });

  it('checks the whole job, not only what was sent', async () => {
    const { id } = await jobs.call('jobs.create', { title: 'Pay', salaryMin: 100, salaryUnit: 'HOUR' });
    await expect(jobs.call('jobs.update', { id, salaryMax: 50 })).rejects.toMatchObject({
      errors: [{ pointer: '/salaryMax' }],
    });
  });

  it('moves the address with the title until the job has been public', async () => {
    const { id } = await jobs.call('jobs.create', { title: 'Old name', ...complete });
    expect((await jobs.call('jobs.update', { id, title: 'New name' })).slug).toBe('new-name');
    await jobs.call('jobs.publish', { id });
    expect((await jobs.call('jobs.update', { id, title: 'Newest name' })).slug).toBe('new-name');
    expect((await jobs.call('jobs.update', { id, slug: 'chosen' })).slug).toBe('chosen');
  });

  it('refuses a chosen address that is taken', async () => {
    await jobs.call('jobs.create', { title: 'Taken address' });
    const { id } = await jobs.call('jobs.create', { title: 'Wants it' });
    await expect(jobs.call('jobs.update', { id, slug: 'taken-address' })).rejects.toMatchObject({
      errors: [{ pointer: '/slug' }],
    });
  });

  it('does not let an open job become one that could not be published', async () => {
    const { id } = await open('Stays whole');
    await expect(jobs.call('jobs.update', { id, description: '' })).rejects.toMatchObject({
      reason: 'not-publishable',
      errors: [{ pointer: '/description' }],
    });
  });
});

describe('the life of a job', () => {
  it('names what keeps it from being published', async () => {
    const { id } = await jobs.call('jobs.create', { title: 'Incomplete' });
    await expect(jobs.call('jobs.publish', { id })).rejects.toMatchObject({
      status: 422,
      reason: 'not-publishable',
      errors: [{ pointer: '/description' }, { pointer: '/city' }, { pointer: '/country' }],
    });
  });

  it('opens with a deadline from the settings, pauses, closes and opens again', async () => {
    const { id } = await open('Life');
    const opened = await jobs.call('jobs.get', { id });
    expect(opened.status).toBe('open');
    const days = (Date.parse(`${opened.deadline}T00:00:00Z`) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(58);
    expect(days).toBeLessThanOrEqual(60);
    await jobs.call('jobs.pause', { id });
    await jobs.call('jobs.reopen', { id });
    await jobs.call('jobs.close', { id, filled: true });
    const filled = await jobs.call('jobs.get', { id });
    expect(filled).toMatchObject({ status: 'filled', publishedAt: opened.publishedAt });
    expect(filled.closedAt).not.toBeNull();
    await jobs.call('jobs.reopen', { id });
    expect((await jobs.call('jobs.get', { id })).closedAt).toBeNull();
  });

  it.each([
    ['jobs.publish', 'open'],
    ['jobs.reopen', 'open'],
    ['jobs.archive', 'open'],
    ['jobs.pause', 'draft'],
    ['jobs.close', 'draft'],
    ['jobs.reopen', 'draft'],
  ] as const)('refuses %s of a job that is %s', async (action, status) => {
    const { id } =
      status === 'open' ? await open('Impossible') : await jobs.call('jobs.create', { title: 'Impossible' });
    await expect(jobs.call(action, { id })).rejects.toMatchObject({ status: 409, reason: 'wrong-status' });
  });

  it('does not reopen after the deadline', async () => {
    const { id } = await open('Too late');
    await jobs.call('jobs.close', { id });
    await jobs.call('jobs.update', { id, deadline: '2020-01-01' });
    await expect(jobs.call('jobs.reopen', { id })).rejects.toMatchObject({ errors: [{ pointer: '/deadline' }] });
  });
});

describe('permissions', () => {
  it('are asked for: a viewer reads, a manager does not write', async () => {
    const { id } = await jobs.call('jobs.create', { title: 'Guarded' });
    const viewer = (await platform.as('viewer')).plugin<Contract>('job-board');
    const manager = (await platform.as('manager')).plugin<Contract>('job-board');
    await expect(viewer.call('jobs.get', { id })).resolves.toBeDefined();
    const attempts = [
      viewer.call('applications.list', {}),
      viewer.call('candidates.list', {}),
      viewer.call('jobs.rates', { id }),
      manager.call('jobs.create', { title: 'No' }),
      manager.call('jobs.publish', { id }),
    ];
    for (const outcome of await Promise.allSettled(attempts)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { status: 403, code: 'forbidden' } });
    }
  });

  it('turn visitors away', async () => {
    const response = await platform.visitor().fetch('GET', '/api/p/job-board/jobs');
    expect(response.status).toBe(401);
  });
});

describe('bill rates', () => {
  const rate = { code: 'REG', rate: 9800, currency: 'USD', unit: 'HOUR' } as const;

  it('are kept apart from the job', async () => {
    const { id } = await jobs.call('jobs.create', { title: 'Billed' });
    await jobs.call('jobs.set-rates', { id, items: [rate, { ...rate, code: ' OT ', rate: 13_000 }] });
    expect((await jobs.call('jobs.rates', { id })).items.map(({ code }) => code)).toEqual(['OT', 'REG']);
    await jobs.call('jobs.set-rates', { id, items: [rate] });
    expect((await jobs.call('jobs.rates', { id })).items).toEqual([rate]);
    expect(JSON.stringify(await jobs.call('jobs.get', { id }))).not.toContain('9800');
  });

  it('have distinct codes', async () => {
    const { id } = await jobs.call('jobs.create', { title: 'Billed twice' });
    await expect(jobs.call('jobs.set-rates', { id, items: [rate, rate] })).rejects.toMatchObject({
      errors: [{ pointer: '/items/1/code' }],
    });
  });
});

describe('the nightly closing', () => {
  it('leaves open what still takes applications today, and everything that is not open', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const last = await open('Last day', { deadline: today });
    const long = await open('Long yet', { deadline: '2099-12-31' });
    const paused = await open('Resting');
    await jobs.call('jobs.pause', { id: paused.id });
    // With a deadline long past, which an open job cannot be given.
    await jobs.call('jobs.update', { id: paused.id, deadline: '2020-01-01' });
    await platform.runSchedule('job-board', 'close-expired-jobs');
    const states = await Promise.all(
      [last, long, paused].map(async ({ id }) => (await jobs.call('jobs.get', { id })).status),
    );
    expect(states).toEqual(['open', 'open', 'paused']);
    const admin = await platform.as('admin');
    const schedules = await admin.json<{ items: object[] }>('GET', '/api/plugins/job-board/schedules');
    expect(schedules.items).toMatchObject([
      { name: 'close-expired-jobs', cron: '5 0 * * *', lastRun: { outcome: 'done' } },
    ]);
  });

  it('is no action that people or visitors can call', async () => {
    const admin = await platform.as('admin');
    for (const client of [admin, platform.visitor()]) {
      const response = await client.fetch('POST', '/api/p/job-board/actions/jobs.close-expired', { body: {} });
      expect(response.status).toBe(404);
    }
  });
});
