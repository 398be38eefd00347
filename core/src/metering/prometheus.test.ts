import { expect, it } from 'vitest';
import { Ledger } from './ledger.ts';
import { createPluginMeter } from './plugin-meter.ts';
import { MetricsPage } from './prometheus.ts';
import { BUILT_IN_QUOTAS, withChanges } from './quota-values.ts';

async function lines(page: MetricsPage, prefix: string): Promise<string[]> {
  return (await page.text()).split('\n').filter((line) => line.startsWith(prefix));
}

it('tells what each version has done, however often it is asked', async () => {
  const ledger = new Ledger(() => new Date(0));
  const storage = { bytes: new Map([['crm', 8192]]), beforeGrowth: () => 0 };
  const page = new MetricsPage(ledger, storage, async () => ({
    processes: [
      { isolates: 3, rssBytes: 100 },
      { isolates: 1, rssBytes: 50 },
    ],
    plugins: [{ plugin: 'crm', version: '1.0.0', kills: 2 }],
  }));
  const quotas = withChanges(BUILT_IN_QUOTAS, { call: { hostCalls: 1 } });
  const meter = createPluginMeter({ ledger, quotasOf: () => quotas, storage, clock: () => 0 });
  const handler = { plugin: 'crm', version: '1.0.0', tenantId: 'a', kind: 'action', name: 'x' } as const;
  for (const ms of [3, 70]) {
    const call = meter.begin(handler, 'Customers');
    call.operation('db.find');
    call.rows(20, 0);
    call.database(1_500);
    expect(() => call.operation('db.find')).toThrow();
    const ended = { ...handler, ms, outcome: 'ok', cpuMs: 250 } as const;
    call.end(ended);
    page.observe(ended);
  }
  meter.begin(handler, 'Customers');

  const first = await lines(page, 'bazaar_');
  const version = 'plugin="crm",version="1.0.0"';
  expect(first).toEqual(
    expect.arrayContaining([
      `bazaar_plugin_calls_total{${version},kind="action",outcome="ok"} 2`,
      `bazaar_plugin_cpu_seconds_total{${version}} 0.5`,
      `bazaar_plugin_database_seconds_total{${version}} 3`,
      `bazaar_plugin_host_calls_total{${version},operation="db.find"} 2`,
      `bazaar_plugin_rows_total{${version},direction="read"} 40`,
      `bazaar_plugin_quota_refusals_total{${version},level="call",quota="hostCalls"} 2`,
      `bazaar_plugin_call_duration_seconds_bucket{le="0.005",${version},kind="action"} 1`,
      `bazaar_plugin_call_duration_seconds_count{${version},kind="action"} 2`,
      'bazaar_plugin_running_calls{plugin="crm"} 1',
      'bazaar_plugin_table_bytes{plugin="crm"} 8192',
      'bazaar_sandbox_processes 2',
      'bazaar_sandbox_isolates 4',
      'bazaar_sandbox_memory_bytes 150',
      `bazaar_sandbox_kills_total{${version}} 2`,
    ]),
  );
  expect(await lines(page, 'bazaar_')).toEqual(first);
  expect(await lines(page, 'process_cpu_seconds_total')).not.toEqual([]);
  expect(first.join()).not.toMatch(/tenant/);
});
