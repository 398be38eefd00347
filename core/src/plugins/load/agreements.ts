import type { Manifest } from '@bazaar/sdk';
import semver from 'semver';
import { parseCapability } from '../manifest/capability.ts';
import { parsePathTemplate, pathsAreAmbiguous } from '../manifest/path-template.ts';

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

/** Public pages and names of elements that plugins have taken; asking costs no more with many plugins than with few. */
export class Claims {
  /** By number and first of their segments, `*` for any: others cannot be taken for one another. */
  readonly #pages = new Map<string, { path: string; plugin: string }[]>();
  readonly #elements = new Map<string, string>();

  constructor(manifests: Iterable<Manifest> = []) {
    for (const manifest of manifests) this.add(manifest);
  }

  add(manifest: Manifest): void {
    for (const { path } of manifest.pages ?? []) {
      const [own = '', , all = ''] = placesOf(path);
      for (const place of new Set([own, all])) {
        const there = this.#pages.get(place) ?? [];
        there.push({ path, plugin: manifest.id });
        this.#pages.set(place, there);
      }
    }
    for (const element of elementsOf(manifest)) {
      if (!this.#elements.has(element)) this.#elements.set(element, manifest.id);
    }
  }

  /** What this plugin would take from one of them. */
  against(manifest: Manifest): string[] {
    const problems: string[] = [];
    for (const { path } of manifest.pages ?? []) {
      const [own = '', any = '', all = ''] = placesOf(path);
      const places = own === any ? [all] : [own, any];
      const taken = places
        .flatMap((place) => this.#pages.get(place) ?? [])
        .find((candidate) => pathsAreAmbiguous(candidate.path, path));
      if (taken) problems.push(`the public page "${path}" cannot be told from "${taken.path}" of ${taken.plugin}`);
    }
    for (const element of elementsOf(manifest)) {
      const plugin = this.#elements.get(element);
      if (plugin !== undefined) problems.push(`the element "${element}" is already defined by ${plugin}`);
    }
    return problems;
  }
}

/** Where a path is kept: with those that begin alike, with those that begin with anything, with all of its length. */
function placesOf(path: string): [own: string, any: string, all: string] {
  const segments = parsePathTemplate(path);
  const [first] = segments;
  const any = `${segments.length} *`;
  return [first && 'text' in first ? `${segments.length} /${first.text}` : any, any, `${segments.length}`];
}

function elementsOf(manifest: Manifest): Set<string> {
  return new Set([...(manifest.screens ?? []), ...(manifest.widgets ?? [])].map(({ element }) => element));
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
  problems.push(...brokenAgreements(manifest, others), ...new Claims(others.values()).against(manifest));
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
