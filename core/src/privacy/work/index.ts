export { DEFAULT_TIMING, type PrivacyDependencies, type PrivacyTiming } from './dependencies.ts';
export { dayOf } from './letters.ts';
export { PrivacyWorker } from './privacy-worker.ts';
export { ARCHIVE_OWNER, hashOf } from './run-export.ts';
export { sweepPrivacy } from './sweep.ts';
export { ownedAlone } from './workspaces.ts';
