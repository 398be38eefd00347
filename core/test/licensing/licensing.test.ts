import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/data/index.ts';
import { createTestTenant, eventually, signIn } from '../support/people.ts';
import { createTestDatabase, silentLogger, type TestDatabase } from '../support/test-database.ts';
import { manifest, startTestNode, type TestNode } from '../support/test-node.ts';

const DAY = 86_400_000;

const JOBS = manifest('job-board', {
  name: 'Job board',
  icon: 'briefcase',
  pricing: { currency: 'EUR', monthly: 4900, trialDays: 30 },
  capabilities: [{ capability: 'files', reason: 'Keeps applicants’ CVs' }],
  permissions: [{ name: 'jobs.read', title: 'See jobs' }],
  settings: { type: 'object' },
});
const CVS = manifest('cv-analysis', { name: 'CV analysis', requires: { 'job-board': '^1.0.0' } });
const NO_TRIAL = manifest('paid-only', { pricing: { currency: 'EUR', oneTime: 100, trialDays: 0 } });

let test: TestDatabase;
let node: TestNode;
let far: TestNode;
let closeFar: () => Promise<void>;
let tenants = 0;
const clock = { ahead: 0 };

beforeAll(async () => {
  test = await createTestDatabase();
  const connection = { connection: test.connection };
  const elsewhere = await openDatabase({ server: connection, secret: 'secret of the tests', logger: silentLogger });
  const plugins = [JOBS, CVS, NO_TRIAL];
  await test.database.asPlatform((models) => models.Plugin.bulkCreate(plugins.map(({ id }) => ({ id }))));
  node = await startTestNode(test.database, { plugins, clock });
  far = await startTestNode(elsewhere, { plugins, clock });
  closeFar = async () => {
    await far.close();
    await elsewhere.close();
  };
});

afterAll(async () => {
  await closeFar();
  await node.close();
  await test.drop();
});

beforeEach(() => {
  clock.ahead = 0;
  node.pushed.length = 0;
  node.released.length = 0;
});

async function newTenant(): Promise<{ tenantId: string; token: string; viewer: string }> {
  tenants += 1;
  const [owner, viewer] = [`owner@t${tenants}.test`, `viewer@t${tenants}.test`];
  const { tenantId } = await createTestTenant(test.database, `t${tenants}`, { [owner]: 'owner', [viewer]: 'viewer' });
  return { tenantId, token: (await signIn(node, owner)).accessToken, viewer: (await signIn(node, viewer)).accessToken };
}

function startTrial(token: string, plugin = 'job-board', at: TestNode = node) {
  return at.call('POST', `/api/licences/${plugin}/trial`, { token });
}

