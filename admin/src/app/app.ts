import type { UiContext } from '@bazaar/sdk/ui';
import { ApiClient } from '../api/client.ts';
import { ElementLoader } from '../plugin-host/load-element.ts';
import { Realtime } from '../realtime/realtime.ts';
import { Router } from '../routing/router.ts';
import { Entrance } from '../session/entrance.ts';
import { Session } from '../session/session.ts';
import { Connection } from './connection.ts';
import { confirm, notify } from './messages.ts';
import { ShellStore } from './shell-store.ts';

/** The parts every page of the shell works with. */
export interface App {
  readonly session: Session;
  readonly entrance: Entrance;
  readonly api: ApiClient;
  readonly realtime: Realtime;
  readonly router: Router;
  readonly shell: ShellStore;
  readonly connection: Connection;
  /** Of plugins' screens and widgets. */
  readonly elements: ElementLoader;
  readonly notify: UiContext['notify'];
  readonly confirm: UiContext['confirm'];
}

function exclusively<Result>(work: () => Promise<Result>): Promise<Result> {
  // Locks exist in secure contexts only; elsewhere the server's grace for concurrent refreshes has to do.
  return navigator.locks ? navigator.locks.request('bazaar.refresh', work) : work();
}

async function serverAnswers(): Promise<boolean> {
  try {
    return (await window.fetch('/healthz', { cache: 'no-store' })).ok;
  } catch {
    // Not reached; that is the answer.
    return false;
  }
}

/** Of `GET /api/account/security`. */
interface OwnProofs {
  hasPassword: boolean;
  passkeys: unknown[];
  singleSignOn: { since: string | null } | null;
}

/** The browser leaves for the identity provider and comes back to this page, where what was wanted is done again. */
async function proveAtProvider(api: ApiClient): Promise<void> {
  const body = { returnTo: `${window.location.pathname}${window.location.search}` };
  const { location } = await api.json<{ location: string }>('POST', '/api/auth/prove/single-sign-on', { body });
  window.location.assign(location);
  // Nothing is proven yet, and this page is about to go.
  return new Promise(() => {});
}

/** Wires the shell to this window. */
export function createApp(): App {
  const connection = new Connection(window, serverAnswers);
  const fetch: typeof globalThis.fetch = async (input, init) => {
    try {
      return await window.fetch(input, init);
    } catch (error) {
      if (!(error instanceof DOMException)) connection.lost();
      throw error;
    }
  };
  const session = new Session({
    fetch,
    channel: new BroadcastChannel('bazaar.session'),
    exclusively,
    now: () => Date.now(),
  });
  const api: ApiClient = new ApiClient(session, fetch, async () => {
    const { askForProof } = await import('../session/prove-dialog.ts');
    const { passkeysWork, usePasskey } = await import('../session/passkeys.ts');
    const own = await api.json<OwnProofs>('GET', '/api/account/security');
    if (!own.hasPassword && own.passkeys.length === 0 && own.singleSignOn?.since) {
      return askForProof({ atProvider: () => proveAtProvider(api) });
    }
    return askForProof({
      byPassword: (password) => api.json('POST', '/api/auth/prove', { body: { password } }),
      byCode: (code) => api.json('POST', '/api/auth/prove/code', { body: { code } }),
      ...(passkeysWork()
        ? {
            byPasskey: async () => {
              const path = '/api/auth/prove/passkey';
              const options = await api.json<Parameters<typeof usePasskey>[0]>('POST', `${path}-options`, { body: {} });
              await api.json('POST', path, { body: { response: await usePasskey(options) } });
            },
          }
        : {}),
    });
  });
  const realtime = new Realtime(session);
  const shell = new ShellStore(api);
  session.onChange((state) => {
    realtime.disconnect();
    // What is open waits, out of sight, for the same person to sign in again.
    if (state.status === 'signed-out' && state.because === 'expired') return;
    const resumed = state.status === 'signed-in' && shell.isOf(state);
    if (!resumed) shell.clear();
    if (state.status === 'signed-in') {
      void shell.load();
      void realtime.connect({ resumed });
    }
  });
  for (const event of ['licence.changed', 'plugin.changed', 'task.changed', 'session.changed', 'reconnected']) {
    realtime.on(event, () => void shell.load());
  }
  return {
    session,
    entrance: new Entrance(fetch),
    api,
    realtime,
    router: new Router(window),
    shell,
    connection,
    elements: new ElementLoader(),
    notify,
    confirm,
  };
}
