import { join } from 'node:path';
import { build } from 'vite';
import { SHARED_MODULES as sharedModules } from '../../core/src/bundling/shared-modules.ts';
import { cssTarget, noUsageStatistics, sourceRecorder, target } from './bundler-settings.mjs';

const prefix = 'shared:';

/** `lit/directives/repeat.js` → `vendor/lit-directives-repeat` */
function facadeName(specifier) {
  return `vendor/${specifier
    .replace(/\.js$/, '')
    .replace(/^@/, '')
    .replaceAll(/[^a-z0-9]+/gi, '-')}`;
}

/** One entry per shared module that re-exports it, so that its public names survive bundling. */
const facades = {
  name: 'shared-module-facades',
  resolveId: (source) => (source.startsWith(prefix) ? `\0${source}` : null),
  load: (id) => (id.startsWith(`\0${prefix}`) ? `export * from '${id.slice(prefix.length + 1)}';` : null),
};

/** Puts the import map before every script of the page. */
const importMap = {
  name: 'import-map',
  transformIndexHtml: {
    order: 'post',
    handler(_html, { bundle }) {
      const entries = Object.values(bundle ?? {}).filter((file) => file.type === 'chunk' && file.isEntry);
      const fileOf = new Map(entries.map((chunk) => [chunk.name, `/${chunk.fileName}`]));
      const imports = Object.fromEntries(sharedModules.map((name) => [name, fileOf.get(facadeName(name))]));
      return [
        {
          tag: 'script',
          attrs: { type: 'importmap' },
          children: JSON.stringify({ imports }),
          injectTo: 'head-prepend',
        },
      ];
    },
  },
};

/** Builds the shell to `admin/dist`; returns the source files met. */
export async function buildAdmin(root) {
  const folder = join(root, 'admin');
  const recorder = sourceRecorder(root);
  await build({
    root: folder,
    configFile: false,
    logLevel: 'warn',
    plugins: [noUsageStatistics, facades, importMap, recorder.plugin],
    build: {
      target,
      cssTarget,
      outDir: 'dist',
      emptyOutDir: true,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 1200,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        checks: { pluginTimings: false },
        input: {
          index: join(folder, 'index.html'),
          frame: join(folder, 'frame.html'),
          ...Object.fromEntries(sharedModules.map((name) => [facadeName(name), prefix + name])),
        },
        preserveEntrySignatures: 'strict',
        output: {
          format: 'es',
          entryFileNames: 'assets/[name]-[hash].js',
          chunkFileNames: 'assets/[name]-[hash].js',
          assetFileNames: 'assets/[name]-[hash][extname]',
          codeSplitting: {
            groups: [{ name: 'lit', test: /node_modules\/(lit|lit-html|lit-element|@lit)\// }],
          },
        },
      },
    },
  });
  return [...recorder.files];
}