describe('a trial', () => {
  it('lasts as long as the plugin says, then fades, on every node by the clock alone', async () => {
    const { tenantId, token } = await newTenant();
    const state = async (at: TestNode) => (await at.licensing.licences.decide(tenantId, 'job-board')).state;
    expect([await state(node), await state(far)]).toEqual(['none', 'none']);
    const reply = await startTrial(token);
    expect(reply).toMatchObject({
      status: 201,
      body: { plugin: 'job-board', state: 'trial', plan: 'standard', entitlements: {}, limits: {}, usage: {} },
    });
    expect(Math.abs(Date.parse(String(reply.body.validUntil)) - Date.now() - 30 * DAY)).toBeLessThan(60_000);
    expect(await state(node)).toBe('trial');
    await eventually(async () => (await state(far)) === 'trial');
    for (const [days, expected] of [
      [31, 'grace'],
      [34, 'read-only'],
      [48, 'suspended'],
      [200, 'expired'],
      [1, 'trial'],
    ] as const) {
      clock.ahead = days * DAY;
      expect([await state(node), await state(far)]).toEqual([expected, expected]);
      // What is shown above the pages of a plugin.
      const told = ['grace', 'read-only', 'suspended'].includes(expected);
      const fading = [{ plugin: 'job-board', name: 'Job board', state: expected, until: expect.any(String) }];
      expect(await node.licensing.fading(tenantId)).toEqual(told ? fading : []);
    }
    expect(node.pushed).toEqual([{ tenantId, event: 'licence.changed', payload: { plugin: 'job-board' } }]);
    expect(node.released).toEqual([`${tenantId}/job-board`]);
  });

  it('is given once, however many ask at the same time', async () => {
    const { tenantId, token } = await newTenant();
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, index) => startTrial(token, 'cv-analysis', index % 2 === 0 ? node : far)),
    );
    const statuses = replies.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array(19).fill(409)]);
    const refused = replies.filter(({ status }) => status === 409);
    expect(new Set(refused.map(({ body }) => body.reason))).toEqual(new Set(['trial-used']));
    const { rows } = await test.database.platform.query<{ licences: number; lines: number }>(
      `select (select count(*)::int from core.licences where tenant_id = $1) as licences,
              (select count(*)::int from core.audit_log where tenant_id = $1 and action = 'licence.trial-started') as lines`,
      [tenantId],
    );
    expect(rows).toEqual([{ licences: 1, lines: 1 }]);
  });

  it('is not given again, not even years later', async () => {
    const { token } = await newTenant();
    expect((await startTrial(token)).status).toBe(201);
    clock.ahead = 800 * DAY;
    const owner = await signIn(node, `owner@t${tenants}.test`);
    expect(await startTrial(owner.accessToken)).toMatchObject({
      status: 409,
      body: { code: 'conflict', reason: 'trial-used' },
    });
  });

  it.each([
    ['purchased', {}],
    ['subscription', { expiresAt: new Date(0) }],
    ['subscription', { revokedAt: new Date(0) }],
  ] as const)('is not for those who have or had a licence: %s %o', async (kind, more) => {
    const { tenantId, token } = await newTenant();
    await test.database.asPlatform((models) =>
      models.Licence.create({ tenantId, pluginId: 'job-board', kind, ...more }),
    );
    expect(await startTrial(token)).toMatchObject({ status: 409, body: { reason: 'already-licensed' } });
  });

  it('needs a permission, a plugin that is there, and one that offers it', async () => {
    const { token, viewer } = await newTenant();
    expect((await node.call('POST', '/api/licences/job-board/trial')).status).toBe(401);
    expect(await startTrial(viewer)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(await startTrial(token, 'no-such-plugin')).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect(await startTrial(token, 'paid-only')).toMatchObject({ status: 409, body: { reason: 'trial-not-offered' } });
    for (const strange of ['A', 'x'.repeat(41), '%2e%2e', "'"]) {
      expect([400, 404]).toContain((await startTrial(token, strange)).status);
    }
    expect((await node.call('GET', '/api/licences', { token })).body).toEqual({ items: [] });
  });
});

describe('licences', () => {
  it('are those of the own tenant', async () => {
    const [one, two] = [await newTenant(), await newTenant()];
    await startTrial(one.token);
    await test.database.asPlatform((models) =>
      models.Licence.create({
        tenantId: two.tenantId,
        pluginId: 'cv-analysis',
        kind: 'purchased',
        plan: 'team',
        entitlements: { ai: true },
        limits: { seats: 5 },
      }),
    );
    const list = async (token: string) => (await node.call('GET', '/api/licences', { token })).body.items;
    expect(await list(one.token)).toMatchObject([{ plugin: 'job-board', state: 'trial' }]);
    expect(await list(two.token)).toMatchObject([
      {
        plugin: 'cv-analysis',
        state: 'active',
        plan: 'team',
        validUntil: null,
        entitlements: { ai: true },
        limits: { seats: 5 },
        usage: {},
      },
    ]);
  });

  it('that change elsewhere are seen after the announcement', async () => {
    const { tenantId, token } = await newTenant();
    await startTrial(token);
    expect((await far.licensing.licences.decide(tenantId, 'job-board')).writable).toBe(true);
    await test.database.asPlatform((models) =>
      models.Licence.update({ revokedAt: new Date() }, { where: { tenantId, pluginId: 'job-board' } }),
    );
    await node.changes.announce('licence', { tenantId, plugin: 'job-board' });
    const decision = await node.licensing.licences.decide(tenantId, 'job-board');
    expect(decision).toMatchObject({ state: 'revoked', readable: false, writable: false });
    await eventually(async () => !(await far.licensing.licences.decide(tenantId, 'job-board')).readable);
  });
});

