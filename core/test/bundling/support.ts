import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Bundler, type BundlerOptions, createBundler } from '../../src/bundling/index.ts';

export interface Workshop {
  /** Everything of the test. */
  folder: string;
  /** Where bundles are kept. */
  cache: string;
  bundler: Bundler;
  /** A package with these files, and an integrity of its own. */
  package(files: Record<string, string>): { folder: string; integrity: string; entry: string };
  close(): Promise<void>;
}

export function openWorkshop(limits?: BundlerOptions['limits']): Workshop {
  const folder = mkdtempSync(join(tmpdir(), 'bazaar-bundling-'));
  const cache = join(folder, 'bundles');
  const log = { info: () => {}, warn: () => {} };
  const bundler = createBundler({ folder: cache, log, ...(limits && { limits }) });
  return {
    folder,
    cache,
    bundler,
    package(files) {
      const integrity = `sha512-${createHash('sha512').update(randomUUID()).digest('base64')}`;
      const root = join(folder, 'packages', randomUUID());
      const all = { 'package.json': '{"name":"x","version":"1.0.0","type":"module"}', ...files };
      for (const [path, content] of Object.entries(all)) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), content);
      }
      return { folder: root, integrity, entry: 'src/plugin.ts' };
    },
    async close() {
      await bundler.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
