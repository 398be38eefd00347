import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createIssuerKey, type OfflineLicence, signLicence } from '../../src/licensing/index.ts';
import { auditedActions } from '../support/audited.ts';
import { createTestTenant, eventually, signIn } from '../support/people.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { manifest, startTestNode, type TestNode } from '../support/test-node.ts';

const DAY = 86_400_000;
const ISSUER = createIssuerKey();
const CRM = manifest('crm', {
  name: 'CRM',
  pricing: {
    currency: 'EUR',
    monthly: 1900,
    trialDays: 10,
    meters: [{ name: 'calls', title: 'Calls', unit: 'call', included: 5, unitAmount: 10 }],
  },
});

let test: TestDatabase;
let node: TestNode;
let operator: string;
let installation: string;
let tenants = 0;
const clock = { ahead: 0 };

beforeAll(async () => {
  test = await createTestDatabase();
  await test.database.asPlatform((models) => models.Plugin.create({ id: 'crm' }));
  node = await startTestNode(test.database, { plugins: [CRM], clock, issuerKeys: `acme:${ISSUER.publicKey}` });
  await createTestTenant(test.database, 'operators', { 'operator@platform.test': 'owner' });
  await test.database.platform.query(`update core.users set is_operator = true where email = 'operator@platform.test'`);
  operator = (await signIn(node, 'operator@platform.test')).accessToken;
  const { body } = await node.call('GET', '/api/operator/installation', { token: operator });
  installation = String(body.installation);
});

afterAll(async () => {
  await node.close();
  await test.drop();
});

beforeEach(async () => {
  clock.ahead = 0;
  node.pushed.length = 0;
  await test.database.platform.query('update core.licence_clock set reached = now()');
});

async function newTenant() {
  tenants += 1;
  const slug = `tenant-${tenants}`;
  const [owner, viewer] = [`owner@${slug}.test`, `viewer@${slug}.test`];
  const { tenantId } = await createTestTenant(test.database, slug, { [owner]: 'owner', [viewer]: 'viewer' });
  return { slug, tenantId, owner, token: (await signIn(node, owner)).accessToken };
}

const trial = (token: string) => node.call('POST', '/api/licences/crm/trial', { token });
const state = async (tenantId: string) => (await node.licensing.licences.decide(tenantId, 'crm')).state;
const act = (slug: string, verb: string, body: object, token = operator, method = 'POST') =>
  node.call(method, `/api/platform/licences/${slug}/crm/${verb}`, { token, body });

