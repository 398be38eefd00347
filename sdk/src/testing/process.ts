import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

const START_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 60_000;
/** Characters of what it said last, for people to read. */
const LAST_WORDS = 2_000;

/** The `bazaar` program of the installed kernel. Known by name only: this package does not depend on it. */
function executable(): string {
  let folder = dirname(createRequire(import.meta.url).resolve('@bazaar/core'));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { bin?: { bazaar?: string } };
  if (!bin?.bazaar) throw new Error(`the package in ${folder} has no program "bazaar"`);
  return join(folder, bin.bazaar);
}

export interface PlatformProcess {
  url: string;
  pid: number;
  /** What it has written to standard error so far. */
  errors(): string;
  /** Ends it in order; rejects when it does not end or ends with an error. */
  stop(): Promise<void>;
}

function ended(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(`${child.signalCode ?? child.exitCode}`);
    else child.once('exit', (code, signal) => resolve(`${signal ?? code}`));
  });
}

async function stop(child: ChildProcess, errors: () => string): Promise<void> {
  const kill = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  const exit = ended(child);
  child.kill('SIGTERM');
  const outcome = await exit;
  clearTimeout(kill);
  if (outcome !== '0')
    throw new Error(`the platform did not stop in order: ${outcome}\n${errors().slice(-LAST_WORDS)}`);
}

/** Starts a platform and waits until it is ready. It ends with this process, whatever becomes of it. */
export function startProcess(args: readonly string[], env: Readonly<Record<string, string>>): Promise<PlatformProcess> {
  const child = spawn(process.execPath, [executable(), 'serve', ...args], {
    // The channel is never written to; when this process dies it closes, and the platform stops.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ...env },
  });
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-100_000);
  });
  return new Promise((resolve, reject) => {
    const fail = (why: string) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new Error(`the platform did not start: ${why}\n${errors}`));
    };
    const timer = setTimeout(() => fail(`not ready within ${START_TIMEOUT_MS / 1000} s`), START_TIMEOUT_MS);
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code, signal) => fail(`it ended with ${signal ?? code}`));
    if (!child.stdout) throw new Error('standard output is piped');
    createInterface({ input: child.stdout }).on('line', (line) => {
      let message: { ready?: boolean; url?: string; pid?: number };
      try {
        message = JSON.parse(line);
      } catch {
        // Not the line we wait for.
        return;
      }
      if (message.ready !== true || message.url === undefined || message.pid === undefined) return;
      clearTimeout(timer);
      child.removeAllListeners('exit');
      const said = () => errors;
      resolve({ url: message.url, pid: message.pid, errors: said, stop: () => stop(child, said) });
    });
  });
}