describe('plugins', () => {
  it('are shown with everything an admin must know', async () => {
    const { token } = await newTenant();
    await startTrial(token);
    const list = await node.call('GET', '/api/plugins', { token });
    expect((list.body.items as { id: string }[]).map(({ id }) => id)).toEqual([
      'cv-analysis',
      'job-board',
      'paid-only',
    ]);
    expect(await node.call('GET', '/api/plugins/job-board', { token })).toMatchObject({
      status: 200,
      body: {
        id: 'job-board',
        name: 'Job board',
        version: '1.0.0',
        icon: 'briefcase',
        tier: 'inline',
        state: 'active',
        reason: null,
        enabled: true,
        licence: { state: 'trial', plan: 'standard' },
        pricing: { currency: 'EUR', monthly: 4900, trialDays: 30 },
        trial: { available: false, days: 30 },
        capabilities: [{ capability: 'files', reason: 'Keeps applicants’ CVs' }],
        permissions: [{ name: 'job-board:jobs.read', title: 'See jobs' }],
        hasSettings: true,
      },
    });
    expect(await node.call('GET', '/api/plugins/cv-analysis', { token })).toMatchObject({
      body: {
        trial: { available: true, days: 14 },
        licence: { state: 'none' },
        pricing: null,
        requires: { 'job-board': '^1.0.0' },
      },
    });
    expect((await node.call('GET', '/api/plugins/nothing', { token })).status).toBe(404);
    const page = await node.call('GET', '/api/plugins?limit=2', { token });
    expect(page.body.items).toHaveLength(2);
    const rest = await node.call('GET', `/api/plugins?limit=2&cursor=${page.body.nextCursor}`, { token });
    expect((rest.body.items as { id: string }[]).map(({ id }) => id)).toEqual(['paid-only']);
    expect(rest.body).not.toHaveProperty('nextCursor');
  });

  it('are switched off and on, with a look at what depends on them first', async () => {
    const { tenantId, token } = await newTenant();
    const { tenantId: untouched } = await newTenant();
    const enabled = (at: TestNode, tenant = tenantId) => at.licensing.licences.enabled(tenant, 'job-board');
    expect([await enabled(node), await enabled(far)]).toEqual([true, true]);

    const dependents = [{ id: 'cv-analysis', name: 'CV analysis', through: [] }];
    const preview = await node.call('POST', '/api/plugins/job-board/disable?preview=true', { token });
    expect(preview).toMatchObject({
      status: 200,
      body: { preview: true, affected: { dependents }, plugin: { enabled: true } },
    });
    expect([await enabled(node), node.pushed]).toEqual([true, []]);

    const off = await node.call('POST', '/api/plugins/job-board/disable', { token });
    expect(off).toMatchObject({
      status: 200,
      body: { preview: false, affected: { dependents }, plugin: { enabled: false } },
    });
    expect([await enabled(node), await enabled(node, untouched)]).toEqual([false, true]);
    await eventually(async () => !(await enabled(far)));
    expect((await node.call('POST', '/api/plugins/job-board/disable', { token })).status).toBe(200);
    expect(node.released).toEqual([]);

    expect(await node.call('POST', '/api/plugins/job-board/enable', { token })).toMatchObject({
      body: { plugin: { enabled: true } },
    });
    expect(await enabled(node)).toBe(true);
    await eventually(() => enabled(far));
    expect(node.released).toEqual([`${tenantId}/job-board`]);
    expect(node.pushed).toEqual(Array(2).fill({ tenantId, event: 'plugin.changed', payload: { plugin: 'job-board' } }));

    const audit = await node.call('GET', '/api/audit?plugin=job-board', { token });
    expect((audit.body.items as { action: string }[]).map(({ action }) => action)).toEqual([
      'plugin.enabled',
      'plugin.disabled',
    ]);
  });

  it('are switched once by many at the same time', async () => {
    const { tenantId, token } = await newTenant();
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => node.call('POST', '/api/plugins/job-board/disable', { token })),
    );
    expect(replies.map(({ status }) => status)).toEqual(Array(10).fill(200));
    const audit = await node.call('GET', '/api/audit?action=plugin.disabled', { token });
    expect(audit.body.items).toHaveLength(1);
    expect(node.pushed.filter((message) => message.tenantId === tenantId)).toHaveLength(1);
  });

  it('are switched by those who may', async () => {
    const { token, viewer } = await newTenant();
    for (const verb of ['enable', 'disable', 'disable?preview=true']) {
      expect((await node.call('POST', `/api/plugins/job-board/${verb}`, { token: viewer })).status).toBe(403);
      expect((await node.call('POST', `/api/plugins/no-such/${verb}`, { token })).status).toBe(404);
    }
  });
});
