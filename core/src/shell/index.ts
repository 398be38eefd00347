export { type ShellDependencies, shellRoutes } from './shell-route.ts';
export { usablePlugins } from './usable-plugins.ts';
