import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiProblem } from '@bazaar/sdk/testing';
import { createThrowawayDatabase, type ThrowawayDatabase } from '../../../src/data/index.ts';
import { formatLock } from '../../../src/plugins/index.ts';
import { type MainProcess, startMain } from '../../kernel/main-process.ts';
import { testServer } from '../../support/test-database.ts';
import { openSession, type TestSession } from './test-session.ts';

export const OPERATOR = { email: 'operator@bazaar.test', password: 'bazaar-demo-1' };
const OWNERS = { 'acme-staffing': 'owner@acme.test', 'northwind-clinics': 'owner@northwind.test' } as const;
export type DemoTenant = keyof typeof OWNERS;

/** A kernel of its own with the demo tenants and no plugins, to be operated. */
export class OperatedPlatform {
  /** Everything it keeps, and place for packages. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly #database: ThrowawayDatabase;
  readonly #isFirst: boolean;
  readonly #sessions: TestSession[] = [];
  readonly #tokens = new Map<string, Promise<string>>();
  #main: MainProcess;
  url = '';

  private constructor(folder: string, database: ThrowawayDatabase, more?: Record<string, string>) {
    this.folder = folder;
    this.#database = database;
    this.#isFirst = more === undefined;
    const { host, port, user, database: name } = database.server.connection;
    this.environment = {
      DATABASE_URL: `postgres://${user}@localhost:${port}/${name}?host=${encodeURIComponent(host)}`,
      BAZAAR_DATA_DIR: join(folder, 'data'),
      BAZAAR_PLUGINS_LOCK: join(folder, 'plugins.lock.json'),
      BAZAAR_DEMO: '1',
      BAZAAR_RATE_LIMIT: '0',
      ...more,
    };
    this.#main = startMain(this.environment);
  }

  static async start(): Promise<OperatedPlatform> {
    const folder = await mkdtemp(join(tmpdir(), 'bazaar-operated-'));
    const database = await createThrowawayDatabase(testServer());
    await writeFile(join(folder, 'plugins.lock.json'), formatLock([]));
    const platform = new OperatedPlatform(folder, database);
    platform.url = await platform.#main.ready;
    return platform;
  }

  /** Another node on the same database: with folders and a lock file of its own, unless told otherwise. */
  async join(environment: Record<string, string> = {}): Promise<OperatedPlatform> {
    const secret = (await readFile(join(this.folder, 'data/secret'), 'utf8')).trim();
    const folder = await mkdtemp(join(tmpdir(), 'bazaar-joined-'));
    const node = new OperatedPlatform(folder, this.#database, { BAZAAR_SECRET: secret, ...environment });
    node.url = await node.#main.ready;
    return node;
  }

  /** The server with this platform's database. */
  get server(): ThrowawayDatabase['server'] {
    return this.#database.server;
  }

  get process(): MainProcess {
    return this.#main;
  }

  /** After it has been ended. */
  async startAgain(): Promise<void> {
    this.#main = startMain(this.environment);
    this.url = await this.#main.ready;
    this.#tokens.clear();
  }

  /** A session of the database's administrator. */
  async admin(): Promise<TestSession> {
    const session = await openSession(this.#database);
    this.#sessions.push(session);
    return session;
  }

  lockFile(): Promise<string> {
    return readFile(this.environment.BAZAAR_PLUGINS_LOCK ?? '', 'utf8');
  }

  /** As the operator, or the owner of a demo tenant. A buffer is sent as a package. */
  async fetch(method: string, path: string, body?: object | Buffer, as?: DemoTenant): Promise<Response> {
    const isPackage = Buffer.isBuffer(body);
    const token = await this.#token(as === undefined ? OPERATOR.email : OWNERS[as]);
    return fetch(this.url + path, {
      method,
      headers: {
        Authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'Content-Type': isPackage ? 'application/gzip' : 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isPackage ? new Uint8Array(body) : JSON.stringify(body) }),
    });
  }

  /** Rejects with `ApiProblem`. */
  async call<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: object | Buffer,
    as?: DemoTenant,
  ): Promise<T> {
    const response = await this.fetch(method, path, body, as);
    const answer = await response.json();
    if (!response.ok) throw new ApiProblem(answer as ConstructorParameters<typeof ApiProblem>[0]);
    return answer as T;
  }

  /** The operator's Authorization header. */
  async bearer(): Promise<string> {
    return `Bearer ${await this.#token(OPERATOR.email)}`;
  }

  async stop(): Promise<void> {
    const { child, exit } = this.#main;
    child.kill('SIGTERM');
    await exit;
    await Promise.all(this.#sessions.map((session) => session.end()));
    if (this.#isFirst) await this.#database.drop();
    await rm(this.folder, { recursive: true, force: true });
  }

  #token(email: string): Promise<string> {
    const known = this.#tokens.get(email) ?? this.#signIn(email);
    this.#tokens.set(email, known);
    return known;
  }

  async #signIn(email: string): Promise<string> {
    const response = await fetch(`${this.url}/api/auth/sign-in`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email, password: OPERATOR.password }),
    });
    return ((await response.json()) as { accessToken: string }).accessToken;
  }
}
