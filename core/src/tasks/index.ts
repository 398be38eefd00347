export { countOpenTasks } from './list.ts';
export { taskRoutes } from './task-routes.ts';
