export { shellRoutes } from './shell-route.ts';
export { usablePlugins } from './usable-plugins.ts';
