import type { JsonObject, JsonValue, Manifest } from '@bazaar/sdk';
import type { PluginDataPackage } from '../../data/index.ts';
import { messageOf } from '../../errors/index.ts';
import { PackageError, type PackageIssue } from '../manifest/issue.ts';
import { DUPLICATE_KEY, parseJson } from '../manifest/parse-json.ts';
import { MANIFEST_FILE, reviewManifest } from '../manifest/review-manifest.ts';
import { type PackageOrigin, type PackedFiles, readPackedFiles } from './packed-files.ts';
import { readMigrations, readQueries } from './sql-files.ts';
import { readText } from './text-file.ts';

/** A plugin's package, read and validated. */
export interface PluginPackage {
  /** Absolute. */
  folder: string;
  integrity: string;
  manifest: Manifest;
  /** Module that exports the definition, below the folder, e.g. `src/plugin.ts`. */
  entry: string;
  /** Every packed path. */
  files: ReadonlySet<string>;
  data: PluginDataPackage;
  /** Demo tenant's slug → content of its file. */
  demo: ReadonlyMap<string, JsonValue>;
}

/** Reads the package in a folder; throws `PackageError` with everything that is wrong with it. */
export async function readPluginPackage(folder: string, origin: PackageOrigin): Promise<PluginPackage> {
  return interpretPackage(await readPackedFiles(folder, origin));
}

/**
 * `reviewed`: exactly these files have passed the review before. Compiling every schema of a manifest takes longer
 * than all else at a start.
 */
export function interpretPackage(files: PackedFiles, reviewed = false): PluginPackage {
  const issues: PackageIssue[] = [];
  const { manifest, data } = declarationsOf(files, issues, reviewed);
  const entry = readEntry(files, manifest, issues);
  const demo = readDemo(files, manifest, issues);
  checkModules(files, manifest, issues);
  if (!manifest || !data || issues.length > 0) throw new PackageError(issues);
  return {
    folder: files.folder,
    integrity: files.integrity,
    manifest,
    entry,
    files: new Set(files.paths),
    data,
    demo,
  };
}

/** What a package declares, without the code it brings: enough to type that code. Throws `PackageError`. */
export function interpretDeclarations(files: PackedFiles): { manifest: Manifest; data: PluginDataPackage } {
  const issues: PackageIssue[] = [];
  const { manifest, data } = declarationsOf(files, issues, false);
  if (!manifest || !data || issues.length > 0) throw new PackageError(issues);
  return { manifest, data };
}

function declarationsOf(
  files: PackedFiles,
  issues: PackageIssue[],
  reviewed: boolean,
): { manifest: Manifest | undefined; data: PluginDataPackage | undefined } {
  if (!files.paths.includes(MANIFEST_FILE)) {
    throw new PackageError([
      {
        file: MANIFEST_FILE,
        pointer: '',
        message: 'is missing from the package; add it, also to "files" in package.json',
      },
    ]);
  }
  const text = readText(files, MANIFEST_FILE, issues);
  if (text === undefined) throw new PackageError(issues);
  const { manifest, issues: found } = reviewed
    ? { manifest: JSON.parse(text) as Manifest, issues: [] }
    : reviewManifest(text);
  issues.push(...found);
  const migrations = readMigrations(files, issues);
  const queries = readQueries(files, issues);
  if (!manifest) return { manifest, data: undefined };
  const { id: pluginId, version, sharedTables = [] } = manifest;
  return { manifest, data: { pluginId, version, migrations, queries, sharedTables } };
}

/** `package.json`, which is known to be a JSON object. */
function readDescription(
  files: PackedFiles,
  report: (pointer: string, message: string) => void,
): JsonObject | undefined {
  try {
    const { value, duplicates } = parseJson(files.contents.get('package.json')?.toString('utf8') ?? '{}');
    for (const pointer of duplicates) report(pointer, DUPLICATE_KEY);
    return value as JsonObject;
  } catch (error) {
    report('', messageOf(error));
    return undefined;
  }
}

/** `exports["."]` of package.json, `src/plugin.ts` when there is none. */
function readEntry(files: PackedFiles, manifest: Manifest | undefined, issues: PackageIssue[]): string {
  const report = (pointer: string, message: string): void => {
    issues.push({ file: 'package.json', pointer, message });
  };
  const description = readDescription(files, report);
  if (!description) return '';
  if (manifest && description.version !== manifest.version) {
    report(
      '/version',
      `is ${JSON.stringify(description.version)}, but plugin.json says "${manifest.version}"; make them equal`,
    );
  }
  if (description.type !== 'module') report('/type', 'must be "module"');
  const exported = exportedPath(description.exports);
  const entry = (exported ?? './src/plugin.ts').replace(/^\.\//, '');
  if (!files.paths.includes(entry)) {
    report(
      exported === undefined ? '' : '/exports',
      `the module "${entry}" is not in the package; name it in exports["."] and let "files" include it`,
    );
  }
  return entry;
}

function exportedPath(exports: JsonValue | undefined): string | undefined {
  if (typeof exports === 'string') return exports;
  if (typeof exports !== 'object' || exports === null || Array.isArray(exports)) return undefined;
  return exportedPath(exports['.'] ?? exports.import ?? exports.default);
}

/** Each module that a screen or widget names has its source in the package. */
function checkModules(files: PackedFiles, manifest: Manifest | undefined, issues: PackageIssue[]): void {
  for (const kind of ['screens', 'widgets'] as const) {
    for (const [index, { module }] of (manifest?.[kind] ?? []).entries()) {
      const source = `ui/${module.replace(/\.js$/, '.ts')}`;
      if (files.paths.includes(source)) continue;
      const message = `is made from "${source}", which is not in the package; add it, also to "files" in package.json`;
      issues.push({ file: MANIFEST_FILE, pointer: `/${kind}/${index}/module`, message });
    }
  }
}

function readDemo(files: PackedFiles, manifest: Manifest | undefined, issues: PackageIssue[]): Map<string, JsonValue> {
  const demo = new Map<string, JsonValue>();
  for (const [slug, path] of Object.entries(manifest?.demo ?? {})) {
    const content = files.contents.get(path);
    if (!content) {
      const message = `"${path}" is not in the package; add it, also to "files" in package.json`;
      issues.push({ file: MANIFEST_FILE, pointer: `/demo/${slug}`, message });
      continue;
    }
    try {
      demo.set(slug, JSON.parse(content.toString('utf8')) as JsonValue);
    } catch (error) {
      issues.push({
        file: path,
        pointer: '',
        message: `is not JSON: ${messageOf(error)}`,
      });
    }
  }
  return demo;
}
