import type { Manifest } from '@bazaar/sdk';

/** What stops working when a plugin is switched off. */
export interface BlastRadius {
  /** Plugins that need it, directly or through another: none of what they do with it can go on. */
  dependents: { id: string; name: string; through: string[] }[];
  /** Plugins that go on without it, but lose what they used it for. */
  limited: { id: string; name: string }[];
  /** Screens, widgets and public pages that disappear. */
  surfaces: { screens: number; widgets: number; pages: number };
}

type Part = Pick<Manifest, 'id' | 'name' | 'requires' | 'optional' | 'screens' | 'widgets' | 'pages'>;

/** `active` are the plugins that are usable for the tenant now. Pure. */
export function blastRadius(plugin: string, active: readonly Part[]): BlastRadius {
  const chains = new Map<string, string[]>([[plugin, []]]);
  for (const [id, through] of chains) {
    for (const other of active) {
      const needs = other.requires !== undefined && Object.hasOwn(other.requires, id);
      if (needs && !chains.has(other.id)) chains.set(other.id, id === plugin ? [] : [...through, id]);
    }
  }
  chains.delete(plugin);
  const byName = (one: { name: string }, other: { name: string }): number => one.name.localeCompare(other.name, 'en');
  const itself = active.find((part) => part.id === plugin);
  return {
    dependents: active
      .filter((part) => chains.has(part.id))
      .map(({ id, name }) => ({ id, name, through: chains.get(id) ?? [] }))
      .sort(byName),
    limited: active
      .filter(({ id, optional }) => !chains.has(id) && optional !== undefined && Object.hasOwn(optional, plugin))
      .map(({ id, name }) => ({ id, name }))
      .sort(byName),
    surfaces: {
      screens: itself?.screens?.length ?? 0,
      widgets: itself?.widgets?.length ?? 0,
      pages: itself?.pages?.length ?? 0,
    },
  };
}
