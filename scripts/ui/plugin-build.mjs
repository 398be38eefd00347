import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { buildUi } from '../../core/src/bundling/build/ui.ts';
import { uiEntries } from '../../core/src/bundling/package-layout.ts';

/** Builds every `ui/<name>.ts` of one plugin to `dist/ui/<name>.js`; returns the source files met. */
export async function buildPlugin(root, folder) {
  const { files, sources } = await buildUi(join(root, folder), uiEntries(join(root, folder)));
  const output = join(root, folder, 'dist/ui');
  rmSync(output, { recursive: true, force: true });
  for (const { name, code } of files) {
    mkdirSync(dirname(join(output, name)), { recursive: true });
    writeFileSync(join(output, name), code);
  }
  return sources.map((file) => relative(root, file)).filter((file) => !file.startsWith('..'));
}