describe('an operator', () => {
  it('extends a trial from its end, or from now when it has ended', async () => {
    const { slug, tenantId, token } = await newTenant();
    expect(await act(slug, 'extend-trial', { days: 5 })).toMatchObject({ status: 404 });
    await trial(token);
    const first = await act(slug, 'extend-trial', { days: 5 });
    expect(first).toMatchObject({ status: 200, body: { state: 'trial', trialExtendedDays: 5 } });
    expect(Math.round((Date.parse(String(first.body.expiresAt)) - Date.now()) / DAY)).toBe(15);
    clock.ahead = 40 * DAY;
    const again = (await signIn(node, 'operator@platform.test')).accessToken;
    expect(await state(tenantId)).toBe('suspended');
    await act(slug, 'extend-trial', { days: 3 }, again);
    expect(await state(tenantId)).toBe('trial');
    expect(node.pushed.filter(({ event }) => event === 'licence.changed')).toHaveLength(3);
  });

  it('revokes, reactivates and gives licences, each with a reason that the tenant can read', async () => {
    const { slug, tenantId, token } = await newTenant();
    await trial(token);
    expect(await act(slug, 'revoke', { reason: 'abuse' })).toMatchObject({
      body: { state: 'revoked', revokedReason: 'abuse' },
    });
    expect(await act(slug, 'revoke', { reason: 'abuse' })).toMatchObject({ status: 409 });
    expect(await state(tenantId)).toBe('revoked');
    expect(await act(slug, 'extend-trial', { days: 3 })).toMatchObject({ status: 409, body: { reason: 'no-trial' } });
    expect(await act(slug, 'reactivate', { reason: 'sorted out' })).toMatchObject({ body: { state: 'trial' } });
    expect(await act(slug, 'reactivate', { reason: 'again' })).toMatchObject({ status: 409 });
    const granted = await act(slug, 'grant', { reason: 'partner', seats: 4, limits: { calls: 7 } }, operator, 'PUT');
    expect(granted).toMatchObject({
      body: { state: 'active', kind: 'purchased', source: 'operator', expiresAt: null },
    });
    expect(await node.call('GET', '/api/licences/crm', { token })).toMatchObject({
      body: { limits: { seats: 4, calls: 7 }, seats: { limit: 4, taken: 0 } },
    });
    const audit = await node.call('GET', '/api/audit?plugin=crm', { token });
    expect((audit.body.items as { action: string }[]).map(({ action }) => action)).toEqual([
      'licence.granted',
      'licence.reactivated',
      'licence.revoked',
      'licence.trial-started',
    ]);
  });

  it.each<[string, object, string]>([
    ['extend-trial', { days: 0 }, '/days'],
    ['extend-trial', { days: 1.5 }, '/days'],
    ['extend-trial', {}, '/days'],
    ['revoke', { reason: '   ' }, '/reason'],
    ['revoke', { reason: 'x', at: 'soon' }, '/at'],
    ['grant', { reason: 'x', seats: -1 }, '/seats'],
    ['grant', { reason: 'x', plan: 'weekly' }, '/plan'],
    ['grant', { reason: 'x', limits: { calls: 'many' } }, '/limits/calls'],
    ['grant', { reason: 'x', limits: { calls: 1, call: 7 } }, '/limits/call'],
  ])('is told what is wrong with %s %o', async (verb, body, pointer) => {
    const { slug, token } = await newTenant();
    await trial(token);
    const reply = await act(slug, verb, body, operator, verb === 'grant' ? 'PUT' : 'POST');
    expect(reply).toMatchObject({ status: 400, body: { code: 'invalid-input' } });
    expect((reply.body.errors as { pointer: string }[])[0]?.pointer).toBe(pointer);
  });

  it('is not anybody', async () => {
    const { slug, token } = await newTenant();
    await trial(token);
    for (const path of ['', '/expiring', '/orphans', '/usage']) {
      expect((await node.call('GET', `/api/platform/licences${path}`, { token })).status).toBe(403);
    }
    expect((await act(slug, 'revoke', { reason: 'x' }, token)).status).toBe(403);
    expect((await act('no-such-tenant', 'revoke', { reason: 'x' })).status).toBe(404);
  });
});

