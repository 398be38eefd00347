export { type ClaimOptions, ClaimTaken, claim } from './claim.ts';
export { endProcess } from './end-process.ts';
export { sweep, sweepTemporaryFolders, temporaryFolder } from './leftovers.ts';
export { placeBehind } from './priority.ts';
export { birthOf, MARK, processMark } from './process-mark.ts';
