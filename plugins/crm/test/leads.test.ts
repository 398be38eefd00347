import { type ApiClient, type Platform, type PluginClient, startPlatform } from '@bazaar/sdk/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Contract } from '../src/contract.generated.ts';

let platform: Platform;
let http: ApiClient;
let leads: PluginClient<Contract>;
let neighbour: PluginClient<Contract>;

beforeAll(async () => {
  platform = await startPlatform({ plugins: [`${import.meta.dirname}/..`] });
  http = await platform.as('sales');
  leads = http.plugin('crm');
  neighbour = (await platform.as('sales', 'second')).plugin('crm');
});
afterAll(() => platform?.stop());

async function refused(method: string, path: string, body: object) {
  const response = await http.fetch(method, `/api/p/crm${path}`, { body });
  const { errors = [] } = (await response.json()) as { errors?: { pointer: string; message: string }[] };
  return { status: response.status, pointers: errors.map(({ pointer }) => pointer) };
}

describe('adding and reading', () => {
  it('begins a lead as new, with its first step in the history', async () => {
    const { id } = await leads.call('leads.create', {
      company: '  Kontor Nord GmbH ',
      contactName: 'Jana Brückner',
      contactEmail: 'jana@kontor.example',
      serviceType: 'executive_search',
      estimatedValue: 4_500_000,
      probability: 30,
      expectedCloseDate: '2027-02-28',
      nextFollowUp: '2026-12-01',
      source: 'Fair',
      notes: 'Asked for three candidates.\nCall after lunch.',
    });
    const { lead, moves } = await leads.call('leads.get', { id });
    expect(lead).toMatchObject({
      id,
      company: 'Kontor Nord GmbH',
      contactName: 'Jana Brückner',
      contactPhone: null,
      serviceType: 'executive_search',
      stage: 'new',
      estimatedValue: 4_500_000,
      probability: 30,
      expectedCloseDate: '2027-02-28',
      nextFollowUp: '2026-12-01',
      notes: 'Asked for three candidates.\nCall after lunch.',
    });
    expect(Object.keys(lead)).not.toContain('tenantId');
    expect(Date.parse(lead.createdAt)).not.toBeNaN();
    expect(moves).toEqual([expect.objectContaining({ fromStage: null, toStage: 'new', remark: null })]);
  });

  it('needs no more than a company', async () => {
    const { id } = await leads.call('leads.create', { company: 'Bare' });
    const { lead } = await leads.call('leads.get', { id });
    expect(lead).toMatchObject({ serviceType: 'permanent', probability: 10, estimatedValue: null, nextFollowUp: null });
  });

  it.each<[string, object, string[]]>([
    ['no company', {}, ['/company']],
    ['an empty company', { company: '' }, ['/company']],
    ['a company of blanks', { company: ' \t ' }, ['/company']],
    ['a company that never ends', { company: 'x'.repeat(201) }, ['/company']],
    ['an address that is none', { company: 'Any', contactEmail: 'jana' }, ['/contactEmail']],
    ['a value below zero', { company: 'Any', estimatedValue: -1 }, ['/estimatedValue']],
    ['a broken value', { company: 'Any', estimatedValue: 10.5 }, ['/estimatedValue']],
    ['more than certainty', { company: 'Any', probability: 101 }, ['/probability']],
    ['a day that is none', { company: 'Any', nextFollowUp: '2026-02-30' }, ['/nextFollowUp']],
    ['a service nobody offers', { company: 'Any', serviceType: 'piracy' }, ['/serviceType']],
    ['a stage of one’s own choice', { company: 'Any', stage: 'converted' }, ['/stage']],
    ['several mistakes at once', { company: '', probability: 'half' }, ['/company', '/probability']],
  ])('refuses %s beside the field', async (_case, body, pointers) => {
    expect(await refused('POST', '/leads', body)).toEqual({ status: 400, pointers });
  });

  it('takes texts that look like something else as they are', async () => {
    const company = `'; drop table leads; -- <b>&amp; \\ %_ 株式会社 🧭`;
    const { id } = await leads.call('leads.create', { company });
    expect((await leads.call('leads.get', { id })).lead.company).toBe(company);
  });
});

