import type { IsolateSlot } from './isolate-slot.ts';
import type { PluginVersion } from './plugin-version.ts';

export interface Verdict {
  /** Beyond doubt, as far as that is possible from outside. */
  culprit: PluginVersion | undefined;
  /** Those it may have been; they are to be watched alone. */
  suspects: ReadonlySet<PluginVersion>;
}

/**
 * Whose code may have ended a process. Named by the process itself: that one. Otherwise the one that was computing
 * without rest, or the one that was at work at all; when there are several, nobody is blamed.
 */
export function judge(isolates: readonly IsolateSlot[], named: PluginVersion | undefined, now: number): Verdict {
  if (named) return { culprit: named, suspects: new Set([named]) };
  const pluginsOf = (chosen: (isolate: IsolateSlot) => boolean) =>
    new Set(isolates.filter(chosen).map((isolate) => isolate.plugin));
  const active = pluginsOf((isolate) => isolate.isActive(now));
  const hot = pluginsOf((isolate) => isolate.wasHot(now));
  const narrowed = hot.size > 0 ? hot : active;
  const [only] = narrowed;
  return narrowed.size === 1 ? { culprit: only, suspects: narrowed } : { culprit: undefined, suspects: active };
}