describe('monitoring', () => {
  it('finds what ends within days, the next first, page by page', async () => {
    await test.database.platform.query('delete from core.licences');
    const all = await Promise.all([1, 2, 3].map(newTenant));
    for (const [index, { tenantId }] of all.entries()) {
      await test.database.platform.query(
        `insert into core.licences (tenant_id, plugin_id, kind, expires_at)
         values ($1, 'crm', 'subscription', now() + make_interval(days => $2))`,
        [tenantId, [6, 2, 8][index]],
      );
    }
    const page = (query: string) => node.call('GET', `/api/platform/licences/expiring?${query}`, { token: operator });
    const slugs = (body: { items?: unknown }) =>
      (body.items as { tenant: { slug: string } }[]).map((one) => one.tenant.slug);
    const first = await page('limit=1');
    expect(slugs(first.body)).toEqual([all[1]?.slug]);
    const second = await page(`limit=1&cursor=${first.body.nextCursor}`);
    expect(slugs(second.body)).toEqual([all[0]?.slug]);
    expect(second.body).not.toHaveProperty('nextCursor');
    expect(slugs((await page('days=30')).body)).toHaveLength(3);
    const usage = await node.call('GET', '/api/platform/licences/usage', { token: operator });
    expect(usage.body.items).toMatchObject([{ plugin: 'crm', name: 'CRM', tenants: { active: 3, trial: 0 } }]);
    const list = await node.call('GET', `/api/platform/licences?tenant=${all[0]?.slug}`, { token: operator });
    expect(slugs(list.body)).toEqual([all[0]?.slug]);
  });

  it('finds records of plugins and licences that are no more', async () => {
    const { tenantId } = await newTenant();
    await test.database.platform.query(
      `insert into core.licences (tenant_id, plugin_id, kind) values ($1, 'gone', 'purchased')`,
      [tenantId],
    );
    await test.database.platform.query(
      `insert into core.usage (tenant_id, plugin_id, meter, day, quantity) values ($1, 'crm', 'calls', now(), 1)`,
      [tenantId],
    );
    const { body } = await node.call('GET', '/api/platform/licences/orphans', { token: operator });
    expect(body.items).toEqual([
      { kind: 'licence-missing', table: 'core.usage', plugin: 'crm', rows: 1 },
      { kind: 'plugin-missing', table: 'core.licences', plugin: 'gone', rows: 1 },
    ]);
  });
});

describe('the end of a licence', () => {
  it('is told once for each stage, over nodes and restarts, by letter and task', async () => {
    await test.database.platform.query('delete from core.licences');
    const { tenantId, token } = await newTenant();
    await trial(token);
    const other = await startTestNode(test.database, { plugins: [CRM], clock });
    const told = async () => {
      const { rows } = await test.database.platform.query<{ letters: number; open: number; title: string | null }>(
        `select (select count(*)::int from core.mails where tenant_id = $1 and template = 'licence-notice') as letters,
                (select count(*)::int from core.tasks where tenant_id = $1 and state = 'open') as open,
                (select title from core.tasks where tenant_id = $1 and state = 'open' limit 1) as title`,
        [tenantId],
      );
      return rows[0];
    };
    const look = () => Promise.all([node.licensing.look(), other.licensing.look(), node.licensing.look()]);
    const suspend = (when: 'now()' | 'null') =>
      test.database.platform.query(`update core.tenants set suspended_at = ${when} where id = $1`, [tenantId]);
    // Nobody is written to about what they cannot open.
    await suspend('now()');
    clock.ahead = 7.5 * DAY;
    await look();
    await suspend('null');
    for (const [days, letters, title] of [
      [1, 0, null],
      [7.5, 1, 'CRM is on trial for a few more days'],
      [10.5, 2, 'CRM is no longer licensed'],
      [13.5, 3, 'CRM can only be read'],
      [27.5, 4, 'CRM is suspended'],
      [28.5, 4, 'CRM is suspended'],
    ] as const) {
      clock.ahead = days * DAY;
      await look();
      await look();
      await eventually(async () => (await told())?.letters === letters);
      expect(await told()).toEqual({ letters, open: letters === 0 ? 0 : 1, title });
    }
    expect(
      node.pushed.concat(other.pushed).filter((one) => one.tenantId === tenantId && one.event === 'task.changed'),
    ).toHaveLength(4);
    // Paid: the task is done with, and the next end is told anew.
    const expiresAt = new Date(Date.now() + 60 * DAY);
    const paid = {
      tenantId,
      plugin: 'crm',
      kind: 'subscription',
      plan: 'monthly',
      expiresAt,
      seats: null,
      source: 'subscription:1',
    } as const;
    await test.database.asPlatform((models) =>
      node.licensing.writer.project(models, paid, { actor: { kind: 'system', userId: null }, requestId: null }),
    );
    expect(await told()).toEqual({ letters: 4, open: 0, title: null });
    clock.ahead = 62 * DAY;
    await look();
    await eventually(async () => (await told())?.title === 'CRM has not been paid');
    await other.close();
  });
});

