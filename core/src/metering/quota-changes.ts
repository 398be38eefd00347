import { BUILT_IN_QUOTAS, type QuotaChanges } from './quota-values.ts';

const LEVELS = Object.keys(BUILT_IN_QUOTAS) as (keyof QuotaChanges)[];

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is understood of stored changes: a node of another version may know other quotas. */
export function readQuotaChanges(stored: unknown): QuotaChanges {
  if (!isObject(stored)) return {};
  const changes: Record<string, Record<string, number>> = {};
  for (const level of LEVELS) {
    const given = stored[level];
    if (!isObject(given)) continue;
    const known = Object.keys(BUILT_IN_QUOTAS[level]);
    changes[level] = Object.fromEntries(
      known.flatMap((name) => {
        const value = given[name];
        return typeof value === 'number' && value >= 1 ? [[name, value]] : [];
      }),
    );
  }
  return changes;
}
