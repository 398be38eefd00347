import type { JsonObject } from '@bazaar/sdk';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FloodPlatform, startFloodPlatform } from './support.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

interface LastMinute {
  cpuMs: number;
  databaseMs: number;
  hostCalls: number;
  bytesOut: number;
  events: number;
  logLines: number;
}

interface Refusal {
  status: number;
  code: string;
  reason: string;
  detail: string;
}

describe.each(['inline', 'sandbox'] as const)('%s', (tier) => {
  let flood: FloodPlatform;
  beforeAll(async () => {
    flood = await startFloodPlatform(tier, ['notes']);
    // The first call brings the plugin to life, which is not what is tried here.
    expect((await flood.flood('ask', { count: 1 })).status).toBe(200);
    await flood.flood('ask', { count: 1 }, 'second');
  });
  afterAll(() => flood.platform.stop());
  beforeEach(() => flood.limit({}));

  async function refused(action: string, input: JsonObject, tenant?: string): Promise<Refusal> {
    const response = await flood.flood(action, input, tenant);
    const body = (await response.json()) as Refusal;
    expect(body, JSON.stringify(body)).toMatchObject({ status: 429, code: 'quota-exceeded' });
    const retryAfter = response.headers.get('Retry-After');
    if (/^quota-(call|storage)-/.test(body.reason)) expect(retryAfter).toBeNull();
    else expect(Number(retryAfter)).toBeGreaterThan(0);
    return body;
  }

  describe('one call is stopped', () => {
    it.each<[string, JsonObject, string, JsonObject, string, string]>([
      ['asks too often', { hostCalls: 50 }, 'ask', { count: 51 }, 'quota-call-host-calls', '50 host calls'],
      ['writes too many rows', { rows: 300 }, 'fill', { count: 400 }, 'quota-call-rows', '300 rows'],
    ])('that %s', async (_what, call, action, input, reason, words) => {
      await flood.limit({ call });
      const refusal = await refused(action, input);
      expect(refusal.reason).toBe(reason);
      expect(refusal.detail).toContain(words);
      // The other tenant, and the next call, are free to do what they may.
      expect((await flood.flood('ask', { count: 2 })).status).toBe(200);
    });

    it('that reads too many rows; and nothing is left of what it wrote', async () => {
      expect((await flood.flood('fill', { count: 200 }, 'second')).status).toBe(200);
      await flood.limit({ call: { rows: 300 } });
      expect(await (await flood.flood('look', { times: 3 }, 'second')).json()).toBe(300);
      expect((await refused('look', { times: 4 }, 'second')).reason).toBe('quota-call-rows');
      await flood.limit({});
      const before = await flood.metric(rows('written'));
      await flood.limit({ call: { hostCalls: 2 } });
      await refused('fill', { count: 300 }, 'second');
      expect(await flood.metric(rows('written'))).toBe(before + 200);
      await flood.limit({});
      expect(await (await flood.flood('look', { times: 3 }, 'second')).json()).toBe(300);
    });

    it('that has the database write too many rows by itself', async () => {
      await flood.limit({ call: { rows: 300 } });
      expect((await flood.flood('fill', { count: 100 })).status).toBe(200);
      // 100, 200 and 400 more at least: what reaches the limit goes through.
      expect((await refused('double', { times: 4 })).reason).toBe('quota-call-rows');
      expect((await flood.flood('double', { times: 1 })).status).toBe(200);
    });

    it('by the built-in limit of 10,000 host calls', async () => {
      const refusal = await refused('ask', { count: 10_001 });
      expect(refusal.detail).toBe('One call of Flood may use 10,000 host calls and has used them.');
    });
  });

  it('the plugin sees that something is unavailable, and may go on', async () => {
    await flood.limit({ call: { hostCalls: 5 } });
    const answer = await flood.flood('care', { count: 100 });
    expect(await answer.json()).toEqual({
      asked: 5,
      name: 'Problem',
      code: 'unavailable',
      reason: 'quota-exceeded',
    });
  });

  it('a minute is over when it is over: what it allows for all tenants, and for each', async () => {
    const used = await usage('first');
    await flood.limit({ tenant: { hostCalls: used.hostCalls + 10 } });
    const refusal = await refused('ask', { count: 11 });
    expect(refusal.reason).toBe('quota-tenant-host-calls');
    expect(refusal.detail).toMatch(/^Flood may use [\d,]+ host calls a minute in this workspace and has used them\./);
    await refused('ask', { count: 0 });
    expect((await flood.flood('ask', { count: 1 }, 'second')).status).toBe(200);
    await flood.limit({ plugin: { hostCalls: 1 } });
    expect((await refused('ask', { count: 1 }, 'second')).reason).toBe('quota-plugin-host-calls');
  });

  it('results count as bytes out', async () => {
    const { bytesOut } = await usage('first');
    await flood.limit({ tenant: { bytesOut: bytesOut + 100_000 } });
    expect((await flood.flood('swell', { characters: 200_000 })).status).toBe(200);
    const refusal = await refused('swell', { characters: 1 });
    expect(refusal.reason).toBe('quota-tenant-bytes-out');
    expect((await usage('first')).bytesOut).toBeGreaterThanOrEqual(bytesOut + 200_000);
  });

  it('log lines beyond the quota are dropped; the work they describe goes on', async () => {
    const { logLines } = await usage('first');
    await flood.limit({ tenant: { logLines: logLines + 3 } });
    expect((await flood.flood('chat', { count: 20 })).status).toBe(200);
    await vi.waitFor(async () => expect((await usage('first')).logLines).toBe(logLines + 3), 20_000);
  });

  it('only so many calls run at a time', async () => {
    await flood.limit({ tenant: { concurrentCalls: 2 } });
    const waiting = Array.from({ length: 4 }, () => flood.flood('wait', { ms: 1_000 }));
    const statuses = (await Promise.all(waiting)).map(({ status }) => status).sort();
    expect(statuses).toEqual([200, 200, 429, 429]);
    expect((await flood.flood('wait', { ms: 0 })).status).toBe(200);
  });

  it('an event flood is undone; what is emitted within the quota arrives', async () => {
    const { events } = await usage('first');
    await flood.limit({ tenant: { events: events + 5 } });
    expect((await refused('pour', { count: 6, vessel: 'too much' })).reason).toBe('quota-tenant-events');
    await flood.limit({});
    expect((await flood.flood('pour', { count: 3, vessel: 'jug' })).status).toBe(200);
    await vi.waitFor(async () => expect(await flood.metric(handled)).toBe(3), { timeout: 60_000, interval: 200 });
  });

  it('the time of the database is measured, and limited; other plugins have it meanwhile', async () => {
    const { databaseMs } = await usage('first');
    await flood.limit({ call: { databaseMs: 20 } });
    expect((await refused('churn', { rounds: 3_000, times: 2 })).reason).toBe('quota-call-database-ms');
    const after = (await usage('first')).databaseMs;
    expect(after).toBeGreaterThanOrEqual(databaseMs + 20);
    const seconds = await flood.metric('bazaar_plugin_database_seconds_total{plugin="flood",version="1.0.0"}');
    expect(seconds * 1_000).toBeGreaterThanOrEqual(after);

    await flood.limit({ tenant: { databaseMs: Math.ceil(after) + 20 } });
    expect((await flood.flood('churn', { rounds: 3_000 })).status).toBe(200);
    const refusal = await refused('churn', { rounds: 1 });
    expect(refusal.reason).toBe('quota-tenant-database-ms');
    expect(refusal.detail).toMatch(/^Flood may use [\d,]+ ms of database time a minute in this workspace/);
    expect((await flood.flood('churn', { rounds: 1 }, 'second')).status).toBe(200);

    // All have begun when the first of them has used up what there is; a plugin has ten connections.
    await flood.limit({ tenant: { databaseMs: Math.ceil((await usage('first')).databaseMs) + 20 } });
    const crowd = await Promise.all(Array.from({ length: 30 }, () => flood.flood('churn', { rounds: 3_000 })));
    const through = crowd.filter(({ status }) => status === 200).length;
    expect(through).toBeGreaterThan(0);
    expect(through).toBeLessThanOrEqual(10);
    await flood.limit({ plugin: { databaseMs: 1 } });
    expect((await refused('churn', { rounds: 1 }, 'second')).reason).toBe('quota-plugin-database-ms');
    const notes = await (await flood.platform.as('owner')).fetch('GET', '/api/p/notes/notes');
    expect(notes.status).toBe(200);
  });

  it('tables that take as much of the disk as they may can be read and emptied, not filled', async () => {
    expect((await flood.flood('fill', { count: 200 })).status).toBe(200);
    const bytes = () => flood.metric('bazaar_plugin_table_bytes{plugin="flood"}');
    await vi.waitFor(async () => expect(await bytes()).toBeGreaterThan(8_192), { timeout: 60_000, interval: 200 });
    const email = `drop-${tier}@elsewhere.test`;
    const before = await flood.metric(handled);
    expect((await flood.flood('pour', { count: 1, vessel: email })).status).toBe(200);
    await vi.waitFor(async () => expect(await flood.metric(handled)).toBe(before + 1), {
      timeout: 60_000,
      interval: 200,
    });
    await flood.limit({ storage: { tableBytes: 8_192 } });
    for (const tenant of ['first', 'second']) {
      const refusal = await refused('fill', { count: 1 }, tenant);
      expect(refusal.reason).toBe('quota-storage-table-bytes');
      expect(refusal.detail).toContain('8,192 bytes of the disk');
    }
    await refused('double', { times: 1 });
    expect(await erasedOf(email)).toContainEqual({ what: 'Drops', count: 1 });
    expect(await (await flood.flood('look', { times: 1 })).json()).toBe(100);
    expect(await (await flood.flood('drain', {})).json()).toBeGreaterThanOrEqual(200);
    await flood.limit({});
    expect((await flood.flood('fill', { count: 1 })).status).toBe(200);
  });

  if (tier === 'sandbox') {
    it('CPU time is measured, and limited', async () => {
      const { cpuMs } = await usage('first');
      expect((await flood.flood('burn', { ms: 200 })).status).toBe(200);
      const after = (await usage('first')).cpuMs;
      expect(after - cpuMs).toBeGreaterThan(50);
      await flood.limit({ tenant: { cpuMs: Math.ceil(after) } });
      await flood.flood('burn', { ms: 200 });
      expect((await refused('burn', { ms: 1 })).reason).toBe('quota-tenant-cpu-ms');
    });
  }

  const handled = 'bazaar_plugin_calls_total{plugin="flood",version="1.0.0",kind="subscription",outcome="ok"}';
  const rows = (direction: string) =>
    `bazaar_plugin_rows_total{plugin="flood",version="1.0.0",direction="${direction}"}`;

  /** What the certificate says that the plugin has erased of a person, by overwriting it. */
  async function erasedOf(email: string): Promise<unknown> {
    const owner = await flood.platform.as('owner');
    const { id } = await owner.json<{ id: string }>('POST', '/api/privacy/erasures', {
      body: { email, confirm: email },
    });
    const path = `/api/privacy/requests/${id}`;
    await vi.waitFor(
      async () => expect(await owner.json('GET', path)).toMatchObject({ state: 'done', hasCertificate: true }),
      { timeout: 60_000, interval: 200 },
    );
    const { certificate } = await owner.json<{ certificate: { totals: { erased: unknown } } }>(
      'GET',
      `${path}/certificate`,
    );
    return certificate.totals.erased;
  }

  async function usage(tenant: string): Promise<LastMinute> {
    const owner = await flood.platform.as('owner', tenant);
    const { lastMinute } = await owner.json<{ lastMinute: LastMinute }>('GET', '/api/plugins/flood/usage');
    return lastMinute;
  }
});