describe('the writer of licences', () => {
  const paid = (tenantId: string, source: string) =>
    ({ tenantId, plugin: 'crm', kind: 'purchased', plan: 'one-time', expiresAt: null, seats: null, source }) as const;
  const trace = { actor: { kind: 'system', userId: null }, requestId: null } as const;

  it('takes and gives back only what rests on the source it is told of', async () => {
    const { tenantId } = await newTenant();
    const { writer } = node.licensing;
    const at = new Date();
    const told = (change: 'revoke' | 'reactivate', source: string) =>
      test.database.asPlatform(async (models) =>
        writer[change](models, { tenantId, plugin: 'crm', reason: 'refunded', at, source }, trace),
      );
    await test.database.asPlatform((models) => writer.project(models, paid(tenantId, 'purchase:1'), trace));
    expect([await told('revoke', 'subscription:1'), await state(tenantId)]).toEqual([false, 'active']);
    expect(await told('revoke', 'purchase:1')).toBe(true);
    await writer.announce(tenantId, 'crm');
    expect(await state(tenantId)).toBe('revoked');
    expect(await told('reactivate', 'subscription:1')).toBe(false);
    expect(await told('reactivate', 'purchase:1')).toBe(true);
  });
});

describe('the seats of a licence', () => {
  it('are listed for who may see plugins, and released by who manages licences', async () => {
    const { slug, tenantId, owner, token } = await newTenant();
    await act(slug, 'grant', { reason: 'partner', seats: 1 }, operator, 'PUT');
    const { accessToken: viewer, user } = await signIn(node, `viewer@${slug}.test`);
    expect(await node.licensing.licences.takeSeat(tenantId, 'crm', user.id)).toBe(true);
    const listed = await node.call('GET', '/api/licences/crm/seats', { token });
    expect(listed.body.items).toEqual([
      { user: { id: user.id, name: 'viewer', email: `viewer@${slug}.test` }, takenAt: expect.any(String), valid: true },
    ]);
    const { user: boss } = await signIn(node, owner);
    const sits = (id: string) => node.licensing.licences.decide(tenantId, 'crm', { effect: 'read', userId: id });
    expect(await sits(user.id)).toMatchObject({ code: 'ok' });
    expect(await node.licensing.licences.takeSeat(tenantId, 'crm', boss.id)).toBe(false);
    const release = (by: string) => node.call('DELETE', `/api/licences/crm/seats/${user.id}`, { token: by });
    expect((await release(viewer)).status).toBe(403);
    node.pushed.length = 0;
    expect((await release(token)).status).toBe(204);
    expect(node.pushed).toMatchObject([{ tenantId, event: 'licence.changed', payload: { plugin: 'crm' } }]);
    expect(await sits(user.id)).toMatchObject({ code: 'seat-required' });
    expect(await node.licensing.licences.takeSeat(tenantId, 'crm', boss.id)).toBe(true);
    expect((await release(token)).status).toBe(404);
  });
});

