import { join } from 'node:path';
import { ApiProblem, type Platform, startPlatform } from '@bazaar/sdk/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

vi.setConfig({ hookTimeout: 120_000, testTimeout: 60_000 });

const FIXTURES = join(import.meta.dirname, '../fixtures/plugins');
let platform: Platform;

beforeAll(async () => {
  platform = await startPlatform({ plugins: [join(FIXTURES, 'clockwork'), join(FIXTURES, 'notes')] });
});

afterAll(() => platform.stop());

interface Schedules {
  items: { name: string; nextDue: string; lastRun: { outcome: string; detail: string | null } | null }[];
}

async function schedules(tenant = 'first', plugin = 'clockwork'): Promise<Schedules> {
  return (await platform.as('admin', tenant)).json('GET', `/api/plugins/${plugin}/schedules`);
}

function nightly({ items }: Schedules): Schedules['items'][number] | undefined {
  return items.find(({ name }) => name === 'nightly');
}

async function ticks(tenant = 'first'): Promise<{ label: string }[]> {
  return (await platform.as('admin', tenant)).call('clockwork.ticks.list');
}

const RUN = '/api/operator/plugins/clockwork/schedules/nightly/run';

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => new Error('not refused'),
    (reason: unknown) => reason,
  );
  return error instanceof ApiProblem ? `${error.status} ${error.code}` : String(error);
}

describe('the schedules of a plugin', () => {
  it('are shown with their next time and their last run in this tenant', async () => {
    const before = await schedules();
    expect(before.items).toEqual([
      expect.objectContaining({ name: 'leap-day', nextDue: expect.stringMatching(/-02-29T00:00:00\.000Z$/) }),
      {
        name: 'nightly',
        action: 'tick',
        summary: 'Writes down that it was run',
        cron: '15 2 * * *',
        nextDue: expect.stringMatching(/T02:15:00\.000Z$/),
        waiting: null,
        lastRun: null,
      },
    ]);
    expect(Date.parse(nightly(before)?.nextDue ?? '')).toBeGreaterThan(Date.now());

    await platform.runSchedule('clockwork', 'nightly');
    expect(await ticks()).toMatchObject([{ label: 'night' }]);
    expect(nightly(await schedules())?.lastRun).toEqual({
      due: null,
      startedAt: expect.stringMatching(/Z$/),
      finishedAt: expect.stringMatching(/Z$/),
      outcome: 'done',
      attempts: 1,
      detail: null,
      version: '1.0.0',
    });
    expect(await ticks('second')).toEqual([]);
    expect(nightly(await schedules('second'))?.lastRun).toBeNull();
  });

  it('are none of a plugin without any, and are not shown to everybody', async () => {
    expect(await schedules('first', 'notes')).toEqual({ items: [] });
    expect(await refusal(schedules('first', 'nothing'))).toBe('404 not-found');
    const viewer = await platform.as('viewer');
    expect(await refusal(viewer.json('GET', '/api/plugins/clockwork/schedules'))).toBe('403 forbidden');
    expect(await refusal(platform.visitor().json('GET', '/api/plugins/clockwork/schedules'))).toBe(
      '401 unauthenticated',
    );
  });
});

describe('running a schedule now', () => {
  it('is for operators, and audited in the tenant', async () => {
    const owner = await platform.as('owner');
    expect(await refusal(owner.json('POST', RUN, { body: { tenant: 'first' } }))).toBe('403 forbidden');
    await platform.runSchedule('clockwork', 'leap-day', 'second');
    expect(await ticks('second')).toMatchObject([{ label: 'leap' }]);
    const admin = await platform.as('admin', 'second');
    const { items } = await admin.json<{ items: { action: string }[] }>('GET', '/api/audit');
    expect(items.map(({ action }) => action)).toEqual(expect.arrayContaining(['schedule.run', 'clockwork.tick']));
  });

  it.each([
    ['an unknown plugin', '/api/operator/plugins/nothing/schedules/nightly/run', { tenant: 'first' }, '404 not-found'],
    ['an unknown schedule', '/api/operator/plugins/clockwork/schedules/x/run', { tenant: 'first' }, '404 not-found'],
    ['an unknown tenant', RUN, { tenant: 'nobody' }, '404 not-found'],
    ['a tenant of junk', RUN, { tenant: "'; drop--" }, '404 not-found'],
    ['no tenant', RUN, {}, '400 invalid-input'],
  ])('refuses %s', async (_what, path, body, expected) => {
    const operator = await platform.operator();
    expect(await refusal(operator.json('POST', path, { body }))).toBe(expected);
  });

  it('says why there was nothing to do', async () => {
    const admin = await platform.as('admin', 'second');
    await admin.json('POST', '/api/plugins/clockwork/disable');
    try {
      await expect(platform.runSchedule('clockwork', 'nightly', 'second')).rejects.toThrow(
        'clockwork: schedule "nightly" skipped: The plugin is switched off.',
      );
      expect(nightly(await schedules('second'))?.lastRun).toMatchObject({ outcome: 'skipped' });
    } finally {
      await admin.json('POST', '/api/plugins/clockwork/enable');
    }
  });
});

it('an action that only schedules run cannot be reached from outside', async () => {
  const admin = await platform.as('admin');
  expect(await refusal(admin.json('POST', '/api/p/clockwork/actions/tick', { body: {} }))).toBe('404 not-found');
});
