import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BundleError } from '../bundle-error.ts';
import { SERVER_FILE } from '../package-layout.ts';
import type { BuiltFile } from '../protocol.ts';
import type { BundleIssue } from '../types.ts';
import { entryPath, packageModules } from './package-modules.ts';
import { builtFiles, realFolder, runBuild } from './run-build.ts';

/** The SDK that every plugin gets, whatever its package brings. */
const SDK = fileURLToPath(import.meta.resolve('@bazaar/sdk'));

function shared(source: string) {
  if (source === '@bazaar/sdk') return { id: SDK, external: false };
  if (source.startsWith('@bazaar/sdk/')) return 'which is not there on the server; only "@bazaar/sdk" is';
  return undefined;
}

/** One module of everything the entry imports, with its default export. Throws `BundleError`. */
export async function buildServer(folder: string, entry: string): Promise<BuiltFile> {
  const root = realFolder(folder);
  const issues: BundleIssue[] = [];
  const modules = packageModules({ root, shared, trusted: [dirname(SDK)], issues });
  const output = await runBuild(
    root,
    { input: { plugin: entryPath(root, entry) }, plugins: [modules] },
    { format: 'es', codeSplitting: false, entryFileNames: SERVER_FILE, exports: 'named' },
    issues,
  );
  const [chunk] = output;
  if (!chunk.exports.includes('default')) {
    throw new BundleError([{ file: entry, message: 'has no default export; export default definePlugin({ … })' }]);
  }
  // An import of its own modules that runs later is named as an import of itself.
  const left = [...chunk.imports, ...chunk.dynamicImports].filter((name) => name !== chunk.fileName);
  if (left.length > 0) throw new BundleError([{ file: entry, message: `imports ${left.join(', ')}` }]);
  const [file] = builtFiles(output);
  if (!file) throw new Error(`nothing was built from ${join(folder, entry)}`);
  return file;
}
