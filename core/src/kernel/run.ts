import type { Config } from './config.ts';
import type { Kernel, KernelHooks } from './kernel.ts';
import { startFailure } from './start-failure.ts';

/** A stop that takes longer is cut short. */
const STOP_MS = 20_000;

export interface RunHooks extends Omit<KernelHooks, 'signal'> {
  ready(kernel: Kernel): void;
  stopping?(): void;
  /** Told the reasons, one a line, when the start fails. */
  complain(message: string): void;
}

/**
 * Runs the platform until it is told to stop: SIGINT, SIGTERM, or the end of the process that started it. Resolves
 * with the exit code.
 */
export async function runUntilStopped(config: Config, hooks: RunHooks): Promise<number> {
  const abort = new AbortController();
  const stopping = new Promise<number>((resolve) => {
    const stop = (code: number) => () => {
      if (!abort.signal.aborted) hooks.stopping?.();
      resolve(code);
      abort.abort();
      // Whatever hangs: a process that was told to stop ends.
      setTimeout(() => process.exit(1), STOP_MS).unref();
    };
    // Repeated signals change nothing: a terminal and npm both send one for the same key.
    process.on('SIGINT', stop(0));
    process.on('SIGTERM', stop(0));
    process.on('disconnect', stop(0));
    process.on('uncaughtException', (error) => {
      hooks.complain(`The platform stops after an error nobody handled: ${error.stack ?? error}`);
      stop(1)();
    });
    process.on('unhandledRejection', (reason) => {
      // Somebody, perhaps a plugin, has let go of a promise: what it stood for has failed, the platform has not.
      hooks.complain(`A promise was rejected and nobody noticed: ${reason instanceof Error ? reason.stack : reason}`);
    });
  });
  let kernel: Kernel;
  try {
    // Loaded here: the command line, which only reads the configuration, needs none of it.
    const { startKernel } = await import('./kernel.ts');
    kernel = await startKernel(config, { ...hooks, signal: abort.signal });
  } catch (error) {
    if (abort.signal.aborted) return stopping;
    hooks.complain(startFailure(error, config));
    return 1;
  }
  if (!abort.signal.aborted) hooks.ready(kernel);
  const code = await stopping;
  await kernel.stop();
  return code;
}
