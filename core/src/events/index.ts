export { createEvents, type Events } from './events.ts';
export { DEFAULT_TIMING, type EventLog, type EventsOptions, type EventTiming } from './options.ts';
