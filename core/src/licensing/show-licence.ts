import type { Pricing } from '@bazaar/sdk';
import { evaluate, type LicencePolicy, type LicenceRecord, stagesOf } from './evaluate.ts';
import type { LicenceDecision, LicenceState } from './types.ts';
import { capOf } from './usage/allowance.ts';
import { forecast } from './usage/forecast.ts';
import type { PluginUsage } from './usage/meters.ts';
import { usagePeriod } from './usage/period.ts';

/** A meter in its period, which ends before the day `until`. Amounts in minor units. */
export interface ShownMeter {
  name: string;
  title: string;
  unit: string;
  included: number;
  unitAmount: number | string | null;
  /** How many there may be; `null` for any number. */
  cap: number | null;
  used: number;
  /** By the end of the period, if it goes on as in the last 30 days. */
  expected: number;
  /** What is expected to be charged for it. */
  amount: number;
}

/** A licence as the tenant's admin sees it. */
export interface ShownLicence extends Omit<LicenceDecision, 'code' | 'readable' | 'writable'> {
  plugin: string;
  kind: 'trial' | 'purchased' | 'subscription';
  source: string;
  /** Used in the period, by meter. */
  usage: Record<string, number>;
  seats: { limit: number; taken: number } | null;
  /** When which stage begins; empty for a licence that lasts for ever. */
  stages: { state: LicenceState; from: string }[];
  meters: ShownMeter[];
  /** What the period is expected to cost: the plan (`null` where it is not paid by the month) and what is metered. */
  forecast: { currency: string; since: string; until: string; plan: number | null; metered: number } | null;
}

export interface LicenceFacts {
  licence: LicenceRecord;
  /** Of the plugin; `undefined` when it is not installed. */
  pricing?: Pricing | undefined;
  /** Of the plugin; `undefined` when nothing was counted. */
  usage?: PluginUsage | undefined;
}

/** Pure. */
export function showLicence(
  plugin: string,
  { licence, pricing, usage }: LicenceFacts,
  policy: LicencePolicy,
  now: Date,
): ShownLicence {
  const { state, plan, validUntil, entitlements, limits } = evaluate(licence, policy, now);
  const period = usagePeriod(licence, now);
  const meters = (pricing?.meters ?? []).map((meter): ShownMeter => {
    const cap = capOf(meter, licence);
    const { name, title, unit, included, unitAmount = null } = meter;
    const isCharged = licence.kind === 'subscription';
    const seen = forecast(meter, cap, usage?.get(name) ?? [], period, now);
    return { name, title, unit, included, unitAmount, cap, ...seen, amount: isCharged ? seen.amount : 0 };
  });
  const caps = meters.flatMap(({ name, cap }) => (cap === null ? [] : [[name, cap] as const]));
  const { kind, source, seats, holders } = licence;
  return {
    plugin,
    state,
    plan,
    validUntil,
    entitlements,
    limits: { ...Object.fromEntries(caps), ...limits },
    kind,
    source,
    usage: Object.fromEntries(meters.map(({ name, used }) => [name, used])),
    seats: seats === null ? null : { limit: seats, taken: holders.length },
    stages: stagesOf(licence.expiresAt, policy).map(({ state: stage, from }) => ({
      state: stage,
      from: from.toISOString(),
    })),
    meters,
    forecast: pricing
      ? {
          currency: pricing.currency,
          ...period,
          plan: monthlyPrice(licence, pricing),
          metered: meters.reduce((total, { amount }) => total + amount, 0),
        }
      : null,
  };
}

/** As the plugin prices it now; what a subscription pays that began at another price is billing's to say. */
function monthlyPrice({ kind, plan, seats }: LicenceRecord, { monthly, perSeat }: Pricing): number | null {
  if (kind !== 'subscription' || plan !== 'monthly' || monthly === undefined) return null;
  return monthly * (perSeat ? (seats ?? 1) : 1);
}
