import type { SandboxLimits } from './types.ts';

export const DEFAULT_LIMITS: SandboxLimits = {
  sharedProcesses: 2,
  soloProcesses: 4,
  isolatesPerProcess: 100,
  isolateIdleMs: 300_000,
  callsPerIsolate: 4,
  waitingPerIsolate: 256,
  isolateMemoryMb: 64,
  cpuMs: 2_000,
  loadMs: 10_000,
  graceMs: 500,
  silenceMs: 3_000,
  startMs: 20_000,
  processDataMb: 2_048,
  processResidentMb: 1_024,
  kills: 3,
  killWindowMs: 600_000,
};
