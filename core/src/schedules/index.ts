export { createSchedules, type Schedules } from './create-schedules.ts';
export type { LastRun, SchedulesOptions, ScheduleTiming } from './types.ts';
