export { deliveryRoutes } from './delivery-routes.ts';
export { createEvents, type Events } from './events.ts';
export { expireEvents } from './expiry.ts';
export type { EventsOptions, EventTiming } from './options.ts';
export { enqueueJobs, type QueuedJob } from './turns.ts';
