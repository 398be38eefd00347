import { describe, expect, it } from 'vitest';
import type { ApiError } from '../errors/index.ts';
import type { CallMeter, CallOutcome, HandlerName } from '../plugins/index.ts';
import { Ledger } from './ledger.ts';
import { createPluginMeter } from './plugin-meter.ts';
import { BUILT_IN_QUOTAS, type QuotaChanges, withChanges } from './quota-values.ts';

const HANDLER: HandlerName = { plugin: 'crm', version: '1.0.0', tenantId: 'a', kind: 'action', name: 'x' };

/** A meter with its clock and what it writes to. */
function metered(changes: QuotaChanges = {}) {
  const time = { ms: 0 };
  const ledger = new Ledger(() => new Date(0));
  const quotas = withChanges(BUILT_IN_QUOTAS, changes);
  const stored = { bytes: 0 };
  const storage = { beforeGrowth: () => stored.bytes };
  const meter = createPluginMeter({ ledger, quotasOf: () => quotas, storage, clock: () => time.ms });
  const begin = (tenantId = 'a') => meter.begin({ ...HANDLER, tenantId }, 'Customers');
  const end = (call: CallMeter, outcome: CallOutcome = 'ok', cpuMs?: number) =>
    call.end({ ...HANDLER, outcome, ms: 5, ...(cpuMs === undefined ? {} : { cpuMs }) });
  return { time, stored, ledger, begin, end };
}

function refusalOf(work: () => unknown): Pick<ApiError, 'code' | 'message' | 'reason' | 'headers'> {
  try {
    work();
  } catch (error) {
    return error as ApiError;
  }
  throw new Error('nothing was refused');
}

function times(count: number, work: () => void): void {
  for (let done = 0; done < count; done += 1) work();
}

it('lets tables grow until they take as much as they may, and then only what does not grow them', () => {
  const { begin, stored, ledger } = metered({ storage: { tableBytes: 1_000_000 } });
  const call = begin();
  stored.bytes = 999_999;
  call.growth();
  stored.bytes = 1_000_000;
  expect(refusalOf(() => call.growth())).toMatchObject({
    code: 'quota-exceeded',
    reason: 'quota-storage-table-bytes',
    message:
      'The tables of Customers may take 1,000,000 bytes of the disk, those of all workspaces together, and do. What is there can be read and deleted.',
  });
  call.operation('db.find');
  call.operation('db.delete');
  expect(ledger.find('crm')?.account.totals.quotaRefusals).toBe(1);
});

describe('what one call may use', () => {
  it.each<[string, QuotaChanges, (call: CallMeter) => void, (call: CallMeter) => void, string]>([
    [
      'host calls',
      { call: { hostCalls: 3 } },
      (call) => times(3, () => call.operation('settings.get')),
      (call) => call.operation('settings.get'),
      'One call of Customers may use 3 host calls and has used them.',
    ],
    [
      'rows read',
      { call: { rows: 100 } },
      (call) => call.rows(100, 0),
      (call) => call.operation('db.find'),
      'One call of Customers may use 100 rows and has used them.',
    ],
    [
      'rows written',
      { call: { rows: 100 } },
      (call) => call.rows(50, 60),
      (call) => call.operation('db.insert'),
      'One call of Customers may use 100 rows and has used them.',
    ],
    [
      'bytes out',
      { call: { bytesOut: 1_000_000 } },
      (call) => call.bytes(1_000_001),
      (call) => call.operation('http.fetch'),
      'One call of Customers may use 1,000,000 bytes out and has used them.',
    ],
    [
      'time of the database',
      { call: { databaseMs: 1_000 } },
      (call) => times(2, () => call.database(500.5)),
      (call) => call.operation('db.query'),
      'One call of Customers may use 1,000 ms of database time and has used them.',
    ],
  ])('%s', (_what, changes, use, refused, message) => {
    const { begin } = metered(changes);
    const call = begin();
    use(call);
    const refusal = refusalOf(() => refused(call));
    expect(refusal).toMatchObject({ code: 'quota-exceeded', message });
    expect(refusal.headers).toBeUndefined();
    // The next call begins anew.
    refused(begin());
  });

  it.each(['find', 'page', 'count', 'query', 'insert', 'update', 'delete'] as const)(
    '%s waits for no more of the database than there is',
    (name) => {
      const call = metered({ call: { databaseMs: 10 } }).begin();
      call.database(9);
      call.operation(`db.${name}`);
      call.database(1);
      call.operation('settings.get');
      expect(() => call.operation(`db.${name}`)).toThrow(/10 ms of database time/);
    },
  );

  it('a statement that waits is not sent once others have used what there was', () => {
    const { begin } = metered({ tenant: { databaseMs: 300, rows: 10 } });
    const [running, waiting, elsewhere] = [begin(), begin(), begin('b')];
    waiting.operation('db.query');
    waiting.statement();
    running.database(300);
    expect(refusalOf(() => waiting.statement())).toMatchObject({
      code: 'quota-exceeded',
      reason: 'quota-tenant-database-ms',
    });
    elsewhere.statement();
    elsewhere.rows(0, 10);
    expect(() => elsewhere.statement()).toThrow(/10 rows/);
  });

  it('rows that are used up leave other host calls alone', () => {
    const call = metered({ call: { rows: 1 } }).begin();
    call.rows(1, 0);
    call.operation('settings.get');
    call.operation('log.write');
    expect(() => call.operation('db.count')).toThrow(/1 rows/);
  });
});

