import { Reading as SdkReading } from '@bazaar/sdk/ui';
import type { ReactiveControllerHost } from 'lit';
import type { Realtime } from '../realtime/realtime.ts';

/** A page, or part of one, that reads from the kernel. */
export type ReadingHost = ReactiveControllerHost & { app: { realtime: Pick<Realtime, 'on'> } };

/** What a page shows, read as soon as the page appears; what failed is read again when the connection is back. */
export class Reading<Value> extends SdkReading<Value> {
  readonly #page: ReadingHost;
  #stopListening = () => {};

  constructor(host: ReadingHost, read: () => Promise<Value>) {
    super(host, read);
    this.#page = host;
  }

  hostConnected(): void {
    void this.run();
    this.#stopListening = this.#page.app.realtime.on('reconnected', () => {
      if (this.failure !== null) void this.run();
    });
  }

  override hostDisconnected(): void {
    super.hostDisconnected();
    this.#stopListening();
  }
}