describe('changing', () => {
  it('changes what is given and nothing else', async () => {
    const { id } = await leads.call('leads.create', { company: 'Before', contactPhone: '1', source: 'Fair' });
    const { lead: before } = await leads.call('leads.get', { id });
    await leads.call('leads.update', { id, company: ' After ', contactPhone: null, probability: 0 });
    const { lead, moves } = await leads.call('leads.get', { id });
    expect(lead).toEqual({
      ...before,
      company: 'After',
      contactPhone: null,
      probability: 0,
      updatedAt: lead.updatedAt,
    });
    expect(Date.parse(lead.updatedAt)).toBeGreaterThan(Date.parse(before.updatedAt));
    expect(moves).toHaveLength(1);
  });

  it.each<[string, object, string[]]>([
    ['a company of blanks', { company: '  ' }, ['/company']],
    ['no company', { company: null }, ['/company']],
    ['an address that is none', { contactEmail: 'at home' }, ['/contactEmail']],
    ['a stage, which is moved', { stage: 'lost' }, ['/stage']],
    ['its own beginning', { createdAt: '2020-01-01T00:00:00.000Z' }, ['/createdAt']],
  ])('refuses %s', async (_case, body, pointers) => {
    const { id } = await leads.call('leads.create', { company: 'Steady' });
    expect(await refused('PATCH', `/leads/${id}`, body)).toEqual({ status: 400, pointers });
    expect((await leads.call('leads.get', { id })).lead).toMatchObject({ company: 'Steady', stage: 'new' });
  });

  it('refuses a change of nothing', async () => {
    const { id } = await leads.call('leads.create', { company: 'Steady' });
    expect((await refused('PATCH', `/leads/${id}`, {})).status).toBe(400);
  });
});

describe('who looks after a lead', () => {
  let ownName: string;
  let recruiter: { id: string; name: string };

  beforeAll(async () => {
    const { user } = await http.json<{ user: { name: string } }>('GET', '/api/me');
    ownName = user.name;
    const { items } = await leads.call('owners.list', { text: 'RECRUITER' });
    expect(items).toEqual([{ id: expect.any(String) as unknown, name: 'recruiter of first' }]);
    recruiter = items[0] as typeof recruiter;
  });

  it('is whoever adds it, somebody else, or nobody', async () => {
    const ownerOf = async (input: object) => {
      const { id } = await leads.call('leads.create', { company: 'Looked after', ...input });
      return (await leads.call('leads.get', { id })).lead.owner?.name;
    };
    expect(await ownerOf({})).toBe(ownName);
    expect(await ownerOf({ ownerId: recruiter.id })).toBe(recruiter.name);
    expect(await ownerOf({ ownerId: null })).toBeUndefined();
  });

  it('changes, and finds the lead', async () => {
    const { id } = await leads.call('leads.create', { company: 'Handed over' });
    const found = async (ownerId: string) => {
      const { items } = await leads.call('leads.list', { text: 'Handed over', ownerId });
      return items.map(({ owner }) => owner);
    };
    await leads.call('leads.update', { id, ownerId: recruiter.id });
    expect(await found(recruiter.id)).toEqual([recruiter]);
    await leads.call('leads.update', { id, ownerId: null });
    expect(await found(recruiter.id)).toEqual([]);
  });

  it('is nobody of another tenant, and nobody unknown', async () => {
    const { items } = await neighbour.call('owners.list', { text: 'recruiter' });
    for (const ownerId of [items[0]?.id, crypto.randomUUID()]) {
      expect(await refused('POST', '/leads', { company: 'Any', ownerId })).toEqual({
        status: 400,
        pointers: ['/ownerId'],
      });
    }
    const everybody = await leads.call('owners.list', { limit: 100 });
    expect(everybody.items.map(({ name }) => name)).toEqual(
      ['admin', 'manager', 'owner', 'recruiter', 'sales', 'viewer'].map((role) => `${role} of first`),
    );
  });

  it('is chosen by those who may change leads', async () => {
    const client = (await platform.as('recruiter')).plugin<Contract>('crm');
    await expect(client.call('owners.list')).rejects.toMatchObject({ status: 403 });
  });
});

describe('listing', () => {
  beforeAll(async () => {
    for (const number of [1, 2, 3, 4, 5]) {
      const { id } = await leads.call('leads.create', { company: `Listed ${number} 100%_` });
      if (number > 3) await leads.call('leads.move', { id, stage: 'contacted' });
    }
  });

  it.each<[string, object, number]>([
    ['part of the name', { text: 'listed' }, 5],
    ['a stage', { text: 'listed', stage: 'contacted' }, 2],
    ['another stage', { text: 'listed', stage: 'lost' }, 0],
    ['wildcards, taken literally', { text: '0%_' }, 5],
    ['a wildcard that nothing contains', { text: 'L%d' }, 0],
  ])('finds by %s', async (_case, filter, count) => {
    expect((await leads.call('leads.list', filter)).items).toHaveLength(count);
  });

  it('pages from the newest without repeating or skipping', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await leads.call('leads.list', { text: 'listed', limit: 2, ...(cursor ? { cursor } : {}) });
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map(({ company }) => company));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(seen).toEqual([5, 4, 3, 2, 1].map((number) => `Listed ${number} 100%_`));
  });

  it('refuses a cursor that is none, and pages that are too long', async () => {
    await expect(leads.call('leads.list', { cursor: 'nonsense' })).rejects.toMatchObject({ status: 400 });
    await expect(leads.call('leads.list', { limit: 101 })).rejects.toMatchObject({
      status: 400,
      errors: [{ pointer: '/limit' }],
    });
  });
});

