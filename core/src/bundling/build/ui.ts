import { basename } from 'node:path';
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
  return { files: builtFiles(output), sources };
}
