import { expect, it } from 'vitest';
import { readQuotaChanges } from './quota-changes.ts';
import { BUILT_IN_QUOTAS, type QuotaChanges, withChanges } from './quota-values.ts';

it.each<[string, unknown, QuotaChanges]>([
  ['nothing', {}, {}],
  ['no object', 'all', {}],
  ['a list', [1], {}],
  ['what is known', { tenant: { rows: 5 }, call: { hostCalls: 1 } }, { tenant: { rows: 5 }, call: { hostCalls: 1 } }],
  ['not what another version knows', { tenant: { rows: 5, dreams: 3 }, galaxy: { rows: 1 } }, { tenant: { rows: 5 } }],
  ['not what is no amount', { tenant: { rows: '5', events: -1, logLines: 0, cpuMs: null } }, { tenant: {} }],
])('understands of stored changes %s', (_what, stored, expected) => {
  expect(readQuotaChanges(stored)).toEqual(expected);
});

it('lets each change go before what stands left of it', () => {
  const quotas = withChanges(
    BUILT_IN_QUOTAS,
    { tenant: { rows: 5, events: 6 } },
    { tenant: { rows: 7 }, call: { rows: 1 } },
  );
  expect(quotas).toEqual({
    plugin: BUILT_IN_QUOTAS.plugin,
    tenant: { ...BUILT_IN_QUOTAS.tenant, rows: 7, events: 6 },
    call: { ...BUILT_IN_QUOTAS.call, rows: 1 },
    storage: BUILT_IN_QUOTAS.storage,
  });
});
