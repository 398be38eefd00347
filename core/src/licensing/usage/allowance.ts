import type { MeterDeclaration } from '@bazaar/sdk';
import type { LicenceRecord } from '../evaluate.ts';

/**
 * How many of a meter there may be in a period; `null` for any number. What the licence itself says goes before what the
 * plugin declares. Where each one beyond the included ones is charged, only a subscription can be charged: a trial and
 * what was bought once end at what is included. Pure.
 */
export function capOf(
  meter: Pick<MeterDeclaration, 'name' | 'included' | 'unitAmount' | 'hardCap'>,
  licence: Pick<LicenceRecord, 'kind' | 'source' | 'limits'>,
): number | null {
  const own = licence.limits[meter.name];
  if (typeof own === 'number' && Number.isFinite(own)) return own;
  const cap = meter.hardCap ?? null;
  const isCharged = meter.unitAmount !== undefined;
  const isFree = licence.kind === 'trial' || licence.source.startsWith('purchase:');
  return isCharged && isFree ? Math.min(meter.included, cap ?? meter.included) : cap;
}
