export { countOpenTasks } from './list.ts';
export { type TaskDependencies, taskRoutes } from './task-routes.ts';
