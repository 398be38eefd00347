import { ApiError } from '../../errors/index.ts';
import type { CanaryRequest } from '../types.ts';
import { type FindTenant, tenantAt } from './operator.ts';

export interface CanaryInput {
  tenants: string[];
  percent: number;
  maxErrorRate: number;
  minCalls: number;
}

/** Refuses a trial with nobody, and tenants that do not exist. */
export async function canaryOf(
  findTenant: FindTenant,
  { tenants, percent, maxErrorRate, minCalls }: CanaryInput,
): Promise<CanaryRequest> {
  if (tenants.length === 0 && percent === 0) {
    const message = 'Say who shall try it: tenants, a percentage, or both.';
    throw new ApiError('invalid-input', message, { errors: [{ pointer: '/percent', message }] });
  }
  const found = await Promise.all(tenants.map((slug, index) => tenantAt(findTenant, slug, `/tenants/${index}`)));
  return { choices: { tenants, percent, maxErrorRate, minCalls }, tenantIds: found.map(({ id }) => id) };
}
