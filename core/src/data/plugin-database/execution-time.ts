import { performance } from 'node:perf_hooks';

/**
 * At most so much of a wait is put down to this process: under full load on a machine with five times as much to do as
 * it has processors, the longest wait for a list was twice that.
 */
const MOST_OWN_MS = 100;

/** Milliseconds since its start in which this process had nothing to do but wait. */
export function idleMs(): number {
  return performance.nodeTiming.idleTime;
}

/**
 * How long the server worked on what was sent, of the milliseconds until its answer was read. A busy process leaves
 * answers lying, under load for twenty times as long as the server needed for them, and that is nobody's use of the
 * database: what counts is for how long the process was `idle` meanwhile. Long waits count nearly whole, so that a slow
 * statement cannot hide behind other work. With sixteen callers of one list on an overloaded machine all waits together
 * were 540 s a minute, and 6 to 45 s of them count.
 */
export function executionMs(waited: number, idle: number): number {
  return Math.max(idle, waited - MOST_OWN_MS);
}
