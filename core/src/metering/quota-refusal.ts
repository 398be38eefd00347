import { ApiError } from '../errors/index.ts';
import type { CallQuotas, LevelQuotas, StorageQuotas } from './quota-values.ts';

/** Which limit stood in the way: in each minute (or at a time) of a plugin or a tenant, of one call, or of what is kept. */
export type ReachedQuota =
  | { level: 'plugin' | 'tenant'; quota: keyof LevelQuotas; limit: number; freeInMs: number }
  | { level: 'call'; quota: keyof CallQuotas; limit: number }
  | { level: 'storage'; quota: keyof StorageQuotas; limit: number };

const THINGS: Record<keyof LevelQuotas | keyof StorageQuotas, string> = {
  cpuMs: 'ms of CPU time',
  databaseMs: 'ms of database time',
  hostCalls: 'host calls',
  rows: 'rows',
  bytesOut: 'bytes out',
  events: 'events',
  logLines: 'log lines',
  concurrentCalls: 'calls at a time',
  tableBytes: 'bytes of the disk',
};

const kebab = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The refusal that names the limit, its amount and when it frees. */
export function quotaRefusal(pluginName: string, reached: ReachedQuota): ApiError {
  const { level, quota, limit } = reached;
  const amount = `${limit.toLocaleString('en')} ${THINGS[quota]}`;
  const reason = `quota-${level}-${kebab(quota)}`;
  if (level === 'call') {
    return new ApiError('quota-exceeded', `One call of ${pluginName} may use ${amount} and has used them.`, { reason });
  }
  if (level === 'storage') {
    const detail = `The tables of ${pluginName} may take ${amount}, those of all workspaces together, and do. What is there can be read and deleted.`;
    return new ApiError('quota-exceeded', detail, { reason });
  }
  const seconds = Math.max(1, Math.ceil(reached.freeInMs / 1000));
  const whose = level === 'tenant' ? 'in this workspace' : 'in all workspaces together';
  const often = quota === 'concurrentCalls' ? '' : ' a minute';
  return new ApiError(
    'quota-exceeded',
    `${pluginName} may use ${amount}${often} ${whose} and has used them. Try again in ${seconds} s.`,
    { reason, headers: { 'Retry-After': String(seconds) } },
  );
}
