import type { PluginCatalogue } from './dependencies.ts';
import { evaluate, type LicencePolicy, type LicenceRecord, stagesOf } from './evaluate.ts';
import type { LicenceBook } from './licence-book.ts';
import type { LicenceState } from './types.ts';

type FadingState = 'grace' | 'read-only' | 'suspended';

/** A licence that has ended and can still be renewed as if it had not. */
export interface FadingLicence {
  plugin: string;
  name: string;
  state: FadingState;
  /** When it comes to the next stage; ISO 8601. */
  until: string;
}

const FADING: ReadonlySet<LicenceState> = new Set<FadingState>(['grace', 'read-only', 'suspended']);
const isFading = (state: LicenceState): state is FadingState => FADING.has(state);

/** `null` of one that lasts, has expired or was revoked. Pure. */
export function fadingOf(
  licence: LicenceRecord,
  policy: LicencePolicy,
  now: Date,
): Pick<FadingLicence, 'state' | 'until'> | null {
  const { state } = evaluate(licence, policy, now);
  const stages = stagesOf(licence.expiresAt, policy);
  const next = stages[stages.findIndex((stage) => stage.state === state) + 1];
  return isFading(state) && next !== undefined ? { state, until: next.from.toISOString() } : null;
}

/** The licences of a tenant that fade, of plugins that run and that its admin has not switched off. */
export async function fadingLicences(
  { plugins, policy, now }: { plugins: Pick<PluginCatalogue, 'get'>; policy: LicencePolicy; now(): Date },
  book: Pick<LicenceBook, 'of'>,
  tenantId: string,
): Promise<FadingLicence[]> {
  const { licences, disabled } = await book.of(tenantId);
  return [...licences].flatMap(([plugin, licence]) => {
    const fading = fadingOf(licence, policy, now());
    const running = plugins.get(plugin, tenantId);
    if (!fading || !running || disabled.has(plugin)) return [];
    return [{ plugin, name: running.manifest.name, ...fading }];
  });
}
