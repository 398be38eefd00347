import type { Log } from '../logging/index.ts';
import type { RuntimeFactory, RuntimeSource } from '../plugins/index.ts';

/** What guests may use. Times are in milliseconds. */
export interface SandboxLimits {
  /** Processes that plugins share, by publisher. */
  sharedProcesses: number;
  /** Processes for plugins that are watched alone because one of them has brought a process down. */
  soloProcesses: number;
  isolatesPerProcess: number;
  /** An isolate that has had nothing to do for so long is ended. */
  isolateIdleMs: number;
  /** Handlers at work in one isolate; more wait. */
  callsPerIsolate: number;
  /** Calls that may wait for one isolate; more are refused. */
  waitingPerIsolate: number;
  /** Heap of one isolate. */
  isolateMemoryMb: number;
  /** Time on a processor for one call. */
  cpuMs: number;
  /** For a module to load. */
  loadMs: number;
  /** After a limit was passed, until the whole process is killed. */
  graceMs: number;
  /** A process that does not answer for so long is killed. */
  silenceMs: number;
  /** For a process to start. */
  startMs: number;
  /** Memory of one process: what it may reserve, and what it may hold. */
  processDataMb: number;
  processResidentMb: number;
  /** So many forced ends within the window make the tier refuse the plugin's version. */
  kills: number;
  killWindowMs: number;
}

export interface SandboxTierOptions {
  log: Log;
  /** One ES module text without imports; its default export is the plugin's definition. */
  bundle(source: RuntimeSource): Promise<string>;
  limits?: Partial<SandboxLimits>;
  /** A plugin had to be stopped by force. */
  onKilled?(pluginId: string, version: string, reason: string): void;
  /** Once for a version: it is refused from now on. */
  onQuarantine?(pluginId: string, version: string, reason: string): void;
  /** Where the code of the child processes is put; a place of its own when absent. */
  folder?: string;
}

/** One measure that keeps guests in, and whether this host has it. */
export interface HardeningStep {
  step: string;
  ok: boolean;
  reason?: string;
}

export interface ProcessFacts {
  pid: number;
  kind: 'shared' | 'solo' | 'trial';
  rssBytes: number;
  isolates: number;
  callsRunning: number;
}

export interface PluginFacts {
  plugin: string;
  version: string;
  kills: number;
  cpuMs: number;
  quarantined: boolean;
}

/** Runs plugins that are not trusted. */
export interface SandboxTier {
  createRuntime: RuntimeFactory;
  hardening(): Promise<readonly HardeningStep[]>;
  processes(): Promise<{ processes: ProcessFacts[]; plugins: PluginFacts[] }>;
  close(): Promise<void>;
}
