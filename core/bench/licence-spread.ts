import { rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { io, type Socket } from 'socket.io-client';
import { startEmbeddedPostgres } from '../src/data/index.ts';
import { request } from './environment.ts';
import { benchFolder } from './folder.ts';
import { benchSettings, type RunningServer, startPlatform } from './processes.ts';
import type { BenchResult } from './result.ts';

const DECIDED = 'licence.spread';
const TOLD = 'licence.told';
export const SPREAD_NAMES = [DECIDED, TOLD];

const CHANGES = 200;
const WARM_UP = 10;
/** What is promised, in milliseconds. */
const BOUND = 1_000;

interface Nodes {
  changing: RunningServer;
  other: RunningServer;
  token: string;
  socket: Socket;
}

interface Spread {
  decided: number[];
  told: number[];
}

function connected(url: string, token: string): Promise<Socket> {
  const socket = io(url, { path: '/api/socket', auth: { token }, transports: ['websocket'], reconnection: false });
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    socket.once('connect_error', reject);
  });
}

/** Milliseconds from sending the change to one node until the other one answers by it. */
async function untilDecided(url: string, token: string, status: number, since: number): Promise<number> {
  for (;;) {
    const response = await fetch(`${url}/api/p/job-board/jobs?limit=1`, {
      headers: { authorization: `Bearer ${token}` },
    });
    await response.arrayBuffer();
    if (response.status === status) return performance.now() - since;
    if (performance.now() - since > 30 * BOUND) throw new Error(`the other node still answers ${response.status}`);
  }
}

/** The same licence, taken away and given back in turns. */
async function spread({ changing, other, token, socket }: Nodes): Promise<Spread> {
  const [decided, told]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < CHANGES + WARM_UP; turn++) {
    const [verb, status] = turn % 2 === 0 ? ['revoke', 402] : ['reactivate', 200];
    const since = performance.now();
    const heard = new Promise<number>((resolve) => {
      socket.once('licence.changed', () => resolve(performance.now() - since));
    });
    const [, decidedAfter, toldAfter] = await Promise.all([
      request('POST', `${changing.url}/api/platform/licences/bench/job-board/${verb}`, { reason: 'bench' }, token),
      untilDecided(other.url, token, Number(status), since),
      heard,
    ]);
    if (turn < WARM_UP) continue;
    decided.push(decidedAfter);
    told.push(toldAfter);
  }
  return { decided, told };
}

/** The least there is to it: a message from one connection to another, by the same database. */
async function notified(connection: pg.ClientConfig): Promise<number[]> {
  const [sender, receiver] = [new pg.Client(connection), new pg.Client(connection)];
  await Promise.all([sender.connect(), receiver.connect()]);
  await receiver.query('listen bench');
  const times: number[] = [];
  for (let turn = 0; turn < CHANGES; turn++) {
    const since = performance.now();
    const heard = new Promise<void>((resolve) => {
      receiver.once('notification', () => resolve());
    });
    await Promise.all([sender.query('notify bench'), heard]);
    times.push(performance.now() - since);
  }
  await Promise.all([sender.end(), receiver.end()]);
  return times;
}

const at = (times: readonly number[], share: number): number =>
  [...times].sort((one, other) => one - other)[Math.floor(times.length * share)] ?? Number.NaN;

function resultOf(name: string, what: string, times: readonly number[], bare: readonly number[]): BenchResult {
  const [value, baseline, worst] = [at(times, 0.5), at(bare, 0.5), Math.max(...times)];
  const kept = worst <= BOUND ? 'held' : 'BROKEN';
  return {
    name,
    value,
    unit: 'ms',
    baseline,
    ratio: value / baseline,
    p50: value,
    p99: at(times, 0.99),
    note: `${CHANGES} changes, from the request to ${what}; bound of ${BOUND} ms ${kept}, longest ${Math.round(worst)} ms; against NOTIFY alone`,
  };
}

/** How long one node goes by a licence that has been changed at another; two processes on one database. */
export async function benchSpread(names: readonly string[], report: (line: string) => void): Promise<BenchResult[]> {
  report('changing licences at one of two nodes …');
  const folder = benchFolder('spread');
  const stops: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') });
    stops.push(() => postgres.stop());
    const { host, port, user } = postgres.connection;
    const env = benchSettings(postgres.connection, join(folder, 'data'));
    const changing = await startPlatform(env);
    stops.push(() => changing.stop());
    const owner = { tenantName: 'Bench', name: 'Bench', email: 'bench@bench.test', password: 'a-long-bench-password' };
    const { accessToken: token } = await request<{ accessToken: string }>('POST', `${changing.url}/api/setup`, owner);
    await request('POST', `${changing.url}/api/licences/job-board/trial`, {}, token);
    const other = await startPlatform({ ...env, BAZAAR_ROLE: 'web' });
    stops.push(() => other.stop());
    const socket = await connected(other.url, token);
    stops.push(() => socket.close());
    const { decided, told } = await spread({ changing, other, token, socket });
    const bare = await notified({ host, port, user, database: 'postgres' });
    const all = [
      resultOf(DECIDED, 'the first answer of another node that goes by it', decided, bare),
      resultOf(TOLD, 'the message to a browser at another node', told, bare),
    ];
    return all.filter(({ name }) => names.includes(name));
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}