describe('what may be used in a minute', () => {
  const LIMITS = { databaseMs: 300, hostCalls: 4, rows: 10, bytesOut: 100, events: 2, logLines: 2, cpuMs: 50 };

  it.each<['tenant' | 'plugin', string, (call: CallMeter) => void, (call: CallMeter) => void, RegExp]>([
    [
      'tenant',
      'host calls',
      (c) => times(4, () => c.operation('settings.get')),
      (c) => c.operation('db.find'),
      /4 host calls a minute in this workspace/,
    ],
    [
      'plugin',
      'host calls',
      (c) => times(4, () => c.operation('settings.get')),
      (c) => c.operation('db.find'),
      /4 host calls a minute in all workspaces together/,
    ],
    ['tenant', 'rows', (c) => c.rows(5, 5), (c) => c.operation('db.find'), /10 rows a minute/],
    [
      'tenant',
      'time of the database',
      (c) => c.database(300),
      (c) => c.operation('db.find'),
      /300 ms of database time a minute in this/,
    ],
    [
      'plugin',
      'time of the database',
      (c) => c.database(300),
      (c) => c.operation('db.insert'),
      /300 ms of database time a minute in all/,
    ],
    ['tenant', 'bytes out', (c) => c.bytes(100), (c) => c.operation('http.fetch'), /100 bytes out a minute/],
    [
      'tenant',
      'events',
      (c) => times(2, () => c.operation('events.emit')),
      (c) => c.operation('events.emit'),
      /2 events a minute/,
    ],
    [
      'plugin',
      'log lines',
      (c) => times(2, () => c.operation('log.write')),
      (c) => c.operation('log.write'),
      /2 log lines a minute/,
    ],
  ])('of a %s: %s', (level, _what, use, refused, message) => {
    const { begin, time } = metered({ [level]: LIMITS });
    time.ms = 2_000;
    const call = begin();
    use(call);
    const refusal = refusalOf(() => refused(call));
    expect(refusal.message).toMatch(message);
    expect(refusal.headers).toEqual({ 'Retry-After': '58' });
    time.ms = 60_000;
    refused(begin());
  });

  it('one tenant does not use up what another may', () => {
    const { begin } = metered({ tenant: { hostCalls: 2 } });
    const [a, b] = [begin('a'), begin('b')];
    times(2, () => a.operation('db.find'));
    expect(() => a.operation('db.find')).toThrow(/workspace/);
    b.operation('db.find');
  });

  it('nothing begins when what every call needs is used up', () => {
    const { begin, end, ledger, time } = metered({ tenant: { cpuMs: 50 } });
    end(begin(), 'ok', 60);
    const refusal = refusalOf(() => begin());
    expect(refusal).toMatchObject({ code: 'quota-exceeded', reason: 'quota-tenant-cpu-ms' });
    expect(refusal.message).toBe(
      'Customers may use 50 ms of CPU time a minute in this workspace and has used them. Try again in 60 s.',
    );
    begin('b');
    const { account, tenants, versions } = ledger.of('crm');
    expect(account.totals).toMatchObject({ calls: { ok: 1, refused: 1 }, quotaRefusals: 1, cpuMs: 60 });
    expect(account.running).toBe(1);
    expect(tenants.get('a')?.totals.quotaRefusals).toBe(1);
    expect(versions.get('1.0.0')?.refusals.get('tenant')?.get('cpuMs')).toBe(1);
    time.ms = 60_000;
    begin();
  });
});

