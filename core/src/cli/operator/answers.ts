/** The parts of the API's answers that the command line shows. */
export interface Operation {
  id: string;
  kind: string;
  plugin: string;
  version: string | null;
  state: 'running' | 'done' | 'failed' | 'undone';
  step: string;
  error: string | null;
  outcome: { lagging?: number; export?: string | null; replaced?: string };
  startedAt: string;
  finishedAt: string | null;
}

export interface Plugin {
  id: string;
  name: string;
  state: string;
  reason: string | null;
  tier: string | null;
  activeVersion: string | null;
  previousVersion: string | null;
  versions: { version: string; quarantine: string | null }[];
  pins: { count: number };
  canary: { version: string; percent: number; tenants: string[]; haltedAt: string | null } | null;
  capabilities: { granted: boolean; uses: number }[];
}

export interface Impact {
  plugin: string;
  version: string | null;
  dependents: { plugin: string; how: string; detail: string[] }[];
  surfaces: Record<string, number>;
  tenants: { licensed: number; switchedOn: number; pinned: number };
  users: number;
  tables: { table: string; rows: number }[];
  rows: number;
  files: number;
  openTasks: number;
  waitingDeliveries: number;
}

export interface Verification {
  ok: boolean;
  package: { id: string; version: string; integrity: string } | null;
  tier: string | null;
  capabilities: { capability: string; reason: string; granted: boolean }[];
  problems: { step: string; message: string; pointer?: string }[];
  conflicts: string[];
  notes: string[];
}

export interface Page<Item> {
  items: Item[];
  nextCursor?: string;
}
