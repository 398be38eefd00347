// Builds the shell and the screens of every plugin; what has not changed since its last build is skipped.
// Usage: node scripts/build-ui.mjs [--force]
import { globSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isCurrent, writeStamp } from './ui/stamp.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const admin = {
  name: 'admin',
  output: 'admin/dist',
  inputs: ['admin/*.html', 'admin/package.json', 'admin/public/**/*.*', 'admin/src/**/*.*'],
  build: async () => (await import('./ui/admin-build.mjs')).buildAdmin(root),
};

const plugins = globSync('plugins/*/ui/*.ts', { cwd: root })
  .map((file) => dirname(dirname(file)))
  .filter((folder, index, all) => all.indexOf(folder) === index)
  .sort()
  .map((folder) => ({
    name: folder,
    output: `${folder}/dist/ui`,
    inputs: [`${folder}/ui/**/*.*`],
    build: async () => (await import('./ui/plugin-build.mjs')).buildPlugin(root, folder),
  }));

const force = process.argv.includes('--force');
for (const target of [admin, ...plugins]) {
  if (!force && isCurrent(root, target)) continue;
  const started = performance.now();
  try {
    writeStamp(root, target, await target.build());
    process.stdout.write(`Built ${target.name} in ${Math.round(performance.now() - started)} ms\n`);
  } catch (error) {
    // One plugin's broken screens must not keep the others from the browser.
    process.stderr.write(`${target.name}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
