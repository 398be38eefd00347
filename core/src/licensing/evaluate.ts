import type { LicenceDecision, LicenceState } from './types.ts';

export type LicenceKind = 'trial' | 'purchased' | 'subscription';

/** What the database knows of one tenant's licence of one plugin. */
export interface LicenceRecord {
  kind: LicenceKind;
  plan: string;
  /** The first moment at which it is no longer paid for; `null` for ever. */
  expiresAt: Date | null;
  revokedAt: Date | null;
  entitlements: Record<string, unknown>;
  limits: Record<string, unknown>;
}

/** How a licence fades after its last paid moment: grace, then read-only, then suspended, then expired. */
export interface LicencePolicy {
  graceDays: number;
  readOnlyDays: number;
  /** How long a suspended licence waits for renewal, with its events held, until it counts as expired. */
  suspendedDays: number;
}

export const DEFAULT_POLICY: LicencePolicy = { graceDays: 3, readOnlyDays: 14, suspendedDays: 90 };

const DAY_MS = 86_400_000;

const READABLE: ReadonlySet<LicenceState> = new Set(['trial', 'active', 'grace', 'read-only']);
const WRITABLE: ReadonlySet<LicenceState> = new Set(['trial', 'active', 'grace']);

/**
 * What a licence allows at `now`. Each stage begins at its boundary instant and ends before the next. The start of
 * the licence is deliberately not looked at: a clock that steps backwards must not take away what was just bought.
 */
export function evaluate(licence: LicenceRecord | null, policy: LicencePolicy, now: Date): LicenceDecision {
  const state = licence === null ? 'none' : stateAt(licence, policy, now);
  const readable = READABLE.has(state);
  return {
    state,
    readable,
    writable: WRITABLE.has(state),
    plan: licence?.plan ?? null,
    validUntil: licence?.expiresAt?.toISOString() ?? null,
    entitlements: licence && readable ? licence.entitlements : {},
    limits: licence && readable ? numbersOf(licence.limits) : {},
  };
}

function stateAt(licence: LicenceRecord, policy: LicencePolicy, now: Date): LicenceState {
  // A revocation with a date to come (a subscription ended by the operator at a date) takes effect then.
  if (licence.revokedAt !== null && now >= licence.revokedAt) return 'revoked';
  const running = licence.kind === 'trial' ? 'trial' : 'active';
  if (licence.expiresAt === null) return running;
  let end = licence.expiresAt.getTime();
  if (now.getTime() < end) return running;
  for (const [days, state] of [
    [policy.graceDays, 'grace'],
    [policy.readOnlyDays, 'read-only'],
    [policy.suspendedDays, 'suspended'],
  ] as const) {
    end += days * DAY_MS;
    if (now.getTime() < end) return state;
  }
  return 'expired';
}

function numbersOf(limits: Record<string, unknown>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(limits).filter((entry): entry is [string, number] => Number.isFinite(entry[1])),
  );
}
