import type { JsonObject } from '@bazaar/sdk';

export interface RealtimeMessage {
  tenantId: string;
  /** Only people who hold this permission receive it; everyone of the tenant when absent. */
  permission?: string;
  /** e.g. `licence.changed`, `progress`, `job-board.application.submitted`. */
  event: string;
  payload: JsonObject;
}

/** Pushes to signed-in browsers, on every node. Best effort: what must not be missed is read through the API. */
export interface Realtime {
  publish(message: RealtimeMessage): void;
}
