import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

export interface RunningServer {
  url: string;
  /** Milliseconds from spawning the process to its first answer. */
  startMs: number;
  /** Resident memory now, in MB. */
  memoryMb(): number;
  stop(): Promise<void>;
}

const START_LIMIT_MS = 60_000;

function memoryOf(child: ChildProcess): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

function server(child: ChildProcess, url: string, since: number): RunningServer {
  return {
    url,
    startMs: performance.now() - since,
    memoryMb: () => memoryOf(child),
    stop: () => stop(child),
  };
}

/** The bare server tells its address over IPC as soon as it has reached the database. */
export async function startBareServer(settings: object): Promise<RunningServer> {
  const script = fileURLToPath(new URL('./bare-server.ts', import.meta.url));
  const since = performance.now();
  const child = spawn(process.execPath, [script, JSON.stringify(settings)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [message] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error('the bare server ended before it was ready'))),
  ])) as [{ url: string }];
  return server(child, message.url, since);
}

/** Not a fixed one: another run's platform must never be taken for ours. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

async function ready(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).ok;
  } catch {
    return false;
  }
}

/** For a platform without demo data and limits of requests, on a database of a server without password. */
export function benchSettings(
  { host, port, user }: { host: string; port: number; user: string },
  dataDir: string,
  database = 'postgres',
): Record<string, string> {
  return {
    DATABASE_URL: `postgres://${user}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`,
    BAZAAR_DATA_DIR: dataDir,
    BAZAAR_DEMO: '0',
    BAZAAR_RATE_LIMIT: '0',
  };
}

/** The platform as `npm start` runs it, in one process. */
export async function startPlatform(env: Record<string, string>, limitMs = START_LIMIT_MS): Promise<RunningServer> {
  const port = await freePort();
  const script = fileURLToPath(new URL('../src/main.ts', import.meta.url));
  const since = performance.now();
  const child = spawn(process.execPath, [script], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, PORT: String(port), BAZAAR_LOG_LEVEL: 'error', ...env },
  });
  const url = `http://127.0.0.1:${port}`;
  while (!(await ready(url))) {
    if (child.exitCode !== null) throw new Error('the platform ended before it was ready');
    if (performance.now() - since > limitMs) {
      await stop(child);
      throw new Error(`the platform was not ready after ${limitMs / 1000} s`);
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return server(child, url, since);
}
