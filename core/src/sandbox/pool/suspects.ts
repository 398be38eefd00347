import type { IsolateSlot } from './isolate-slot.ts';
import type { PluginVersion } from './plugin-version.ts';

/** What is known of a plugin's activity in a process shortly before its end. */
export interface Trace {
  plugin: PluginVersion;
  /** Its code may have been running. */
  isActive: boolean;
  /** It was computing without rest, or had been a moment ago. */
  wasHot: boolean;
}

export interface Verdict {
  /** Beyond doubt, as far as that is possible from outside. */
  culprit: PluginVersion | undefined;
  /** Those it may have been; they are to be watched alone. */
  suspects: ReadonlySet<PluginVersion>;
}

export function traceOf(isolate: IsolateSlot, now: number): Trace {
  return { plugin: isolate.plugin, isActive: isolate.isActive(now), wasHot: isolate.wasHot(now) };
}

/**
 * Whose code may have ended a process. Named by the process itself: that one. Otherwise the one that was computing
 * without rest, or the one that was at work at all; when there are several, nobody is blamed. `isLate`: the harm may
 * have been done long before, so being the only one at work says nothing.
 */
export function judge(traces: readonly Trace[], named: PluginVersion | undefined, isLate: boolean): Verdict {
  if (named) return { culprit: named, suspects: new Set([named]) };
  const active = new Set(traces.filter(({ isActive, wasHot }) => isActive || wasHot).map(({ plugin }) => plugin));
  const hot = new Set(traces.filter(({ wasHot }) => wasHot).map(({ plugin }) => plugin));
  const narrowed = hot.size > 0 ? hot : active;
  const [only] = narrowed;
  if (narrowed.size !== 1 || (isLate && hot.size === 0)) return { culprit: undefined, suspects: active };
  return { culprit: only, suspects: narrowed };
}
