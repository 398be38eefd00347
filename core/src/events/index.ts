export { createEvents, type Events } from './events.ts';
export type { EventLog, EventsOptions, EventTiming } from './options.ts';
export { enqueueJobs, type QueuedJob } from './turns.ts';
