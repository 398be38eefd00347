import type { Manifest } from '@bazaar/sdk';

/** The names of the handlers that a module exports, to be compared with the manifest. */
export interface HandlerDescription {
  actions: readonly string[];
  subscriptions: readonly string[];
  demo: boolean;
  /** Those about personal data. */
  privacy: readonly string[];
}

/** The handlers about personal data, under `privacy` of the manifest as `export` and `erase`. */
export const PRIVACY_HANDLERS = ['exportPerson', 'erasePerson'] as const;
export type PrivacyHandler = (typeof PRIVACY_HANDLERS)[number];

function compare(given: readonly string[], group: string, declared: readonly string[]): string[] {
  return [
    ...declared
      .filter((name) => !given.includes(name))
      .map((name) => `"${name}" is declared under "${group}" but has no handler`),
    ...given
      .filter((name) => !declared.includes(name))
      .map((name) => `the handler "${name}" is not declared under "${group}"`),
  ];
}

/** Throws with an explanation unless the handlers are exactly those that the manifest declares. */
export function checkHandlers({ actions, subscriptions, demo, privacy }: HandlerDescription, manifest: Manifest): void {
  const problems = [
    ...compare(
      actions,
      'actions',
      manifest.actions.map(({ name }) => name),
    ),
    ...compare(
      subscriptions,
      'subscriptions',
      (manifest.subscriptions ?? []).map(({ event }) => event),
    ),
  ];
  if (manifest.demo !== undefined && !demo)
    problems.push('plugin.json names demo data, but there is no handler "demo"');
  const declared = PRIVACY_HANDLERS.filter((name) => manifest.privacy?.[name === 'exportPerson' ? 'export' : 'erase']);
  problems.push(...compare(privacy, 'privacy', declared));
  if (problems.length > 0) throw new Error(`the handlers do not match plugin.json: ${problems.join('; ')}`);
}
