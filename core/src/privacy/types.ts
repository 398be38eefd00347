import type { TenantIdentity } from '@bazaar/sdk';
import type { Stretch } from '../files/index.ts';

/** Whom a request is about. */
export interface Person {
  /** In lower case. */
  email: string;
  userId: string | null;
}

/** A tenant as far as work on its data must know it. */
export type Workspace = TenantIdentity;

/** Records of one kind: how many, and where they were put. */
export interface KeptRecords {
  name: string;
  title: string;
  count: number;
  /** Each holds records as JSON, with commas between them. */
  stretches: readonly Stretch[];
}

/** What one part of the platform tells of a person. */
export interface PartExport {
  /** A plugin's id, or `core`. */
  part: string;
  title: string;
  collections: readonly KeptRecords[];
  /** Ids of stored files that the part names; of the account those of its picture. */
  files: readonly string[];
}

export interface ErasedCount {
  what: string;
  count: number;
}

export interface KeptCount extends ErasedCount {
  /** The law or reason for which it is kept. */
  reason: string;
}

/**
 * What one part of the platform did about a person in one tenant: `waiting` for a plugin that can not run now,
 * `undeclared` for one that keeps data and says nothing of people.
 */
export interface PartErasure {
  /** Short name of the tenant; `null` for the account itself. */
  tenant: string | null;
  part: string;
  title: string;
  state: 'done' | 'waiting' | 'undeclared';
  erased: ErasedCount[];
  kept: KeptCount[];
  /** Why it waits, in words. */
  reason?: string;
}

/** How far a request has come, kept in the database: whoever takes it over goes on from here. */
export interface Progress {
  workspaces?: Workspace[];
  /** Files that plugins have named as the person's, by tenant. */
  files?: Record<string, string[]>;
  results?: PartErasure[];
  /** Names of the steps that need no second run. */
  done?: string[];
  /** Of a deleted workspace. */
  removed?: ErasedCount[];
  kept?: KeptCount[];
}
