import { basename } from 'node:path';
import type { RolldownOutput } from 'rolldown';
import type { BuiltFile } from '../protocol.ts';
import { SHARED_MODULES } from '../shared-modules.ts';
import type { BundleIssue } from '../types.ts';
import { entryPath, packageModules } from './package-modules.ts';
import { builtFiles, realFolder, runBuild } from './run-build.ts';

const sharedModules = new Set(SHARED_MODULES);
const NOT_SHARED = /^(@vaadin\/|lit($|\/)|lit-html|lit-element|@lit\/|@bazaar\/)/;

/** A mistake named here would otherwise be a second lit or a failed import in the browser. */
function shared(source: string) {
  if (sharedModules.has(source)) return { id: source, external: true };
  if (!NOT_SHARED.test(source)) return undefined;
  const hint = source.startsWith('@vaadin/') ? '; the shell registers the Vaadin elements: use the tag alone' : '';
  return `which is not shared with plugins${hint}`;
}

/** Beside the modules: for each of them the Vaadin elements that its text names, so that a frame loads no others. */
const ELEMENTS_FILE = 'bazaar-elements.js';

function elementsFile(output: RolldownOutput['output']): BuiltFile {
  const chunks = new Map(output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file] as const] : [])));
  const used: Record<string, string[]> = {};
  for (const [name, { isEntry }] of chunks) {
    if (!isEntry) continue;
    const reached = new Set([name]);
    const tags = new Set<string>();
    for (const each of reached) {
      const chunk = chunks.get(each);
      for (const [tag] of chunk?.code.matchAll(/\bvaadin(?:-[a-z0-9]+)+/g) ?? []) tags.add(tag);
      for (const next of [...(chunk?.imports ?? []), ...(chunk?.dynamicImports ?? [])]) reached.add(next);
    }
    used[name] = [...tags].sort();
  }
  return { name: ELEMENTS_FILE, code: `export default ${JSON.stringify(used)};\n` };
}

/** Built browser modules, and the real paths of the sources they were made of. Throws `BundleError`. */
export async function buildUi(
  folder: string,
  entries: readonly string[],
): Promise<{ files: BuiltFile[]; sources: string[] }> {
  const root = realFolder(folder);
  const issues: BundleIssue[] = [];
  const output = await runBuild(
    root,
    {
      input: Object.fromEntries(entries.map((entry) => [basename(entry, '.ts'), entryPath(root, entry)])),
      plugins: [packageModules({ root, shared, issues })],
      preserveEntrySignatures: 'strict',
      transform: { target: 'es2023', define: { 'process.env.NODE_ENV': '"production"' } },
    },
    { format: 'es', minify: true, entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    issues,
  );
  const sources = output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
  return { files: [...builtFiles(output), elementsFile(output)], sources };
}
