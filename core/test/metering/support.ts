import { join } from 'node:path';
import type { JsonObject } from '@bazaar/sdk';
import { type ApiClient, type Platform, startPlatform } from '@bazaar/sdk/testing';

export const TOKEN = 'token of the test collector';

const FIXTURES = join(import.meta.dirname, '../fixtures/plugins');

/** A platform with the plugin `flood`, and short ways to what these tests ask it. */
export interface FloodPlatform {
  platform: Platform;
  operator: ApiClient;
  /** Lets an action run as the owner of a tenant. */
  flood(action: string, input: JsonObject, tenant?: string): Promise<Response>;
  /** Sets what the plugin may use otherwise than the rest. */
  limit(changes: JsonObject): Promise<void>;
  /** Lines of `/metrics` that begin so. */
  metrics(prefix: string): Promise<string[]>;
  /** The amount of one series of `/metrics`; 0 when it is not there. */
  metric(series: string): Promise<number>;
}

/** `others`: fixtures that run beside it. */
export async function startFloodPlatform(
  tier: 'inline' | 'sandbox',
  others: readonly string[] = [],
): Promise<FloodPlatform> {
  const platform = await startPlatform({
    plugins: ['flood', ...others].map((name) => join(FIXTURES, name)),
    tier,
    env: { BAZAAR_RATE_LIMIT: '0', BAZAAR_METRICS_TOKEN: TOKEN },
  });
  const operator = await platform.operator();
  const metrics = async (prefix: string) => {
    const text = await (await platform.client(TOKEN).fetch('GET', '/metrics')).text();
    return text.split('\n').filter((line) => line.startsWith(prefix));
  };
  return {
    platform,
    operator,
    flood: async (action, input, tenant) =>
      (await platform.as('owner', tenant)).fetch('POST', `/api/p/flood/actions/${action}`, { body: input }),
    limit: async (changes) => {
      await operator.json('PUT', '/api/operator/quotas/flood', { body: { changes } });
    },
    metrics,
    metric: async (series) => Number((await metrics(`${series} `))[0]?.slice(series.length + 1) ?? 0),
  };
}
