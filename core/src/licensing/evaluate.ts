import type { LicenceCode, LicenceDecision, LicenceScope, LicenceState } from './types.ts';

export type LicenceKind = 'trial' | 'purchased' | 'subscription';

/** What the database knows of one tenant's licence of one plugin. */
export interface LicenceRecord {
  kind: LicenceKind;
  plan: string;
  /** What it rests on, e.g. `subscription:<id>`. */
  source: string;
  /** The first moment at which it is no longer paid for; `null` for ever. */
  expiresAt: Date | null;
  revokedAt: Date | null;
  entitlements: Record<string, unknown>;
  limits: Record<string, unknown>;
  /** How many people may use the plugin; `null` for any number. */
  seats: number | null;
  /** Who sits on them, those who came first in front: when seats are given up, who came last has none. */
  holders: readonly string[];
  /** Of an offline licence: a moment that has certainly passed here, whatever the clock says. */
  reached: Date | null;
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
const ANYBODY_READS: LicenceScope = { effect: 'read' };

const READABLE: ReadonlySet<LicenceState> = new Set(['trial', 'active', 'grace', 'read-only']);
const WRITABLE: ReadonlySet<LicenceState> = new Set(['trial', 'active', 'grace']);

/**
 * What a licence allows at `now`, and whether that includes what `scope` says. Each stage begins at its boundary instant
 * and ends before the next. The start of the licence is deliberately not looked at: a clock that steps backwards must
 * not take away what was just bought.
 */
export function evaluate(
  licence: LicenceRecord | null,
  policy: LicencePolicy,
  now: Date,
  scope: LicenceScope = ANYBODY_READS,
): LicenceDecision {
  const state = licence === null ? 'none' : stateAt(licence, policy, now);
  const readable = READABLE.has(state);
  const writable = WRITABLE.has(state);
  return {
    state,
    code: codeOf(licence, readable, writable, scope),
    readable,
    writable,
    plan: licence?.plan ?? null,
    validUntil: licence?.expiresAt?.toISOString() ?? null,
    entitlements: licence && readable ? licence.entitlements : {},
    limits: licence && readable ? limitsOf(licence) : {},
  };
}

/** The moments at which the stages of a licence begin, in order; none for one that lasts for ever. */
export function stagesOf(
  expiresAt: Date | null,
  policy: LicencePolicy,
): { state: Exclude<LicenceState, 'none' | 'trial' | 'active' | 'revoked'>; from: Date }[] {
  if (expiresAt === null) return [];
  const at = (days: number): Date => new Date(expiresAt.getTime() + days * DAY_MS);
  const { graceDays, readOnlyDays, suspendedDays } = policy;
  return [
    { state: 'grace', from: expiresAt },
    { state: 'read-only', from: at(graceDays) },
    { state: 'suspended', from: at(graceDays + readOnlyDays) },
    { state: 'expired', from: at(graceDays + readOnlyDays + suspendedDays) },
  ];
}

function stateAt(licence: LicenceRecord, policy: LicencePolicy, clock: Date): LicenceState {
  const { reached, revokedAt, expiresAt, kind } = licence;
  const now = reached !== null && reached > clock ? reached : clock;
  // A revocation with a date to come (a subscription ended by the operator at a date) takes effect then.
  if (revokedAt !== null && now >= revokedAt) return 'revoked';
  let state: LicenceState = kind === 'trial' ? 'trial' : 'active';
  if (expiresAt === null || now < expiresAt) return state;
  for (const stage of stagesOf(expiresAt, policy)) {
    if (now < stage.from) break;
    state = stage.state;
  }
  return state;
}

function codeOf(
  licence: LicenceRecord | null,
  readable: boolean,
  writable: boolean,
  { effect, userId, usage }: LicenceScope,
): LicenceCode {
  if (licence === null) return 'licence-required';
  if (!(effect === 'read' ? readable : writable)) return 'licence-ended';
  if (userId !== undefined && !hasSeat(licence, userId)) return 'seat-required';
  if (usage && usage.cap !== null && usage.used >= usage.cap) return 'usage-limit';
  return 'ok';
}

function hasSeat({ seats, holders }: LicenceRecord, userId: string): boolean {
  if (seats === null) return true;
  const place = holders.indexOf(userId);
  return place >= 0 && place < seats;
}

function limitsOf({ limits, seats }: LicenceRecord): Record<string, number> {
  const numbers = Object.entries(limits).filter((entry): entry is [string, number] => Number.isFinite(entry[1]));
  return { ...Object.fromEntries(numbers), ...(seats === null ? {} : { seats }) };
}
