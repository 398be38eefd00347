import type { BundleIssue } from './types.ts';

/** What the building process is asked for. */
export type BuildRequest =
  | { kind: 'server'; folder: string; entry: string }
  /** `entries`: paths below the folder. */
  | { kind: 'ui'; folder: string; entries: string[] };

/** One built file; `name` is a path below the output's folder. */
export interface BuiltFile {
  name: string;
  code: string;
}

export type BuildReply = { files: BuiltFile[] } | { issues: BundleIssue[] };
