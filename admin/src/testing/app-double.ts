import type { JsonObject } from '@bazaar/sdk';
import type { Socket } from 'socket.io-client';
import { ApiClient } from '../api/client.ts';
import type { ShellData } from '../api/types.ts';
import type { App } from '../app/app.ts';
import { Connection } from '../app/connection.ts';
import { ShellStore } from '../app/shell-store.ts';
import { ElementLoader } from '../plugin-host/load-element.ts';
import { Realtime } from '../realtime/realtime.ts';
import { Router } from '../routing/router.ts';
import { Entrance } from '../session/entrance.ts';
import { Session } from '../session/session.ts';

/** A shell as the server would describe it, for tests to vary. */
export function shellData(change: Partial<ShellData> = {}): ShellData {
  return {
    tenant: { id: 't1', slug: 'acme', name: 'Acme Staffing' },
    user: { id: 'u1', name: 'Ada Lovelace', email: 'ada@acme.test', permissions: [] },
    plugins: [],
    navigation: [],
    screens: [],
    widgets: [],
    openTasks: 0,
    demo: false,
    ...change,
  };
}

type Answer = (request: { body: unknown; url: URL }) => unknown;

export interface AppDouble extends App {
  /** `GET /api/shell` → what is answered; may be changed while the app runs. Unknown requests answer 404. */
  readonly answers: Map<string, Answer>;
  /** URL of a plugin's module → what importing it does. */
  readonly modules: Map<string, () => void>;
  /** As if the server had pushed an event. */
  push(event: string, payload?: JsonObject): void;
  readonly notices: { message: string; kind: string | undefined }[];
  /** What is said to every question. */
  agree: boolean;
  readonly questions: { title: string; message: string }[];
}

// One for the window, as in the product: it listens for clicks as long as the page lives.
const router = new Router(window);

/** The real parts of the shell with a server, a socket and a person made of plain functions. Somebody is signed in. */
export async function appDouble(shell: ShellData = shellData()): Promise<AppDouble> {
  const modules = new Map<string, () => void>();
  const answers = new Map<string, Answer>([['GET /api/shell', () => shell]]);
  const identity = { accessToken: 'a.b.c', user: shell.user, tenant: shell.tenant };
  answers.set('POST /api/auth/refresh', () => identity);
  answers.set('GET /api/me', () => ({ memberships: [{ tenant: shell.tenant, roles: [] }] }));

  const fetch: typeof globalThis.fetch = async (input, init = {}) => {
    const url = new URL(String(input), window.location.origin);
    const answer = answers.get(`${init.method ?? 'GET'} ${url.pathname}`);
    if (!answer) return Response.json({ code: 'not-found', detail: `No ${url.pathname} here.` }, { status: 404 });
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : (init.body ?? null);
    const content = await answer({ body, url });
    return content instanceof Response ? content : Response.json(content);
  };

  const session = new Session({
    fetch,
    channel: { postMessage: () => {}, addEventListener: () => {} },
    exclusively: (work) => work(),
    now: () => Date.now(),
  });
  let push: (event: string, payload: JsonObject) => void = () => {};
  const realtime = new Realtime(session, async () => {
    const socket = {
      on: () => socket,
      onAny: (listener: typeof push) => {
        push = listener;
        return socket;
      },
      disconnect: () => socket,
    };
    return socket as unknown as Socket;
  });
  const api = new ApiClient(session, fetch);
  const store = new ShellStore(api);
  for (const event of ['licence.changed', 'plugin.changed', 'task.changed'])
    realtime.on(event, () => void store.load());
  await session.start();
  await Promise.all([store.load(), realtime.connect()]);

  const app: AppDouble = {
    session,
    entrance: new Entrance(fetch),
    api,
    realtime,
    router,
    shell: store,
    connection: new Connection(new EventTarget(), async () => true),
    elements: new ElementLoader(async (module) => modules.get(module)?.()),
    modules,
    notices: [],
    questions: [],
    agree: true,
    answers,
    notify: (message, kind) => app.notices.push({ message, kind }),
    confirm: async (question) => {
      app.questions.push(question);
      return app.agree;
    },
    push: (event, payload = {}) => push(event, payload),
  };
  return app;
}
