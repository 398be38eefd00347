export { type ShellDependencies, shellRoutes } from './shell-route.ts';
