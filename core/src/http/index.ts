export { createApp, type HttpOptions } from './app.ts';
export type { Readiness } from './health.ts';
export { openApiRoutes } from './openapi/routes.ts';
