import { relative } from 'node:path';

/** What the browsers we support can do; below these Vite would rewrite `light-dark()` and break dark mode. */
export const cssTarget = ['chrome125', 'firefox128', 'safari18'];
export const target = 'es2023';

/** Replaces Vaadin's usage statistics by its own opt-out. */
export const noUsageStatistics = {
  name: 'no-usage-statistics',
  enforce: 'pre',
  resolveId(source, importer) {
    const optOut = source.replace(/(vaadin-usage-statistics)(\.js)?$/, '$1-optout.js');
    return optOut === source ? null : this.resolve(optOut, importer, { skipSelf: true });
  },
};

/** Collects the source files that a build met, relative to the repository's root. */
export function sourceRecorder(root) {
  const files = new Set();
  return {
    files,
    plugin: {
      name: 'source-recorder',
      generateBundle() {
        for (const id of this.getModuleIds()) {
          const file = id.split('?')[0];
          if (file.startsWith(root) && !file.includes('node_modules')) files.add(relative(root, file));
        }
      },
    },
  };
}
