import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Without loading it: the kernel's process never runs the bundler. */
function bundlerVersion(): string {
  const path = createRequire(import.meta.url).resolve('rolldown/package.json');
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}

/**
 * Changes with everything besides the package that goes into a bundle: the bundler, how we call it, and the SDK that is
 * bundled in.
 */
export function toolRevision(): string {
  const hash = createHash('sha256').update(bundlerVersion());
  const sdk = dirname(fileURLToPath(import.meta.resolve('@bazaar/sdk')));
  for (const [folder, pattern] of [
    [sdk, '{*,host/**/*}.ts'],
    [import.meta.dirname, '{build/*,shared-modules}.ts'],
  ] as const) {
    for (const path of globSync(pattern, { cwd: folder }).sort()) {
      if (!path.endsWith('.test.ts'))
        hash
          .update(`${path}\0`)
          .update(readFileSync(join(folder, path)))
          .update('\0');
    }
  }
  return hash.digest('hex').slice(0, 16);
}
