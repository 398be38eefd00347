import type { HostOperation } from '@bazaar/sdk/host';

export type CallKind = 'action' | 'subscription' | 'demo' | 'schedule' | 'privacy';

/** `refused`: a deliberate no, of the plugin or of the kernel. `failed`: an error, or no end before the deadline. */
export type CallOutcome = 'ok' | 'refused' | 'failed';

/** One invocation of a handler. */
export interface HandlerName {
  plugin: string;
  version: string;
  tenantId: string;
  kind: CallKind;
  /** As the manifest calls the action or the subscription. */
  name: string;
}

/** The record of an invocation that has ended. */
export interface EndedCall extends HandlerName {
  outcome: CallOutcome;
  /** From its beginning to its commit. */
  ms: number;
  /** Absent where the tier cannot measure it. */
  cpuMs?: number;
}

/** Counts what one invocation uses, and says when it may not go on. */
export interface CallMeter {
  /** Before each host call; throws `quota-exceeded` when it must not be made. */
  operation(operation: HostOperation): void;
  /** Before each statement, which may have waited long since its host call; throws `quota-exceeded` as that does. */
  statement(): void;
  /** Before each statement that may make the plugin's tables larger; throws `quota-exceeded` when they are too large. */
  growth(): void;
  rows(read: number, written: number): void;
  /** Milliseconds in which the database worked on its statements, those that failed included. */
  database(milliseconds: number): void;
  /** Bytes that left or came by outgoing HTTP, or of a result. */
  bytes(amount: number): void;
  /** Once, when nothing more can come. */
  end(call: EndedCall): void;
}

export interface Meter {
  /** Throws `quota-exceeded` when the plugin must not begin anything now. */
  begin(call: HandlerName, pluginName: string): CallMeter;
}
