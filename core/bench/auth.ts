import { rmSync } from 'node:fs';
import { join } from 'node:path';
import * as argon2 from '@node-rs/argon2';
import { jwtVerify } from 'jose';
import { pino } from 'pino';
import { SYSTEM_TRACE } from '../src/audit/index.ts';
import { createChanges } from '../src/caching/index.ts';
import { type Database, openDatabase, startEmbeddedPostgres } from '../src/data/index.ts';
import { createIdentity, DEFAULT_IDENTITY_CONFIG, hashPassword, type Identity } from '../src/identity/index.ts';
import type { RouteContext } from '../src/routes/index.ts';
import { deriveKey } from '../src/secrets/index.ts';
import { addMember, createTenant } from '../src/tenancy/index.ts';
import { benchFolder } from './folder.ts';
import { type BenchResult, median } from './result.ts';

const VERIFY = 'auth.verify';
const SIGN_IN = 'auth.sign-in';
export const AUTH_NAMES = [VERIFY, SIGN_IN];

const SECRET = 'a secret of at least thirty-two bytes';
const PASSWORD = 'a-long-bench-password';
const PEOPLE = 20;
const ROUNDS = 3;
const CHECKS = 20_000;
const SIGN_INS = 50;
/** Callers at a time, as in the other measurements. */
const CONCURRENCY = 16;

const unused = (): never => {
  throw new Error('not part of this measurement');
};

function identityOn(database: Database): Identity {
  const log = pino({ level: 'silent' });
  return createIdentity({
    db: database,
    changes: createChanges(database.bus, log),
    plugins: { all: () => [] },
    log,
    now: () => new Date(),
    publicOrigin: () => 'http://localhost:4000',
    providers: { http: { fetch: unused }, privateTargets: new Set() },
    resolveTxt: unused,
    mailer: { wake: unused },
    pictures: { change: unused },
    config: { secret: SECRET, demo: false, ...DEFAULT_IDENTITY_CONFIG },
  });
}

async function people(database: Database): Promise<string[]> {
  const passwordHash = await hashPassword(PASSWORD);
  const emails = Array.from({ length: PEOPLE }, (_one, number) => `person-${number}@bench.test`);
  await database.asPlatform(async (models) => {
    const tenant = await createTenant(models, { slug: 'bench', name: 'Bench' }, SYSTEM_TRACE);
    for (const email of emails) {
      await addMember(models, tenant.id, { email, name: email, passwordHash, roles: ['viewer'] }, SYSTEM_TRACE);
    }
  });
  return emails;
}

/** The route itself, called as the pipeline calls it. */
function signInOn({ routes }: Identity): (email: string) => Promise<string> {
  const route = routes.find(({ operationId }) => operationId === 'signIn');
  if (!route) throw new Error('there is no sign-in');
  const context: RouteContext = {
    principal: null,
    requestId: 'bench',
    ip: '192.0.2.1',
    userAgent: 'bench',
    header: () => undefined,
    upload: null,
    cookies: { get: () => undefined, set: () => {} },
  };
  return async (email) => {
    const answer = await route.handler(context, { email, password: PASSWORD } as never);
    return (answer as { accessToken: string }).accessToken;
  };
}

/** Runs `work` so many times, some at a time; returns calls a second and how long each took. */
async function timed(count: number, concurrency: number, work: (index: number) => Promise<unknown>) {
  const times: number[] = [];
  let next = 0;
  const since = performance.now();
  const caller = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) {
      const begun = performance.now();
      await work(index);
      times.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, caller));
  const perSecond = (count / (performance.now() - since)) * 1000;
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN;
  return { perSecond, p50: at(0.5), p99: at(0.99) };
}

type Timed = Awaited<ReturnType<typeof timed>>;

function resultOf(
  name: string,
  unit: BenchResult['unit'],
  note: string,
  rounds: { our: Timed; bare: Timed }[],
): BenchResult {
  return {
    name,
    unit,
    note,
    value: median(rounds.map(({ our }) => our.perSecond)),
    baseline: median(rounds.map(({ bare }) => bare.perSecond)),
    ratio: median(rounds.map(({ our, bare }) => our.perSecond / bare.perSecond)),
    p50: median(rounds.map(({ our }) => our.p50)),
    p99: median(rounds.map(({ our }) => our.p99)),
  };
}

async function benchVerify({ authenticate }: Identity, tokens: readonly string[]): Promise<BenchResult> {
  const key = deriveKey(SECRET, 'access-token');
  const tokenOf = (index: number) => tokens[index % tokens.length] ?? '';
  const rounds: { our: Timed; bare: Timed }[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const bare = await timed(CHECKS, 1, (index) => jwtVerify(tokenOf(index), key));
    const our = await timed(CHECKS, 1, (index) => authenticate(tokenOf(index)));
    // The first one warms up.
    if (round > 0) rounds.push({ our, bare });
  }
  const note = `whom a token stands for, with session, roles and rules; ${PEOPLE} sessions; against jwtVerify alone`;
  return resultOf(VERIFY, 'checks/s', note, rounds);
}

async function benchSignIn(
  signIn: (email: string) => Promise<string>,
  emails: readonly string[],
): Promise<BenchResult> {
  const stored = await hashPassword(PASSWORD);
  const rounds: { our: Timed; bare: Timed }[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const bare = await timed(SIGN_INS, CONCURRENCY, () => argon2.verify(stored, PASSWORD));
    const our = await timed(SIGN_INS, CONCURRENCY, (index) => signIn(emails[index % emails.length] ?? ''));
    if (round > 0) rounds.push({ our, bare });
  }
  return resultOf(SIGN_IN, 'sign-ins/s', 'a whole sign-in, against argon2id alone', rounds);
}

/** What it costs to know who is calling, and to let somebody in; in this process, on a database of its own. */
export async function benchAuth(names: readonly string[], report: (line: string) => void): Promise<BenchResult[]> {
  report('signing people in …');
  const folder = benchFolder('auth');
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') });
  const logger = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const database = await openDatabase({ server: postgres, secret: SECRET, logger });
  const identity = identityOn(database);
  try {
    const emails = await people(database);
    const signIn = signInOn(identity);
    const tokens: string[] = [];
    for (const email of emails) tokens.push(await signIn(email));
    const results: BenchResult[] = [];
    if (names.includes(VERIFY)) results.push(await benchVerify(identity, tokens));
    if (names.includes(SIGN_IN)) results.push(await benchSignIn(signIn, emails));
    return results;
  } finally {
    identity.close();
    await database.close();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
