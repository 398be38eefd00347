import { setTimeout as sleep } from 'node:timers/promises';
import type { DemoTenant, OperatedPlatform } from './operated-platform.ts';

/** What a node answered: `200 1.0.0`, or a status with its reason. */
interface Answer {
  node: string;
  tenant: DemoTenant;
  said: string;
  /** When the question was asked, in milliseconds. */
  asked: number;
}

const PAUSE_MS = 10;

export async function ask(node: OperatedPlatform, tenant: DemoTenant, plugin = 'stock'): Promise<string> {
  const response = await node.fetch('GET', `/api/p/${plugin}/goods`, undefined, tenant);
  const body = (await response.json()) as { version?: string; reason?: string; code?: string };
  return response.ok ? `200 ${body.version}` : `${response.status} ${body.reason ?? body.code}`;
}

/** Asks every node for every tenant, again and again, until told to stop. */
export class Asking {
  readonly answers: Answer[] = [];
  readonly #workers: Promise<void>[];
  #stopped = false;

  constructor(nodes: Readonly<Record<string, OperatedPlatform>>, tenants: readonly DemoTenant[]) {
    this.#workers = Object.entries(nodes).flatMap(([name, node]) =>
      tenants.map((tenant) => this.#work(name, node, tenant)),
    );
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#workers);
  }

  async #work(name: string, node: OperatedPlatform, tenant: DemoTenant): Promise<void> {
    while (!this.#stopped) {
      const asked = performance.now();
      const said = await ask(node, tenant).catch((error: unknown) => String(error));
      this.answers.push({ node: name, tenant, said, asked });
      await sleep(PAUSE_MS);
    }
  }
}
