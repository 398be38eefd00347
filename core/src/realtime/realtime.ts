import { randomUUID } from 'node:crypto';
import type { Bus } from '../data/index.ts';
import type { Log } from '../logging/index.ts';
import type { Realtime, RealtimeMessage } from './types.ts';

/** Below the bus's own limit, with room for its envelope. */
const MAX_BUS_BYTES = 6 * 1024;
const KIND = 'realtime';

interface Envelope {
  node: string;
  message: RealtimeMessage;
}

export interface RealtimeOptions {
  bus: Pick<Bus, 'publish' | 'on'>;
  /** Hands a message to the sockets of this node. */
  deliver(message: RealtimeMessage): void;
  log: Log;
}

/**
 * Pushes at once to the browsers of this node, and through the bus to those of the others. A payload too large for
 * the bus arrives there empty: the browser then asks the API.
 */
export function createRealtime({ bus, deliver, log }: RealtimeOptions): Realtime & { close(): void } {
  const node = randomUUID();
  const undo = bus.on(KIND, (payload) => {
    const { node: origin, message } = payload as Envelope;
    if (origin !== node) deliver(message);
  });
  return {
    publish(message) {
      deliver(message);
      const small = JSON.stringify(message).length <= MAX_BUS_BYTES;
      const envelope: Envelope = { node, message: small ? message : { ...message, payload: {} } };
      bus.publish(KIND, envelope).catch((error: unknown) => {
        log.warn({ err: error, event: message.event }, 'other nodes did not get a realtime message');
      });
    },
    close: undo,
  };
}
