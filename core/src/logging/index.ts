export { FailureLog } from './failure-log.ts';
export type { Log } from './log.ts';
