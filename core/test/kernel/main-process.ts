import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';

const MAIN = resolve(import.meta.dirname, '../../src/main.ts');

/** `core/src/main.ts` as a process, with what it says. */
export interface MainProcess {
  child: ChildProcess;
  pid: number;
  out(): string;
  err(): string;
  /** Resolves with the address when it is ready, rejects when it ends before. */
  ready: Promise<string>;
  /** Resolves with the exit code, or the signal's name. */
  exit: Promise<number | string>;
}

const running = new Set<ChildProcess>();

export function startMain(environment: Record<string, string>): MainProcess {
  const inherited = { ...process.env };
  for (const name of ['BAZAAR_TEST_SERVER', 'DATABASE_URL']) delete inherited[name];
  const child = spawn(process.execPath, [MAIN], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Without plugins, unless a test says otherwise: here it is the kernel that is tried.
    env: { ...inherited, PORT: '0', BAZAAR_DEMO: '0', BAZAAR_PLUGINS_LOCK: '/no/such/file', ...environment },
  });
  running.add(child);
  let [out, err] = ['', ''];
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const exit = new Promise<number | string>((resolve) => {
    child.once('exit', (code, signal) => {
      running.delete(child);
      resolve(signal ?? code ?? -1);
    });
  });
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      const address = /^Ready in [\d.]+ s\n\n {2}(\S+)$/m.exec(out)?.[1];
      if (address) resolve(address);
    });
    exit.then((code) => reject(new Error(`it ended with ${code}\n${out}\n${err}`)));
  });
  ready.catch(() => {
    // Only some tests wait for it.
  });
  return { child, pid: child.pid ?? 0, out: () => out, err: () => err, ready, exit };
}

/** Ends what tests have left running, in order, so that the database ends too. */
export async function stopAll(): Promise<void> {
  await Promise.all(
    [...running].map(
      (child) =>
        new Promise((resolve) => {
          child.once('exit', resolve);
          child.kill('SIGTERM');
        }),
    ),
  );
}
