import type { Manifest, Pricing } from '@bazaar/sdk';
import type { PluginCatalogue } from './dependencies.ts';
import { evaluate, type LicencePolicy } from './evaluate.ts';
import type { TenantLicences } from './licence-book.ts';
import { DEFAULT_TRIAL_DAYS, trialRefusal } from './trial.ts';
import type { LicenceState } from './types.ts';

/** A plugin as the admin of a tenant sees it. */
export interface ShownPlugin {
  id: string;
  name: string;
  version: string;
  description: string;
  publisher: string;
  category: string;
  icon: string | null;
  tier: string;
  /** On the platform, in the version meant for this tenant: `active`, `failed`, … */
  state: string;
  reason: string | null;
  /** In this tenant. */
  enabled: boolean;
  licence: { state: LicenceState; plan: string | null; validUntil: string | null };
  /** Amounts in minor units; `null` when the plugin names no price. */
  pricing: Pricing | null;
  trial: { available: boolean; days: number };
  /** What the plugin asks of the kernel, and why. */
  capabilities: { capability: string; reason: string }[];
  /** What it lets people do. */
  permissions: { name: string; title: string }[];
  requires: Record<string, string>;
  optional: Record<string, string>;
  hasSettings: boolean;
}

/** Pure: everything the console shows of one plugin. */
export function showPlugin(
  status: ReturnType<PluginCatalogue['statuses']>[number],
  manifest: Manifest | undefined,
  { licences, disabled }: TenantLicences,
  policy: LicencePolicy,
  now: Date,
): ShownPlugin {
  const licence = licences.get(status.id) ?? null;
  const { state, plan, validUntil } = evaluate(licence, policy, now);
  const days = manifest?.pricing?.trialDays ?? DEFAULT_TRIAL_DAYS;
  const mayTry = status.state === 'active' && days > 0 && trialRefusal(licence) === null;
  return {
    id: status.id,
    name: status.name,
    version: status.version,
    description: manifest?.description ?? '',
    publisher: manifest?.publisher ?? '',
    category: manifest?.category ?? '',
    icon: manifest?.icon ?? null,
    tier: status.tier,
    state: status.state,
    reason: status.reason ?? null,
    enabled: !disabled.has(status.id),
    licence: { state, plan, validUntil },
    pricing: manifest?.pricing ?? null,
    trial: { available: mayTry, days },
    capabilities: manifest?.capabilities ?? [],
    permissions: (manifest?.permissions ?? []).map(({ name, title }) => ({ name: `${status.id}:${name}`, title })),
    requires: manifest?.requires ?? {},
    optional: manifest?.optional ?? {},
    hasSettings: manifest?.settings !== undefined,
  };
}
