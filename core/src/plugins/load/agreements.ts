import type { Manifest } from '@bazaar/sdk';
import semver from 'semver';
import { parseCapability } from '../manifest/capability.ts';
import { pathsAreAmbiguous } from '../manifest/path-template.ts';

/**
 * What a plugin expects of others that they do not offer: events it hears, actions it calls. Plugins that are not
 * installed are not asked: what is required has been checked, what is optional may be missing.
 */
export function brokenAgreements(manifest: Manifest, others: ReadonlyMap<string, Manifest>): string[] {
  const problems: string[] = [];
  for (const { event, version } of manifest.subscriptions ?? []) {
    const other = others.get(event.slice(0, event.indexOf('.')));
    if (!other || other.id === manifest.id) continue;
    const offered = (other.events ?? []).find((declared) => `${other.id}.${declared.name}` === event);
    if (!offered) problems.push(`hears "${event}", which ${other.id} ${other.version} does not emit`);
    else if (offered.version !== version) {
      problems.push(
        `hears "${event}" in version ${version}, but ${other.id} ${other.version} emits version ${offered.version}`,
      );
    }
  }
  for (const { capability } of manifest.capabilities ?? []) {
    const parsed = parseCapability(capability);
    if (parsed?.kind !== 'action') continue;
    const other = others.get(parsed.plugin);
    if (other && !other.actions.some((action) => action.name === parsed.name)) {
      problems.push(`calls "${parsed.plugin}.${parsed.name}", which ${other.id} ${other.version} does not offer`);
    }
  }
  return problems;
}

/** What a plugin would take from another that was loaded before: paths of public pages, names of elements. */
export function conflicts(manifest: Manifest, before: Iterable<Manifest>): string[] {
  const problems: string[] = [];
  const elements = new Set([...(manifest.screens ?? []), ...(manifest.widgets ?? [])].map(({ element }) => element));
  for (const other of before) {
    for (const page of manifest.pages ?? []) {
      const taken = (other.pages ?? []).find((candidate) => pathsAreAmbiguous(candidate.path, page.path));
      if (taken) problems.push(`the public page "${page.path}" cannot be told from "${taken.path}" of ${other.id}`);
    }
    for (const { element } of [...(other.screens ?? []), ...(other.widgets ?? [])]) {
      if (elements.delete(element)) problems.push(`the element "${element}" is already defined by ${other.id}`);
    }
  }
  return problems;
}

/**
 * What would not work if this version joined, or took the place of another version among, these plugins: what it
 * requires, what it expects of them, what they expect of it, what both would claim.
 */
export function problemsAmong(manifest: Manifest, all: readonly Manifest[]): string[] {
  const others = new Map(all.filter(({ id }) => id !== manifest.id).map((other) => [other.id, other]));
  const problems: string[] = [];
  for (const [id, range] of Object.entries(manifest.requires ?? {})) {
    const other = others.get(id);
    if (!other) problems.push(`requires the plugin "${id}" (${range}), which is not installed`);
    else if (!includes(range, other.version)) {
      problems.push(`requires "${id}" in version ${range}, but ${other.version} is installed`);
    }
  }
  problems.push(...brokenAgreements(manifest, others), ...conflicts(manifest, others.values()));
  const itself = new Map([[manifest.id, manifest]]);
  for (const other of others.values()) {
    const range = other.requires?.[manifest.id];
    if (range !== undefined && !includes(range, manifest.version)) {
      problems.push(`${other.id} ${other.version} requires it in version ${range}`);
    }
    problems.push(...brokenAgreements(other, itself).map((problem) => `${other.id} ${problem}`));
  }
  return problems;
}

function includes(range: string, version: string): boolean {
  return semver.satisfies(version, range, { includePrerelease: true });
}