describe('who may', () => {
  it('is said by roles: recruiters look, viewers and visitors do not', async () => {
    const { id } = await leads.call('leads.create', { company: 'Guarded' });
    const recruiter = (await platform.as('recruiter')).plugin<Contract>('crm');
    const viewer = (await platform.as('viewer')).plugin<Contract>('crm');
    const visitor = platform.visitor().plugin<Contract>('crm');
    expect((await recruiter.call('leads.get', { id })).lead.company).toBe('Guarded');
    expect(await recruiter.call('leads.pipeline')).toBeDefined();
    for (const [client, status] of [
      [viewer, 403],
      [visitor, 401],
    ] as const) {
      await expect(client.call('leads.list')).rejects.toMatchObject({ status });
      await expect(client.call('leads.get', { id })).rejects.toMatchObject({ status });
      await expect(client.call('leads.pipeline')).rejects.toMatchObject({ status });
    }
    for (const client of [recruiter, viewer]) {
      const attempts = [
        client.call('leads.create', { company: 'Not mine' }),
        client.call('leads.update', { id, company: 'Not mine' }),
        client.call('leads.move', { id, stage: 'lost' }),
      ];
      for (const outcome of await Promise.allSettled(attempts)) {
        expect(outcome).toMatchObject({ status: 'rejected', reason: { status: 403, code: 'forbidden' } });
      }
    }
    expect((await leads.call('leads.get', { id })).lead).toMatchObject({ company: 'Guarded', stage: 'new' });
  });

  it.each(['owner', 'admin', 'manager', 'sales'] as const)('%s may add leads', async (role) => {
    const client = (await platform.as(role)).plugin<Contract>('crm');
    await expect(client.call('leads.create', { company: `By ${role}` })).resolves.toBeDefined();
  });

  it('shows nothing of another tenant', async () => {
    const { id } = await leads.call('leads.create', { company: 'Ours alone' });
    const attempts = [
      neighbour.call('leads.get', { id }),
      neighbour.call('leads.update', { id, company: 'Stolen' }),
      neighbour.call('leads.move', { id, stage: 'lost' }),
    ];
    for (const outcome of await Promise.allSettled(attempts)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { status: 404, code: 'not-found' } });
    }
    expect((await neighbour.call('leads.list', { text: 'Ours alone' })).items).toEqual([]);
    expect((await leads.call('leads.get', { id })).lead).toMatchObject({ company: 'Ours alone', stage: 'new' });
  });

  it('answers ids that are unknown or malformed without failing', async () => {
    await expect(leads.call('leads.get', { id: crypto.randomUUID() })).rejects.toMatchObject({ status: 404 });
    const response = await http.fetch('GET', '/api/p/crm/leads/not-an-id');
    expect([400, 404]).toContain(response.status);
  });
});

describe('somebody who leaves and is forgotten', () => {
  it('is told which leads they look after, and looks after none in the end', async () => {
    const email = 'manager@first.test';
    const { id: ownerId } = (await platform.signIn(email)).user;
    const { id } = await leads.call('leads.create', { company: 'Left behind', ownerId, contactName: 'Kim' });
    const admin = await platform.as('admin');
    const { parts } = await admin.json<{ parts: object[] }>('POST', '/api/privacy/preview', { body: { email } });
    expect(parts).toEqual([
      expect.objectContaining({
        part: 'crm',
        // With the one they added before.
        collections: [expect.objectContaining({ title: 'Leads that you look after', count: 2 })],
      }),
    ]);
    const erasure = { body: { email, confirm: email } };
    const request = await admin.json<{ id: string }>('POST', '/api/privacy/erasures', erasure);
    const state = async () => admin.json<{ state: string }>('GET', `/api/privacy/requests/${request.id}`);
    await expect.poll(state, { timeout: 60_000 }).toMatchObject({ state: 'done' });
    expect((await leads.call('leads.get', { id })).lead).toMatchObject({ owner: null, contactName: 'Kim' });
  });
});
