import type { JsonObject } from '@bazaar/sdk';

/** What a caller was answered. */
export interface Answer {
  status: number;
  /** The parsed body; a problem document when it was refused. */
  body: JsonObject;
  text: string;
  ms: number;
}

/** How an attack has to end. */
export type Outcome =
  /** The handler returns, having reached nothing; its output is `toMatchObject` of this. */
  | { kind: 'harmless'; output?: JsonObject }
  /** The call is refused or fails, and that is all. `also` are further answers that are as good. */
  | { kind: 'refused'; status: number; code: string; reason?: string; detail?: RegExp; also?: readonly number[] }
  /** It is stopped by force, each time; the third time its version is put in quarantine, for this `reason`. */
  | { kind: 'stopped'; answers?: readonly number[]; reason?: RegExp }
  /** The version never serves; `reason` is in /readyz. */
  | { kind: 'not-loaded'; reason: RegExp };

/** A hostile plugin. */
export interface Attack {
  /** Also the plugin's id. */
  name: string;
  /** What it tries, for people. */
  tries: string;
  /** Of its action; it writes when absent. */
  effect?: 'read';
  /** Body of its action's handler: `async (ctx, input) => { … }`. */
  run: string;
  /** Schema of its result; anything when absent. */
  output?: JsonObject;
  /** What stands before the handlers in its module. */
  module?: string;
  /** Merged over a minimal manifest. */
  manifest?: JsonObject;
  /** Further files of the package, by path. */
  files?: Readonly<Record<string, string>>;
  /** Of the calls; `run` reads it. */
  input?: JsonObject;
  /** Who calls; an owner when absent. */
  role?: 'viewer';
  /** So many calls at once, each time; one when absent. */
  atOnce?: number;
  ends: Outcome;
}

export const HARMLESS: Outcome = { kind: 'harmless' };
export const STOPPED: Outcome = { kind: 'stopped' };
/** The handler threw something that is no refusal. */
export const FAILED: Outcome = { kind: 'refused', status: 500, code: 'plugin-failed' };

/** Escapes are written so that they list what they got hold of. */
export const NOTHING_REACHED: Outcome = { kind: 'harmless', output: { reached: [] } };