it('nothing begins when the time of the database is used up, also by statements that ended after their call', () => {
  const { begin, end, time } = metered({ tenant: { databaseMs: 10_000 } });
  const call = begin();
  end(call);
  call.database(9_999);
  end(begin());
  call.database(1);
  expect(refusalOf(() => begin())).toMatchObject({
    reason: 'quota-tenant-database-ms',
    headers: { 'Retry-After': '60' },
  });
  begin('b');
  time.ms = 60_000;
  begin();
});

describe('how many calls may run at a time', () => {
  it.each([
    [
      'tenant' as const,
      'b',
      'Customers may use 2 calls at a time in this workspace and has used them. Try again in 1 s.',
    ],
    [
      'plugin' as const,
      undefined,
      'Customers may use 2 calls at a time in all workspaces together and has used them. Try again in 1 s.',
    ],
  ])('of a %s', (level, other, message) => {
    const { begin, end } = metered({ [level]: { concurrentCalls: 2 } });
    const first = begin();
    begin();
    expect(refusalOf(() => begin())).toMatchObject({ message, headers: { 'Retry-After': '1' } });
    if (other !== undefined) begin(other);
    end(first, 'failed');
    begin();
  });
});

it('adds up what was used, by tenant, plugin and version', () => {
  const { begin, end, ledger } = metered();
  for (const tenant of ['a', 'b']) {
    const call = begin(tenant);
    call.operation('db.find');
    call.rows(20, 0);
    call.operation('db.insert');
    call.rows(0, 1);
    call.operation('events.emit');
    call.operation('log.write');
    call.bytes(500);
    call.database(7);
    end(call, tenant === 'a' ? 'ok' : 'failed', 3);
  }
  const { account, tenants, versions } = ledger.of('crm');
  const each = {
    databaseMs: 7,
    hostCalls: 4,
    rowsRead: 20,
    rowsWritten: 1,
    bytesOut: 500,
    events: 1,
    logLines: 1,
    cpuMs: 3,
  };
  const both = Object.fromEntries(Object.entries(each).map(([name, amount]) => [name, amount * 2]));
  expect(tenants.get('a')?.totals).toEqual({ ...each, calls: { ok: 1, refused: 0, failed: 0 }, quotaRefusals: 0 });
  expect(account.totals).toEqual({ ...both, calls: { ok: 1, refused: 0, failed: 1 }, quotaRefusals: 0 });
  expect(account.usage(0)).toEqual({
    cpuMs: 6,
    databaseMs: 14,
    hostCalls: 8,
    rows: 42,
    bytesOut: 1000,
    events: 2,
    logLines: 2,
    concurrentCalls: 0,
  });
  const figures = versions.get('1.0.0');
  expect(figures).toMatchObject({
    cpuMs: 6,
    databaseMs: 14,
    rowsRead: 40,
    rowsWritten: 2,
    bytesOut: 1000,
    events: 2,
    logLines: 2,
  });
  expect(Object.fromEntries(figures?.operations ?? [])).toEqual({
    'db.find': 2,
    'db.insert': 2,
    'events.emit': 2,
    'log.write': 2,
  });
  expect(figures?.calls.get('action')).toEqual({ ok: 1, refused: 0, failed: 1 });
});
