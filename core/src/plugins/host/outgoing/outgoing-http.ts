import { setTimeout } from 'node:timers/promises';
import type { HttpRequest, HttpResponse } from '@bazaar/sdk';
import { grantFor } from './granted-target.ts';
import type { GuardedTransport } from './guarded-transport.ts';
import { firstHop } from './hop.ts';
import { ReadingPace } from './reading-pace.ts';

/** Observes one request, redirects included. */
export interface OutgoingWatch {
  /** Whoever reads the answer: all answers that one reader reads at the same time share one pace. */
  reader: string;
  /** Called with the capability that allowed each address. */
  used(capability: string): void;
  /** Called with the size of what was sent or received. */
  moved(bytes: number): void;
}

export interface OutgoingHttp {
  fetch(request: HttpRequest, capabilities: ReadonlySet<string>, watch: OutgoingWatch): Promise<HttpResponse>;
  /** Loads the HTTP client in advance: loading blocks the process for a moment, which no request should meet. */
  prepare(): Promise<void>;
  close(): Promise<void>;
}

export interface OutgoingHttpOptions {
  /** `host:port` pairs that may be reached although their address is not public; from the operator's configuration. */
  privateTargets?: readonly string[];
}

/** HTTP for plugins: only to granted hosts at public addresses, limited in size and time, each redirect anew. */
export function createOutgoingHttp(options: OutgoingHttpOptions = {}): OutgoingHttp {
  const privateTargets = new Set((options.privateTargets ?? []).map((target) => target.toLowerCase()));
  const pace = new ReadingPace();
  let transport: Promise<GuardedTransport> | undefined;
  const open = async () => {
    const { GuardedTransport: Transport } = await import('./guarded-transport.ts');
    return new Transport(privateTargets);
  };
  return {
    async fetch(request, capabilities, watch) {
      const first = firstHop(request);
      // Checked first: a request that is refused does not load the client.
      grantFor(first.url, capabilities);
      transport ??= open();
      return (await transport).fetch(first, {
        beforeHop: (url) => watch.used(grantFor(url, capabilities)),
        sent: watch.moved,
        async received(bytes) {
          watch.moved(bytes);
          const wait = pace.waitAfter(watch.reader, bytes, performance.now());
          if (wait > 0) await setTimeout(wait, undefined, { ref: false });
        },
      });
    },
    async prepare() {
      transport ??= open();
      await transport;
    },
    async close() {
      await (await transport)?.close();
    },
  };
}
