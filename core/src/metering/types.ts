import type { Changes } from '../caching/index.ts';
import type { Database } from '../data/index.ts';
import type { Log } from '../logging/index.ts';
import type { EndedCall, Meter, PluginRegistry } from '../plugins/index.ts';
import type { Route } from '../routes/index.ts';
import type { Clock } from './plugin-meter.ts';

/** What the sandbox tier says of itself when it is asked. */
export interface SandboxFigures {
  processes: readonly { isolates: number; rssBytes: number }[];
  /** How often something of it was ended by force, by version. */
  plugins: readonly { plugin: string; version: string; kills: number }[];
}

export interface MeteringOptions {
  db: Pick<Database, 'platform' | 'asPlatform' | 'pluginBytes'>;
  changes: Changes;
  plugins: Pick<PluginRegistry, 'get' | 'statuses'>;
  sandbox?: () => Promise<SandboxFigures>;
  log: Log;
  now: () => Date;
  /** `performance.now` when absent. */
  clock?: Clock;
}

/** What plugins use and may use, in this process. */
export interface Metering {
  /** Counts what calls use and refuses what is too much. */
  meter: Meter;
  /** To be told of every call that has ended. */
  observe(call: EndedCall): void;
  /** For a Prometheus server. */
  metrics: { contentType: string; text(): Promise<string> };
  routes: Route[];
  /** Loads what operators have set; until then the built-in quotas hold. */
  start(): Promise<void>;
  close(): void;
}
