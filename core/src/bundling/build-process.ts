import { type ChildProcess, fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BundleError } from './bundle-error.ts';
import { LIMITS } from './limits.ts';
import type { BuildReply, BuildRequest, BuiltFile } from './protocol.ts';

export interface ProcessLimits {
  /** Wall clock of the build. */
  milliseconds: number;
  /** Resident memory of the process. */
  memoryBytes: number;
}

/** A process takes this long only on a machine that has no time for anything. */
const START_MS = 30_000;
const WATCH_MS = 50;
const PAGE_BYTES = 4096;
const HEAP_MEGABYTES = 512;

/** Folders the building code lies in: all that it may read besides the package. */
const ROOT = join(import.meta.dirname, '../../..');
const READABLE = ['core', 'sdk', 'node_modules', 'package.json'].map((name) => join(ROOT, name));

async function residentBytes(pid: number): Promise<number> {
  const statm = await readFile(`/proc/${pid}/statm`, 'latin1').catch(() => '');
  return Number(statm.split(' ')[1] ?? 0) * PAGE_BYTES;
}

function start(folder: string): ChildProcess {
  return fork(join(import.meta.dirname, 'worker/main.ts'), {
    execArgv: [
      `--max-old-space-size=${HEAP_MEGABYTES}`,
      '--permission',
      '--allow-addons',
      '--allow-worker',
      ...[...READABLE, folder].map((path) => `--allow-fs-read=${path}`),
      '--disable-warning=SecurityWarning',
    ],
    env: {},
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
  });
}

/** Whether a process that ended so was brought down by what it was building. */
function isFaultOfSource(code: number | null, signal: NodeJS.Signals | null): boolean {
  const crashes: readonly unknown[] = ['SIGABRT', 'SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGTRAP'];
  return crashes.includes(signal) || (code !== null && code >= 128);
}

/**
 * Builds in a process of its own, without an environment and without a right to write. Rejects with `BundleError` when
 * the source is at fault, also when the process did not survive it or passed a limit.
 */
export function buildInProcess(
  request: BuildRequest,
  limits: ProcessLimits,
  signal: AbortSignal,
): Promise<BuiltFile[]> {
  return new Promise((resolve, reject) => {
    const child = start(request.folder);
    let deadline: NodeJS.Timeout;
    const watch = setInterval(async () => {
      if ((await residentBytes(child.pid ?? 0)) > limits.memoryBytes) {
        fail(new BundleError([{ file: '', message: 'building it takes too much memory' }]));
      }
    }, WATCH_MS);
    const onAbort = () => fail(new Error('the build was ended'));

    function finish(): void {
      clearTimeout(deadline);
      clearInterval(watch);
      signal.removeEventListener('abort', onAbort);
      child.kill('SIGKILL');
    }
    function fail(error: Error): void {
      finish();
      reject(error);
    }

    deadline = setTimeout(() => fail(new Error('the process that builds packages did not start in time')), START_MS);
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
    child.once('error', (error) =>
      fail(new Error('the process that builds packages cannot be started', { cause: error })),
    );
    child.once('exit', (code, killedBy) => {
      fail(
        isFaultOfSource(code, killedBy)
          ? new BundleError([
              { file: '', message: 'building it brings the bundler down; its source is too deep or broken' },
            ])
          : new Error(`the process that builds packages ended with ${killedBy ?? code}`),
      );
    });
    child.on('message', (message: 'ready' | BuildReply) => {
      if (message === 'ready') {
        clearTimeout(deadline);
        deadline = setTimeout(() => {
          const seconds = limits.milliseconds / 1000;
          fail(new BundleError([{ file: '', message: `building it takes longer than ${seconds} s` }]));
        }, limits.milliseconds);
        child.send(request);
        return;
      }
      finish();
      if ('files' in message) resolve(message.files);
      else reject(new BundleError(message.issues));
    });
  });
}

export const DEFAULT_LIMITS: ProcessLimits = { milliseconds: LIMITS.milliseconds, memoryBytes: LIMITS.memoryBytes };
