import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../logging/index.ts';
import { BuildCache } from './build-cache.ts';
import { buildInProcess, DEFAULT_LIMITS, type ProcessLimits } from './build-process.ts';
import { BundleCache } from './bundle-cache.ts';
import { SERVER_FILE, uiEntries } from './package-layout.ts';
import type { BuildRequest, BuiltFile } from './protocol.ts';
import { toolRevision } from './revision.ts';
import type { Bundler } from './types.ts';

export interface BundlerOptions {
  /** Where bundles are kept. */
  folder: string;
  /** Where builds are looked for first and put as well; see `BuildCache`. */
  sharedFolder?: string | undefined;
  log: Pick<Log, 'info' | 'warn'>;
  limits?: Partial<ProcessLimits>;
}

/** Builds at the same time; each has a process that takes a core and 200 MB. */
const AT_ONCE = 2;

/** See `Bundler`. */
export function createBundler({ folder, sharedFolder, log, limits }: BundlerOptions): Bundler {
  const revision = toolRevision();
  const cache = new BundleCache(folder, revision);
  const shared = sharedFolder === undefined ? undefined : new BuildCache(sharedFolder, revision);
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

  /** A platform serves without the shared folder as well. */
  async function ofShared<T>(work: Promise<T> | undefined): Promise<T | undefined> {
    try {
      return await work;
    } catch (error) {
      log.warn({ error, folder: sharedFolder }, 'The shared folder of builds cannot be used');
      return undefined;
    }
  }

  async function build(integrity: string, request: BuildRequest): Promise<BuiltFile[]> {
    const { folder: source, kind } = request;
    const found = await ofShared(shared?.read(integrity, kind));
    if (found) return found;
    const started = performance.now();
    const files = await buildInProcess(request, { ...DEFAULT_LIMITS, ...limits }, ending.signal);
    log.info({ folder: source, kind, ms: Math.round(performance.now() - started) }, 'Bundled a package');
    await ofShared(shared?.keep(integrity, kind, files));
    return files;
  }

  /** The same bundle is built once, however many ask for it. Resolves with its folder. */
  async function built(integrity: string, request: BuildRequest): Promise<string> {
    const target = cache.folderOf(integrity, request.kind);
    const current =
      running.get(target) ??
      inTurn(async () => {
        if (!(await cache.has(target))) await cache.store(target, await build(integrity, request));
      }).finally(() => running.delete(target));
    running.set(target, current);
    await current;
    return target;
  }

  return {
    async server({ folder: source, entry, integrity }) {
      await swept;
      const target = await built(integrity, { kind: 'server', folder: source, entry });
      const file = join(target, SERVER_FILE);
      return { file, code: await readFile(file, 'utf8') };
    },
    async ui({ folder: source, integrity }) {
      await swept;
      const target = cache.folderOf(integrity, 'ui');
      if (await cache.has(target)) return { folder: target };
      const entries = uiEntries(source);
      if (entries.length === 0) return undefined;
      return { folder: await built(integrity, { kind: 'ui', folder: source, entries }) };
    },
    forget: (integrity) => cache.forget(integrity),
    async close() {
      ending.abort();
      await Promise.allSettled([swept, ...running.values()]);
    },
  };
}
