import { Reading as SdkReading } from '@bazaar/sdk/ui';

/** What a page shows, read as soon as the page appears. */
export class Reading<Value> extends SdkReading<Value> {
  hostConnected(): void {
    void this.run();
  }
}
