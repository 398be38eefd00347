import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { ProblemDocument } from '../../errors/index.ts';
import { closeServer, createHttpServer, listen } from '../../listener/index.ts';
import { createApp, type HttpOptions } from '../app.ts';
import { type Seen, testOptions } from './options.ts';

export const json = { 'Content-Type': 'application/json' };

/** The files of a shell and of the plugin `toy`, some of which nobody may see. */
async function testFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bazaar-http-'));
  await mkdir(join(folder, 'toy/dist/ui/chunks'), { recursive: true });
  await writeFile(join(folder, 'toy/dist/ui/screen.js'), `export const text = '${'x'.repeat(2000)}';`);
  await writeFile(join(folder, 'toy/dist/ui/chunks/a-1234.js'), 'export {}');
  await writeFile(join(folder, 'toy/plugin.json'), '{"secret":true}');
  await symlink('/etc/passwd', join(folder, 'toy/dist/ui/leak.js'));
  await mkdir(join(folder, 'shell/assets'), { recursive: true });
  await writeFile(
    join(folder, 'shell/index.html'),
    '<script type="importmap">{"imports":{}}</script><script src="/a.js"></script>',
  );
  await writeFile(join(folder, 'shell/assets/app-1234.js'), 'app');
  await writeFile(join(folder, 'shell/.stamp.json'), '{}');
  return folder;
}

/** The answer as the problem it must be. */
export async function problem(response: Response): Promise<ProblemDocument> {
  expect(response.headers.get('Content-Type')).toBe('application/problem+json; charset=utf-8');
  const document = (await response.json()) as ProblemDocument;
  expect(document).toMatchObject({
    type: `urn:bazaar:problem:${document.code}`,
    status: response.status,
    title: expect.any(String) as string,
    detail: expect.any(String) as string,
    requestId: response.headers.get('X-Request-Id'),
  });
  return document;
}

/** The whole request pipeline on a port of its own, with doubles behind it and the plugin `toy`. */
export class TestApp {
  readonly #close: () => Promise<void>;
  readonly folder: string;
  readonly port: number;
  readonly url: string;
  readonly seen: Seen;

  private constructor(folder: string, port: number, seen: Seen, close: () => Promise<void>) {
    this.folder = folder;
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
    this.seen = seen;
    this.#close = close;
  }

  static async start(more: Partial<HttpOptions> = {}): Promise<TestApp> {
    const folder = await testFolder();
    const seen: Seen = { calls: [], stored: [], logged: [], answer: () => ({ ok: true }) };
    const app = createApp({ ...testOptions(folder, seen), ...more });
    const server = createHttpServer(app.callback());
    const port = await listen(server, '127.0.0.1', 0);
    return new TestApp(folder, port, seen, async () => {
      await closeServer(server, 100);
      await rm(folder, { recursive: true });
    });
  }

  /** Forgets what was seen. */
  reset(): void {
    Object.assign(this.seen, { calls: [], stored: [], logged: [], answer: () => ({ ok: true }) });
  }

  stop(): Promise<void> {
    return this.#close();
  }

  get(path: string, token?: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(this.url + path, { headers: { ...(token ? { Authorization: `Bearer ${token}` } : {}), ...headers } });
  }

  send(
    method: string,
    path: string,
    body: BodyInit | undefined,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    return fetch(this.url + path, { method, headers, ...(body === undefined ? {} : { body }) });
  }

  /** A request that fetch would not send as it is. */
  raw(path: string, method = 'GET', headers: Record<string, string> = {}): Promise<{ status: number; body: string }> {
    return new Promise((resolve, reject) => {
      request({ port: this.port, host: '127.0.0.1', path, method, headers }, (response) => {
        let body = '';
        response.on('data', (chunk) => {
          body += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      })
        .on('error', reject)
        .end();
    });
  }
}
