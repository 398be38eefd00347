import { spawn } from 'node:child_process';
import { chownSync, closeSync, fchownSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { StartupError } from '../../errors/index.ts';
import type { Binaries } from './binaries.ts';
import { fullMessage, isFull } from './data-folder.ts';
import { runOptions, SUPERUSER } from './initialise.ts';
import { withMemoryLimit } from './memory-limit.ts';
import { isPostmasterOf, processExists, processWorkingIn, processWorks } from './processes.ts';
import type { ServiceUser } from './service-user.ts';

export interface RunningServer {
  pid: number;
  /** Folder of the unix socket. */
  socket: string;
  port: number;
}

const PORT = 5432;
/** The kernel allows 107 bytes for the socket's whole path. */
const LONGEST_SOCKET_FOLDER = 90;
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  // For two kernels at their most: 60 connections of their own and 120 for plugins, each.
  max_connections: '400',
  shared_buffers: '128MB',
  max_locks_per_transaction: '256',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Errors of statements carry tenants' values and reach the caller anyway; only what ends a server is logged.
  log_min_messages: 'fatal',
};

interface PidFile extends RunningServer {
  stopping: boolean;
}

function readPidFile(location: string): PidFile | null {
  let lines: string[];
  try {
    lines = readFileSync(join(location, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return null;
  }
  const stopping = (lines[7] ?? '').trim() === 'stopping';
  return { pid: Number(lines[0]), port: Number(lines[3]), socket: (lines[4] ?? '').trim(), stopping };
}

/**
 * The server that survived our predecessor, or `null` after making sure that none works on this folder. A pid
 * file whose process is gone is left to PostgreSQL, which checks its shared memory; one that names a zombie or
 * somebody else's process would keep PostgreSQL from starting and is removed, once nobody works in the folder.
 */
export async function findRunningServer(location: string): Promise<RunningServer | null> {
  for (let attempt = 0; ; attempt++) {
    const file = readPidFile(location);
    if (!file) return null;
    const running = isPostmasterOf(file.pid, location);
    if (running && !file.stopping && file.socket !== '') return file;
    const worker = running ? file.pid : processWorkingIn(location);
    if (worker === null) {
      if (processExists(file.pid)) rmSync(join(location, 'postmaster.pid'), { force: true });
      return null;
    }
    if (attempt >= 200) {
      throw new StartupError(`The data folder ${location} is in use by process ${worker}, which does not end.`);
    }
    await sleep(100);
  }
}

function socketFolder(location: string, user: ServiceUser | null): string {
  if (Buffer.byteLength(location) <= LONGEST_SOCKET_FOLDER) return location;
  const folder = mkdtempSync('/tmp/bazaar-');
  if (user) chownSync(folder, user.uid, user.gid);
  return folder;
}

function failure(location: string, log: string, ending: string): StartupError {
  // A full disk does not take the log either.
  if (/No space left on device|Disk quota exceeded/.test(log) || (log === '' && isFull(location)))
    return new StartupError(fullMessage(location));
  const lines = log.split('\n').filter((line) => /FATAL:|PANIC:|error/i.test(line));
  const reason = (lines.at(-1) ?? ending).replace(/^.*?(FATAL|PANIC):\s*/, '');
  if (
    /could not (locate a valid checkpoint|open file|read file)|invalid data|corrupt|checkpoint record|incompatible with server/i.test(
      log,
    )
  ) {
    return new StartupError(
      `The data folder ${location} is damaged (${reason.trim()}): restore it from a backup or choose another folder.`,
    );
  }
  return new StartupError(`The embedded PostgreSQL on ${location} did not start: ${reason.trim()}`);
}

export async function launchServer(
  binaries: Binaries,
  location: string,
  user: ServiceUser | null,
  extraSettings: Readonly<Record<string, string>>,
): Promise<RunningServer> {
  const socket = socketFolder(location, user);
  const logFile = join(location, 'server.log');
  const settings = { ...SETTINGS, ...extraSettings, unix_socket_directories: socket };
  const args = ['-D', location, '-p', String(PORT)];
  for (const [name, value] of Object.entries(settings)) args.push('-c', `${name}=${value}`);
  // Shared memory of a server that was killed together with us is released only when its last process has gone.
  for (let attempt = 0; ; attempt++) {
    const log = openSync(logFile, 'w', 0o600);
    if (user) fchownSync(log, user.uid, user.gid);
    const child = spawn(...withMemoryLimit(binaries.postgres, args), {
      ...runOptions(user),
      stdio: ['ignore', 'ignore', log],
      detached: true,
    });
    closeSync(log);
    let ending: string | null = null;
    child.on('exit', (code, signal) => {
      ending = `it ended with ${signal ?? `code ${code}`}`;
    });
    child.on('error', (error) => {
      ending = error.message;
    });
    child.unref();
    const server = { pid: child.pid ?? 0, socket, port: PORT };
    const problem = await waitUntilReady(server, () => ending);
    if (problem === null) return server;
    const output = readFileSync(logFile, 'utf8');
    if (attempt < 50 && /pre-existing shared memory block|lock file .* already exists/.test(output)) {
      await sleep(100);
      continue;
    }
    throw failure(location, output, problem);
  }
}

/** `null` when the server answers, otherwise why it will not. */
export async function waitUntilReady(server: RunningServer, ended: () => string | null): Promise<string | null> {
  const deadline = Date.now() + 120_000;
  let last = '';
  while (Date.now() < deadline) {
    const reason = ended();
    if (reason !== null) return reason;
    const client = new Client({ host: server.socket, port: server.port, user: SUPERUSER, database: 'postgres' });
    client.on('error', () => {
      // Reported by connect() below.
    });
    try {
      await client.connect();
      await client.end();
      return null;
    } catch (error) {
      last = (error as Error).message;
      await client.end().catch(() => undefined);
      await sleep(15);
    }
  }
  return `it did not answer within two minutes (${last})`;
}

/** Fast shutdown: open transactions are rolled back, everything committed is on disk. */
export async function stopServer(server: RunningServer, location: string): Promise<void> {
  const signalAndWait = async (signal: NodeJS.Signals, seconds: number): Promise<boolean> => {
    if (!isPostmasterOf(server.pid, location)) return true;
    process.kill(server.pid, signal);
    for (const deadline = Date.now() + seconds * 1000; Date.now() < deadline; ) {
      if (!processWorks(server.pid)) return true;
      await sleep(10);
    }
    return false;
  };
  if (!(await signalAndWait('SIGINT', 30))) await signalAndWait('SIGQUIT', 10);
  if (server.socket !== location) rmSync(server.socket, { recursive: true, force: true });
}
