import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ActionDeclaration, JsonValue, Manifest } from '@bazaar/sdk';
import { pino } from 'pino';
import { ApiError } from '../../errors/index.ts';
import type { ActionCall, LoadedPlugin } from '../../plugins/index.ts';
import type { HttpOptions } from '../app.ts';
import { ada, root } from './principals.ts';
import { routes } from './routes.ts';
import { actions } from './toy-plugin.ts';

/** What the parts behind the app have seen, and what the toy's actions answer. */
export interface Seen {
  calls: { plugin: string; action: string; call: ActionCall }[];
  answer: (name: string, call: ActionCall) => JsonValue;
  /** Names of stored files. */
  stored: string[];
  logged: unknown[];
}

const loaded = (folder: string): LoadedPlugin =>
  ({
    manifest: { id: 'toy', name: 'Toy', version: '1.0.0' } as Manifest,
    ui: async () => join(folder, 'toy/dist/ui'),
    actions,
  }) as unknown as LoadedPlugin;

export function testOptions(folder: string, seen: Seen): HttpOptions {
  const toy = loaded(folder);
  return {
    routes,
    plugins: {
      get: (id) => (id === 'toy' ? toy : undefined),
      version: (id, version) => (id === 'toy' && version === '1.0.0' ? toy : undefined),
      all: () => [toy],
      statuses: () => [{ id: 'sick', name: 'Sick', version: '1.0.0', tier: 'inline', state: 'failed', reason: 'x' }],
      manifest: (id) => (id === 'toy' ? toy.manifest : undefined),
      use: async (id, _tenantId, work) => {
        if (id === 'toy') return work(toy);
        throw id === 'sick'
          ? new ApiError('unavailable', 'Sick is not running.', { reason: 'plugin-not-running' })
          : new ApiError('not-found', 'There is no such plugin.');
      },
    },
    invoker: {
      admit: async (_plugin, name, { user }) => {
        if (name === 'things.upload' && !user?.permissions.includes('toy:things.read'))
          throw new ApiError('forbidden', 'no');
      },
      invoke: async (plugin, name, call) => {
        seen.calls.push({ plugin: plugin.manifest.id, action: name, call });
        return seen.answer(name, call);
      },
    },
    files: {
      store: async (_scope, file) => {
        const chunks = await Array.fromAsync(file.content);
        seen.stored.push(file.name);
        return { id: file.name, name: file.name, type: 'text/plain', size: chunks.length, sha256: '', createdAt: '' };
      },
      delete: () => Promise.reject(new Error('not used')),
      discard: async (_scope, id) => {
        seen.stored.splice(seen.stored.indexOf(id), 1);
      },
      read: async (_scope, id) => {
        const info = { id, name: 'cv “ü”.pdf', type: 'application/pdf', size: 5, sha256: '', createdAt: '' };
        return { info, content: Readable.from([Buffer.from('bytes')]) };
      },
      info: () => Promise.reject(new Error('not used')),
      localPath: () => Promise.reject(new Error('not used')),
      grant: () => Promise.reject(new Error('not used')),
    },
    pages: {
      handle: async (page) => {
        if (page.method !== 'POST') return { status: 200, headers: { 'Content-Type': 'text/html' }, body: page.path };
        const form = await page.readForm({
          tenant: ada.tenant,
          pluginId: 'toy',
          action: actions.get('things.upload') as ActionDeclaration,
          parameters: [],
        });
        return { status: 200, headers: { 'Content-Type': 'text/plain' }, body: JSON.stringify(form) };
      },
    },
    authenticate: async (token) => {
      if (token === 'ada') return ada;
      if (token === 'root') return root;
      throw new ApiError('unauthenticated', 'This token has expired.');
    },
    findTenant: async (slug) => (slug === 'acme' ? ada.tenant : null),
    metrics: { contentType: 'text/plain', text: async () => 'calls 1\n', token: 'of the collector' },
    readiness: async () => ({
      ready: false,
      version: '0',
      database: { ok: false, serverVersion: 0 },
      migrations: { core: '' },
      plugins: [],
      warnings: [],
    }),
    shellFolder: join(folder, 'shell'),
    secure: true,
    trustProxy: false,
    requestLimit: async () => undefined,
    uploadLimit: 1000,
    log: pino({ level: 'error' }, { write: (line: string) => seen.logged.push(JSON.parse(line)) }),
  };
}
