import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildInProcess, DEFAULT_LIMITS, type ProcessLimits } from './build-process.ts';
import { BundleCache } from './bundle-cache.ts';
import { SERVER_FILE, uiEntries } from './package-layout.ts';
import type { BuildRequest } from './protocol.ts';
import { toolRevision } from './revision.ts';
import type { Bundler } from './types.ts';

interface BundlerLog {
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
}

export interface BundlerOptions {
  /** Where bundles are kept. */
  folder: string;
  log: BundlerLog;
  limits?: Partial<ProcessLimits>;
}

/** Builds at the same time; each has a process that takes a core and 200 MB. */
const AT_ONCE = 2;

/** See `Bundler`. */
export function createBundler({ folder, log, limits }: BundlerOptions): Bundler {
  const cache = new BundleCache(folder, toolRevision());
  const ending = new AbortController();
  const running = new Map<string, Promise<void>>();
  const waiting: (() => void)[] = [];
  let free = AT_ONCE;

  const swept = cache.sweep().catch((error: unknown) => {
    log.warn({ error }, 'Bundles of earlier versions could not be deleted');
  });

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    else free -= 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  }

  /** The same bundle is built once, however many ask for it. */
  function built(target: string, request: BuildRequest): Promise<void> {
    const current = running.get(target);
    if (current) return current;
    const build = inTurn(async () => {
      if (await cache.has(target)) return;
      const started = performance.now();
      const files = await buildInProcess(request, { ...DEFAULT_LIMITS, ...limits }, ending.signal);
      await cache.store(target, files);
      const ms = Math.round(performance.now() - started);
      log.info({ folder: request.folder, kind: request.kind, ms }, 'Bundled a package');
    }).finally(() => running.delete(target));
    running.set(target, build);
    return build;
  }

  return {
    async server({ folder: source, entry, integrity }) {
      await swept;
      const target = cache.folderOf(integrity, 'server');
      await built(target, { kind: 'server', folder: source, entry });
      const file = join(target, SERVER_FILE);
      return { file, code: await readFile(file, 'utf8') };
    },
    async ui({ folder: source, integrity }) {
      await swept;
      const target = cache.folderOf(integrity, 'ui');
      if (await cache.has(target)) return { folder: target };
      const entries = uiEntries(source);
      if (entries.length === 0) return undefined;
      await built(target, { kind: 'ui', folder: source, entries });
      return { folder: target };
    },
    forget: (integrity) => cache.forget(integrity),
    async close() {
      ending.abort();
      await Promise.allSettled([swept, ...running.values()]);
    },
  };
}
