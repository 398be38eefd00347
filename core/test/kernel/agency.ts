import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import { lockPlugins } from '../../src/plugins/index.ts';
import { type MainProcess, startMain } from './main-process.ts';

const PLUGINS = resolve(import.meta.dirname, '../../../plugins');
const OWNER = { email: 'ada@agency.test', password: 'correct-horse-battery' };

/** An agency with the job board and CV analysis on a platform of its own, which can be killed and started again. */
export class Agency {
  readonly dataDir: string;
  readonly #lock: string;
  #main: MainProcess | undefined;
  #url = '';
  #token = '';
  #slug = '';

  constructor(folder: string) {
    this.dataDir = join(folder, 'data');
    this.#lock = join(folder, 'plugins.lock.json');
  }

  /** The first start: sets the agency up and publishes a job. */
  async open(): Promise<void> {
    const folders = ['job-board', 'cv-analysis'].map((name) => join(PLUGINS, name));
    await lockPlugins(this.#lock, folders, { tier: 'inline', grant: 'all' });
    await this.#start();
    const owner = { tenantName: 'Agency', tenantSlug: 'agency', name: 'Ada', ...OWNER };
    this.#token = (await this.api<{ accessToken: string }>('/api/setup', owner)).accessToken;
    for (const plugin of ['job-board', 'cv-analysis']) await this.api(`/api/licences/${plugin}/trial`, {});
    const { id, slug } = await this.action<{ id: string; slug: string }>('job-board', 'jobs.create', {
      title: 'Backend Engineer',
      description: 'Build services for a parcel-tracking product in a team of seven.',
      city: 'Denver',
      requiredSkills: ['TypeScript', 'PostgreSQL'],
    });
    await this.action('job-board', 'jobs.publish', { id });
    this.#slug = slug;
  }

  async #start(): Promise<void> {
    this.#main = startMain({ BAZAAR_DATA_DIR: this.dataDir, BAZAAR_PLUGINS_LOCK: this.#lock });
    this.#url = await this.#main.ready;
  }

  async startAgain(): Promise<void> {
    await this.#start();
    this.#token = (await this.api<{ accessToken: string }>('/api/auth/sign-in', OWNER)).accessToken;
  }

  /** `kill -9`, without a moment's notice. */
  kill(): void {
    this.#main?.child.kill('SIGKILL');
  }

  /** As when the power fails: the database dies with the platform. */
  killWithDatabase(): void {
    const [postmaster] = readFileSync(join(this.dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n');
    process.kill(Number(postmaster), 'SIGKILL');
    this.kill();
  }

  /** In order. */
  async stop(): Promise<void> {
    this.#main?.child.kill('SIGTERM');
    await this.ended();
  }

  async ended(): Promise<void> {
    await this.#main?.exit;
  }

  async api<T>(path: string, body: object): Promise<T> {
    const response = await fetch(this.#url + path, {
      method: 'POST',
      headers: { Authorization: `Bearer ${this.#token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer = (await response.json()) as T;
    if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  }

  action<T>(plugin: string, action: string, input: object): Promise<T> {
    return this.api(`/api/p/${plugin}/actions/${action}`, input);
  }

  async tasks(): Promise<{ kind: string; title: string }[]> {
    const response = await fetch(`${this.#url}/api/tasks?limit=100`, {
      headers: { Authorization: `Bearer ${this.#token}` },
    });
    return ((await response.json()) as { items: { kind: string; title: string }[] }).items;
  }

  /** What browsers hear. Connected when it resolves. */
  async listen(): Promise<Socket> {
    const socket = io(this.#url, {
      path: '/api/socket',
      auth: { token: this.#token },
      transports: ['websocket'],
      reconnection: false,
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', () => resolve());
      socket.once('connect_error', reject);
    });
    return socket;
  }

  /** A visitor applies; resolves with the application's id once it is accepted. */
  async apply(name: string, cv: File): Promise<string> {
    const { status, answer } = await this.tryToApply(name, cv);
    if (status !== 201) throw new Error(`${status} ${JSON.stringify(answer)}`);
    return String(answer.applicationId);
  }

  async tryToApply(name: string, cv: File): Promise<{ status: number; answer: Record<string, unknown> }> {
    const form = new FormData();
    form.set('name', name);
    form.set('email', `${name.toLowerCase().replaceAll(' ', '.')}@example.com`);
    form.set('consent', 'true');
    form.set('cv', cv);
    const path = `/api/p/job-board/public/jobs/${this.#slug}/applications`;
    const response = await fetch(this.#url + path, {
      method: 'POST',
      headers: { 'X-Bazaar-Tenant': 'agency' },
      body: form,
    });
    return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
  }
}

/** A real CV of the demo, by its file name. */
export async function demoCv(name: string): Promise<File> {
  return new File([await readFile(join(PLUGINS, 'job-board/demo/documents', name))], name);
}

/** Begins like a PDF and is none. */
export function brokenCv(name: string): File {
  return new File([`%PDF-1.7\n${'broken '.repeat(500)}`], name);
}
