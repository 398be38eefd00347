export { type ClaimOptions, ClaimTaken, claim } from './claim.ts';
export { sweep, sweepTemporaryFolders, temporaryFolder } from './leftovers.ts';
export { MARK, processMark } from './process-mark.ts';
