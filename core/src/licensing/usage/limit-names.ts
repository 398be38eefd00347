import type { Manifest } from '@bazaar/sdk';

/**
 * Limits by a name that the plugin does not count under: they would limit nothing. One that declares no meters may read
 * its own. By name, what is wrong with it.
 */
export function unknownLimits(
  limits: Readonly<Record<string, number>>,
  { id, pricing }: Pick<Manifest, 'id' | 'pricing'>,
): { name: string; message: string }[] {
  const meters = (pricing?.meters ?? []).map(({ name }) => name);
  if (meters.length === 0) return [];
  return Object.keys(limits)
    .filter((name) => !meters.includes(name))
    .map((name) => ({ name, message: `${id} has no meter "${name}"; it has: ${meters.join(', ')}.` }));
}
