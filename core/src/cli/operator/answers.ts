import type { Operation as RecordedOperation } from '../../lifecycle/index.ts';

export type { Impact } from '../../lifecycle/index.ts';

/** What arrives of it as JSON. */
export type Sent<Value> = Value extends Date
  ? string
  : Value extends readonly (infer Item)[]
    ? Sent<Item>[]
    : Value extends object
      ? { [Name in keyof Value]: Sent<Value[Name]> }
      : Value;

export interface Operation extends Omit<Sent<RecordedOperation>, 'outcome'> {
  outcome: { lagging?: number; export?: string | null; replaced?: string };
}

/** The parts that the command line shows. */
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
