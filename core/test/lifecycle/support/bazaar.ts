import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

const PROGRAM = resolve(import.meta.dirname, '../../../src/cli/main.ts');

export interface Run {
  code: number | string;
  out: string;
  err: string;
}

/** Runs one command line as an operator without a terminal would. */
export function bazaar(environment: Readonly<Record<string, string>>, ...args: string[]): Promise<Run> {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  return new Promise((done) => {
    child.once('close', (code, signal) => done({ code: signal ?? code ?? -1, out, err }));
  });
}
