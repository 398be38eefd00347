export { deliveryRoutes } from './delivery-routes.ts';
export { enqueueJobs, type QueuedJob } from './enqueue-jobs.ts';
export { createEvents, type Events } from './events.ts';
export { expireEvents } from './expiry.ts';
export type { EventsOptions, EventTiming } from './options.ts';
