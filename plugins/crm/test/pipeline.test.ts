import { type ApiClient, type Platform, type PluginClient, startPlatform } from '@bazaar/sdk/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Contract } from '../src/contract.generated.ts';

type Stage = Contract['actions']['leads.move']['input']['stage'];

let platform: Platform;
let owner: ApiClient;
let leads: PluginClient<Contract>;

beforeAll(async () => {
  platform = await startPlatform({ plugins: [`${import.meta.dirname}/..`] });
  owner = await platform.as('owner');
  leads = (await platform.as('sales')).plugin('crm');
});
afterAll(() => platform?.stop());

async function lead(company: string, stages: Stage[] = [], more: object = {}): Promise<string> {
  const { id } = await leads.call('leads.create', { company, ...more });
  for (const stage of stages) await leads.call('leads.move', { id, stage });
  return id;
}

describe('the figures', () => {
  it('begin with nothing', async () => {
    expect(await leads.call('leads.pipeline')).toEqual({ currency: 'EUR', stages: [] });
  });

  it('sum what is open, by stage, weighted with the probability', async () => {
    await lead('One', [], { estimatedValue: 10_000, probability: 50 });
    await lead('Two', [], { estimatedValue: 5_001, probability: 10 });
    await lead('Worth nobody knows what');
    await lead('Far', ['contacted', 'proposal'], { estimatedValue: 900_000_000_000, probability: 100 });
    await lead('Won', ['converted'], { estimatedValue: 77 });
    await lead('Gone', ['lost'], { estimatedValue: 77 });
    const { stages } = await leads.call('leads.pipeline');
    expect(stages.toSorted((a, b) => a.stage.localeCompare(b.stage))).toEqual([
      { stage: 'new', leads: 3, estimatedValue: 15_001, weightedValue: 5_500 },
      { stage: 'proposal', leads: 1, estimatedValue: 900_000_000_000, weightedValue: 900_000_000_000 },
    ]);
  });

  it('are each tenant’s own', async () => {
    const neighbour = (await platform.as('sales', 'second')).plugin<Contract>('crm');
    expect((await neighbour.call('leads.pipeline')).stages).toEqual([]);
  });

  it('are in the currency of the tenant’s settings', async () => {
    const settings = '/api/plugins/crm/settings';
    await expect(owner.json('PUT', settings, { body: { values: { currency: 'euro' } } })).rejects.toMatchObject({
      status: 400,
      errors: [expect.objectContaining({ pointer: '/values/currency' })],
    });
    await owner.json('PUT', settings, { body: { values: { currency: 'CHF' } } });
    await expect.poll(async () => (await leads.call('leads.pipeline')).currency).toBe('CHF');
    const neighbour = (await platform.as('sales', 'second')).plugin<Contract>('crm');
    expect((await neighbour.call('leads.pipeline')).currency).toBe('EUR');
  });
});

describe('moving', () => {
  it('writes down the way', async () => {
    const id = await lead('Walker', ['contacted', 'qualified']);
    expect(await leads.call('leads.move', { id, stage: 'lost', remark: 'No budget' })).toEqual({ id, stage: 'lost' });
    const { lead: now, moves } = await leads.call('leads.get', { id });
    expect(now.stage).toBe('lost');
    expect(moves.map(({ fromStage, toStage, remark }) => [fromStage, toStage, remark])).toEqual([
      [null, 'new', null],
      ['new', 'contacted', null],
      ['contacted', 'qualified', null],
      ['qualified', 'lost', 'No budget'],
    ]);
  });

  it.each<[string, Stage[], Stage, RegExp]>([
    ['to where it is', [], 'new', /already/],
    ['what became a client', ['converted'], 'lost', /client/],
    ['what was lost, to its end', ['lost'], 'converted', /taken up again/],
  ])('refuses %s', async (_case, before, stage, reason) => {
    const id = await lead('Stubborn', before);
    const { moves } = await leads.call('leads.get', { id });
    await expect(leads.call('leads.move', { id, stage })).rejects.toMatchObject({
      status: 409,
      reason: 'move-refused',
      message: expect.stringMatching(reason) as unknown,
    });
    expect((await leads.call('leads.get', { id })).moves).toEqual(moves);
  });

  it('takes up again what was lost', async () => {
    const id = await lead('Second chance', ['lost', 'contacted']);
    expect((await leads.call('leads.get', { id })).lead.stage).toBe('contacted');
  });

  it('refuses stages that there are not', async () => {
    const id = await lead('Lost in space');
    const response = await owner.fetch('POST', `/api/p/crm/leads/${id}/move`, { body: { stage: 'orbit' } });
    const problem = (await response.json()) as { errors: { pointer: string }[] };
    expect([response.status, problem.errors.map(({ pointer }) => pointer)]).toEqual([400, ['/stage']]);
  });

  it('happens once when two people do it at once', async () => {
    const id = await lead('Contended');
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, () => leads.call('leads.move', { id, stage: 'contacted' })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes.filter((each) => each.status === 'rejected')) {
      expect(outcome.reason).toMatchObject({ status: 409 });
      expect(['move-refused', 'moved-meanwhile']).toContain(outcome.reason.reason);
    }
    expect((await leads.call('leads.get', { id })).moves).toHaveLength(2);
  });
});
