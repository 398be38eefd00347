/**
 * How much guests may send, in characters. The guest's side refuses more with an explanation; if more reaches the
 * child's side all the same, the guest's side has been tampered with.
 */
export const ALLOWANCE = {
  /** JSON of one result: no more than the kernel reads, checks and sends without keeping others waiting. */
  result: 2 * 1024 * 1024,
  /** JSON of the arguments of one host call. */
  arguments: 4 * 1024 * 1024,
  /** Values in them: hundreds of thousands of small ones take the kernel longer than one large text. */
  argumentValues: 50_000,
  /** JSON of one line of the log: more than the kernel writes down in any case. */
  logLine: 32 * 1024,
  /** Arguments of host calls that have not been answered: of one call, of one isolate, of all in one process. */
  unansweredOfCall: 8 * 1024 * 1024,
  unansweredOfIsolate: 16 * 1024 * 1024,
  unansweredOfProcess: 64 * 1024 * 1024,
  /** Host calls of one call that have not been answered. */
  questions: 256,
  operation: 100,
  url: 65_536,
  /** The list of handlers. */
  description: 1024 * 1024,
} as const;

export function argumentsAllowance(operation: string): number {
  return operation === 'log.write' ? ALLOWANCE.logLine : ALLOWANCE.arguments;
}
