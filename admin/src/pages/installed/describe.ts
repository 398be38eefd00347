import { counted, formatDay, formatMoment } from '@bazaar/sdk/ui';
import type { Chip } from '../plugins/describe.ts';
import type { Canary, Impact, InstalledPlugin, InstalledState, Operation } from './types.ts';

const STATES: Readonly<Record<InstalledState, Chip>> = {
  active: { text: 'Serves', look: 'success' },
  draining: { text: 'Being updated', look: 'info' },
  quarantined: { text: 'Stopped', look: 'danger' },
  failed: { text: 'Cannot run', look: 'danger' },
  parked: { text: 'Uninstalled', look: 'warning' },
  inactive: { text: 'Not installed', look: '' },
};

/** Whether it serves, in two words. */
export function installedChip({ state, switching }: Pick<InstalledPlugin, 'state' | 'switching'>): Chip {
  return switching ? { text: 'Callers wait', look: 'warning' } : STATES[state];
}

/** `1.2.0, sandboxed; 1.1.0 served before` */
export function versionText({ activeVersion, previousVersion, tier, pins }: InstalledPlugin): string {
  const where = tier === null ? null : tier === 'inline' ? 'inside the platform' : 'isolated from the platform';
  const now = [activeVersion ?? 'No version', where].filter((part) => part !== null).join(', ');
  const pinned = pins.count === 0 ? '' : ` · ${counted(pins.count, 'workspace')} kept at a version`;
  return `${now}${previousVersion === null ? '' : ` · ${previousVersion} served before`}${pinned}`;
}

/** Why a version must not run, for each that must not. */
export function quarantines({ versions }: Pick<InstalledPlugin, 'versions'>): { version: string; reason: string }[] {
  return versions.flatMap(({ version, quarantine }) => (quarantine === null ? [] : [{ version, reason: quarantine }]));
}

/** Versions that are kept and may be tried by some. */
export function triable({ versions, activeVersion, canary, state }: InstalledPlugin): string[] {
  const isOnTrial = canary !== null && canary.haltedAt === null;
  if (isOnTrial || activeVersion === null || state !== 'active') return [];
  return versions.flatMap(({ version, quarantine }) =>
    version === activeVersion || quarantine !== null ? [] : [version],
  );
}

const percent = (share: number) => `${Number((share * 100).toFixed(1))} %`;

/** Who tries a version, and how it goes; or why its trial has ended. */
export function canaryText(canary: Canary): { title: string; text: string } {
  const { version, tenants, calls = 0, failures = 0, maxErrorRate, minCalls, startedAt, haltedAt } = canary;
  if (haltedAt !== null) {
    return {
      title: `The trial of ${version} was ended on ${formatMoment(haltedAt)}`,
      text: `${canary.haltReason ?? 'Too many calls failed'}. Its workspaces have the version of all others again.`,
    };
  }
  const who = [
    ...(canary.percent > 0 ? [`${canary.percent} % of the workspaces`] : []),
    ...(tenants.length > 0 ? [new Intl.ListFormat('en').format(tenants)] : []),
  ];
  const count =
    calls === 0 ? 'No calls yet' : `${counted(calls, 'call')}, of which ${failures === 0 ? 'none' : failures} failed`;
  return {
    title: `${version} is on trial for ${who.join(' and ')} since ${formatMoment(startedAt)}`,
    text: `${count}. It ends by itself when more than ${percent(maxErrorRate)} of at least ${counted(minCalls, 'call')} fail.`,
  };
}

const HOW: Readonly<Record<Impact['dependents'][number]['how'], string>> = {
  requires: 'stops with it',
  optional: 'goes on with less',
  listens: 'hears its events no more',
  calls: 'can call its actions no more',
};

const list = (parts: readonly string[]) => new Intl.ListFormat('en').format(parts);
const some = (...counts: [count: number, one: string][]) =>
  counts.flatMap(([count, one]) => (count === 0 ? [] : [counted(count, one)]));

/** What an operation touches, each with what it is of. `nameOf` names plugins. */
export function impactFacts(impact: Impact, nameOf: (plugin: string) => string): [of: string, what: string][] {
  const { tenants, users, surfaces, rows, tables, files, openTasks, waitingDeliveries } = impact;
  const gone = some(
    [surfaces.screens, 'screen'],
    [surfaces.widgets, 'widget'],
    [surfaces.pages, 'public page'],
    [surfaces.schedules, 'schedule'],
  );
  const kept = [
    ...(rows === 0 ? [] : [`${counted(rows, 'row')} in ${counted(tables.length, 'table')}`]),
    ...some([files, 'file']),
  ];
  const waiting = some([openTasks, 'open task'], [waitingDeliveries, 'event']);
  const others = Map.groupBy(impact.dependents, ({ plugin }) => plugin);
  return [
    [
      'Workspaces',
      tenants.licensed === 0
        ? 'None has a licence'
        : `${tenants.licensed} with a licence, with ${counted(users, 'person', 'people')}`,
    ],
    ...(gone.length === 0 ? [] : [['Gone at once', list(gone)] as [string, string]]),
    ['Its data', kept.length === 0 ? 'None' : list(kept)],
    ...(waiting.length === 0 ? [] : [['Waiting', list(waiting)] as [string, string]]),
    ...[...others].map(([plugin, ways]): [string, string] => [
      nameOf(plugin),
      list([...new Set(ways.map(({ how }) => HOW[how]))]),
    ]),
  ];
}

const KINDS: Readonly<Record<string, string>> = {
  install: 'Installed',
  upgrade: 'Upgraded',
  rollback: 'Rolled back',
  canary: 'Put on trial',
  'canary-promote': 'Trial taken over by all',
  'canary-stop': 'Trial ended',
  pin: 'Workspace kept at a version',
  uninstall: 'Uninstalled',
  restore: 'Restored',
  purge: 'Deleted for good',
  quarantine: 'Stopped',
  release: 'Quarantine lifted',
};

/** What was, or is being, done. */
export function operationTitle({ kind }: Pick<Operation, 'kind'>): string {
  return KINDS[kind] ?? kind;
}

export function operationChip({ state, step, error }: Pick<Operation, 'state' | 'step' | 'error'>): Chip {
  switch (state) {
    case 'running':
      return error === null
        ? { text: `Under way: ${step}`, look: 'info' }
        : { text: `Is tried again: ${step}`, look: 'warning' };
    case 'done':
      return { text: 'Done', look: 'success' };
    case 'failed':
      return { text: 'Failed', look: 'danger' };
    case 'undone':
      return { text: 'Undone', look: 'warning' };
  }
}

/** What else came of an operation: why it failed or could not be ended yet, what lags, where an export lies. */
export function operationNote({ error, outcome: { lagging = 0, export: file } }: Pick<Operation, 'error' | 'outcome'>) {
  const notes = [
    ...(error === null ? [] : [error]),
    ...(lagging === 0 ? [] : [`${counted(lagging, 'node')} had not followed yet; they do by themselves.`]),
    ...(file ? [`All it had kept is in ${file}.`] : []),
  ];
  return notes.join(' ');
}

/** Until when what was uninstalled can be brought back. */
export function parkedText({ purgeAfter }: Pick<InstalledPlugin, 'purgeAfter'>): string {
  return purgeAfter === null
    ? 'Its data is kept. Restore brings both back.'
    : `Its data is kept at least until ${formatDay(purgeAfter)}. Restore brings both back.`;
}

/** The short names that were typed. */
export function slugsIn(text: string): string[] {
  return text.split(/[\s,;]+/).filter((slug) => slug !== '');
}
