import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { watch } from './evidence.ts';

const ROOT = join(import.meta.dirname, '../../..');
const START_LIMIT_MS = 90_000;
const CHROMIUM = {
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

/** The project's plugins, all in one tier, in a lock file of the test's own. */
function lockIn(folder: string, tier: 'inline' | 'sandbox'): string {
  const lock = JSON.parse(readFileSync(join(ROOT, 'plugins.lock.json'), 'utf8')) as {
    plugins: Record<string, { tier: string; source: string }>;
  };
  for (const entry of Object.values(lock.plugins)) {
    entry.tier = tier;
    entry.source = relative(folder, join(ROOT, entry.source));
  }
  const file = join(folder, 'plugins.lock.json');
  writeFileSync(file, JSON.stringify(lock));
  return file;
}

interface Running {
  url: string;
  environment: Record<string, string>;
  child: ChildProcess;
  folder: string;
}

/** The kernel in a folder of its own: an empty one, or a copy of `template`. Resolves when it is ready. */
async function startKernel(tier?: 'inline' | 'sandbox', template?: string): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'bazaar-journeys-'));
  if (template !== undefined) execFileSync('cp', ['-a', `${template}/.`, folder]);
  // Root's PostgreSQL runs as somebody else, who must get here; its data would go elsewhere and stay.
  chmodSync(folder, 0o755);
  const pluginsLock = tier === undefined ? join(ROOT, 'plugins.lock.json') : lockIn(folder, tier);
  const environment = { BAZAAR_DATA_DIR: folder, BAZAAR_PLUGINS_LOCK: pluginsLock };
  const port = await freePort();
  const child = spawn(process.execPath, [join(ROOT, 'core/src/main.ts')], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...environment, PORT: String(port), BAZAAR_LOG_LEVEL: 'warn' },
  });
  const url = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + START_LIMIT_MS;
  while (!(await fetch(`${url}/readyz`).catch(() => null))?.ok) {
    if (child.exitCode !== null) throw new Error('the product ended before it was ready');
    if (Date.now() > deadline) throw new Error('the product was not ready in time');
    await sleep(200);
  }
  return { url, environment, child, folder };
}

async function stopKernel({ child }: Pick<Running, 'child'>): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

async function accessTokenAt(url: string, email: string): Promise<string> {
  const response = await fetch(`${url}/api/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: 'bazaar-demo-1' }),
  });
  return ((await response.json()) as { accessToken: string }).accessToken;
}

/** What the demo's applications bring about has been done. */
async function settled(url: string): Promise<void> {
  const headers = { authorization: `Bearer ${await accessTokenAt(url, 'operator@bazaar.test')}` };
  const deadline = Date.now() + START_LIMIT_MS;
  for (let quiet = 0; quiet < 3; ) {
    const answer = await fetch(`${url}/api/operator/deliveries?state=pending&limit=1`, { headers });
    const { items } = (await answer.json()) as { items: unknown[] };
    quiet = items.length === 0 ? quiet + 1 : 0;
    if (Date.now() > deadline) throw new Error('the demo was not done in time');
    await sleep(500);
  }
}

/** The product as a newcomer starts it, with its demo data, in a folder of its own; and a browser. */
export class Product {
  readonly url: string;
  /** What leads other programs of the project to this one. */
  readonly environment: Readonly<Record<string, string>>;
  readonly #running: Running;
  readonly #browser: Browser;

  private constructor(running: Running, browser: Browser) {
    this.url = running.url;
    this.environment = running.environment;
    this.#running = running;
    this.#browser = browser;
  }

  /** A folder with the demo, all of it done, to start copies from. */
  static async prepare(): Promise<string> {
    const running = await startKernel();
    await settled(running.url);
    await stopKernel(running);
    return running.folder;
  }

  /** Without a tier every plugin runs in the one that the project's lock file says. */
  static async start(tier?: 'inline' | 'sandbox'): Promise<Product> {
    const running = await startKernel(tier, process.env.BAZAAR_JOURNEY_TEMPLATE);
    return new Product(running, await chromium.launch(CHROMIUM));
  }

  /** A browser of its own: nobody is signed in. */
  async visit(options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
    const context: BrowserContext = await this.#browser.newContext({
      baseURL: this.url,
      viewport: { width: 1280, height: 900 },
      ...options,
    });
    context.setDefaultTimeout(30_000);
    context.on('page', watch);
    return context.newPage();
  }

  async signIn(email: string, options?: Parameters<Browser['newContext']>[0]): Promise<Page> {
    const page = await this.visit(options);
    await page.goto('/');
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password', { exact: true }).fill('bazaar-demo-1');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('navigation').first().waitFor();
    await page.getByRole('heading', { level: 1 }).waitFor();
    return page;
  }

  accessToken(email: string): Promise<string> {
    return accessTokenAt(this.url, email);
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    await stopKernel(this.#running);
    rmSync(this.#running.folder, { recursive: true, force: true });
  }
}

/** No violation of WCAG 2.1 A and AA on the page as it is now. */
export async function expectAccessible(page: Page): Promise<void> {
  // What fades in has no contrast yet, what fades out no longer.
  await page.waitForFunction(
    () => document.querySelector('vaadin-notification-card:is([opening], [closing])') === null,
  );
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
    .analyze();
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
  expect(found).toEqual([]);
}

/** Types into a box until one choice is left, and takes it. What stood there before, the box shows again as another. */
export async function chooseByTyping(box: Locator, text: string): Promise<void> {
  await box.fill(text);
  const options = box.page().getByRole('option');
  await expect.poll(() => options.count(), { message: `choices for "${text}"` }).toBe(1);
  await options.click();
}
