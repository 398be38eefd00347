export { countOpenTasks } from './list.ts';
export { endOperatorTasks, raiseOperatorTask } from './operator-tasks.ts';
export { taskRoutes } from './task-routes.ts';
