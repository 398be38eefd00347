import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const MAIN = join(import.meta.dirname, '../../../stripe-double/src/main.ts');
const START_MS = 15_000;
const STOP_MS = 2_000;

export interface DoubleSettings {
  /** 0 for any free one. */
  port: number;
  /** Whether only this port will do. */
  portIsFixed: boolean;
  /** Its journal: what it has acknowledged survives it. */
  stateFile: string;
  /** Where it delivers its events. */
  webhook: string;
  /** With which it signs them. */
  secret: string;
}

/** The double as a process of its own, which ends with this one. */
export interface DoubleProcess {
  address: string;
  /** Resolves when it has ended, with how. */
  ended: Promise<string>;
  stop(): Promise<void>;
}

/** Rejects when it does not say in time where it listens. */
export function startDouble({
  port,
  stateFile,
  webhook,
  secret,
}: Omit<DoubleSettings, 'portIsFixed'>): Promise<DoubleProcess> {
  const args = ['--port', String(port), '--state', stateFile, '--webhook', webhook, '--secret', secret];
  // Who comes back after all attempts pays what is open, instead of beginning anew.
  args.push('--after-retries', 'unpaid');
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  let lastWords = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-2_000);
  });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(`${signal ?? `code ${code}`} ${lastWords.trim()}`.trim()));
  });
  // A pipe that breaks means that it has ended, which is noticed.
  child.stdin.on('error', () => undefined);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`the double of the payment provider did not start in time ${lastWords}`));
    }, START_MS);
    ended.then((how) => {
      clearTimeout(timer);
      reject(new Error(`the double of the payment provider ended: ${how}`));
    });
    createInterface({ input: child.stdout }).once('line', (line) => {
      const { address } = JSON.parse(line) as { address: string };
      clearTimeout(timer);
      resolve({ address, ended, stop: () => stop(child, ended) });
    });
  });
}

async function stop(child: ChildProcess, ended: Promise<string>): Promise<void> {
  child.stdin?.end();
  const kill = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(kill);
}