describe('a licence file', () => {
  const licence = (tenant: string, change: Partial<OfflineLicence> = {}) =>
    signLicence(
      {
        installation,
        tenant,
        plugin: 'crm',
        plan: 'annual',
        issuedAt: new Date().toISOString(),
        expiresAt: new Date(Date.now() + 30 * DAY).toISOString(),
        seats: 3,
        limits: { calls: 100 },
        revokes: [],
        ...change,
      },
      { name: 'acme', privateKey: ISSUER.privateKey },
    );
  const take = (file: string, token = operator) =>
    node.call('POST', '/api/operator/licence-files', { token, body: { file } });

  it('is taken in once, replaced by a newer one, and revoked by it', async () => {
    const { slug, tenantId, token } = await newTenant();
    const file = await licence(slug);
    const [taken, meanwhile] = await Promise.all([take(file), take(file)]);
    expect(taken).toMatchObject({ status: 201, body: { tenant: slug, seats: 3 } });
    expect(meanwhile.status).toBe(201);
    expect((await take(file)).status).toBe(201);
    expect(await node.call('GET', '/api/licences/crm', { token })).toMatchObject({
      body: { state: 'active', source: `offline:${taken.body.id}`, limits: { seats: 3, calls: 100 } },
    });
    const older = await licence(slug, { issuedAt: new Date(Date.now() - DAY).toISOString() });
    expect(await take(older)).toMatchObject({ status: 422, body: { reason: 'older-than-known' } });
    const newer = await licence(slug, {
      issuedAt: new Date(Date.now() + 1000).toISOString(),
      expiresAt: new Date(Date.now() + 5 * DAY).toISOString(),
      revokes: [String(taken.body.id)],
      seats: 1,
    });
    expect((await take(newer)).status).toBe(201);
    expect(await node.call('GET', '/api/licences/crm', { token })).toMatchObject({ body: { limits: { seats: 1 } } });
    expect(await state(tenantId)).toBe('active');
    // A clock that is put back does not bring an ended licence back.
    clock.ahead = 9 * DAY;
    await node.licensing.look();
    await node.changes.announce('licence', { tenantId, plugin: 'crm' });
    clock.ahead = 0;
    expect(await state(tenantId)).toBe('read-only');
  });

  it.each<[string, (slug: string) => Promise<string>, string]>([
    ['other-installation', (slug) => licence(slug, { installation: 'elsewhere' }), 'other-installation'],
    ['unknown-tenant', () => licence('no-such-tenant'), 'unknown-tenant'],
    ['unknown-limit', (slug) => licence(slug, { limits: { calls: 1, call: 100 } }), 'unknown-limit'],
    ['expired', (slug) => licence(slug, { expiresAt: '2020-01-01T00:00:00Z' }), 'expired'],
    ['clock-behind', (slug) => licence(slug, { issuedAt: '2100-01-01T00:00:00Z', expiresAt: null }), 'clock-behind'],
    ['tampered', async (slug) => (await licence(slug)).replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A')), 'tampered'],
    ['junk', async () => 'junk', 'not-a-licence-file'],
  ])('is refused: %s', async (_what, file, reason) => {
    const { slug, tenantId } = await newTenant();
    expect(await take(await file(slug))).toMatchObject({ status: 422, body: { reason } });
    expect(await state(tenantId)).toBe('none');
  });

  it('that is older than others does not turn back the time that has passed', async () => {
    const [ended, other] = [await newTenant(), await newTenant()];
    const issuedAt = new Date(Date.now() + 2_000).toISOString();
    const file = await licence(ended.slug, { issuedAt, expiresAt: new Date(Date.now() + 5 * DAY).toISOString() });
    expect((await take(file)).status).toBe(201);
    clock.ahead = 9 * DAY;
    await node.licensing.look();
    clock.ahead = 0;
    const keptBack = { issuedAt: new Date(Date.now() - 90 * DAY).toISOString(), expiresAt: null };
    expect((await take(await licence(other.slug, keptBack))).status).toBe(201);
    await node.changes.announce('licence', { tenantId: ended.tenantId, plugin: 'crm' });
    expect(await state(ended.tenantId)).toBe('read-only');
    expect(await state(other.tenantId)).toBe('active');
    // The next file of the issuer puts it right.
    const next = { issuedAt: new Date(Date.now() + 3_000).toISOString(), expiresAt: null };
    expect((await take(await licence((await newTenant()).slug, next))).status).toBe(201);
    await node.changes.announce('licence', { tenantId: ended.tenantId, plugin: 'crm' });
    expect(await state(ended.tenantId)).toBe('active');
  });

  it('is for operators', async () => {
    const { slug, token } = await newTenant();
    expect((await take(await licence(slug), token)).status).toBe(403);
  });
});

it('whatever was changed here stands in the audit log', async () => {
  expect(await auditedActions(test)).toEqual(
    expect.arrayContaining(['licence.seat-released', 'licence.trial-extended']),
  );
});
