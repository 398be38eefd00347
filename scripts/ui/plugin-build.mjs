import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'vite';
import { cssTarget, sourceRecorder, target } from './bundler-settings.mjs';
import { sharedModules } from './shared-modules.mjs';

const shared = new Set(sharedModules);

/** Names a mistake at build time that would otherwise be a second lit or a failed import in the browser. */
const sharedOnly = {
  name: 'shared-modules-only',
  enforce: 'pre',
  resolveId(source, importer) {
    if (shared.has(source)) return { id: source, external: true };
    if (/^(@vaadin\/|lit($|\/)|lit-html|lit-element|@lit\/|@bazaar\/(?!sdk(\/ui)?$))/.test(source)) {
      const hint = source.startsWith('@vaadin/') ? ' The shell registers the Vaadin elements: use the tag alone.' : '';
      this.error(`${importer ?? 'entry'} imports ${source}, which is not shared with plugins.${hint}`);
    }
    return null;
  },
};

/** Builds every `ui/<name>.ts` of one plugin to `dist/ui/<name>.js`; returns the source files met. */
export async function buildPlugin(root, folder) {
  const entries = globSync('ui/*.ts', { cwd: join(root, folder) }).filter((file) => !/\.(test|d)\.ts$/.test(file));
  const recorder = sourceRecorder(root);
  await build({
    root: join(root, folder),
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    plugins: [sharedOnly, recorder.plugin],
    build: {
      target,
      cssTarget,
      outDir: 'dist/ui',
      emptyOutDir: true,
      modulePreload: false,
      reportCompressedSize: false,
      rolldownOptions: {
        checks: { pluginTimings: false },
        input: Object.fromEntries(entries.map((file) => [basename(file, '.ts'), join(root, folder, file)])),
        preserveEntrySignatures: 'strict',
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  });
  return [...recorder.files];
}
