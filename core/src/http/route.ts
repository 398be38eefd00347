// Declared in a room of its own: every room declares routes, and the pipeline that serves them knows those rooms.
export { type Access, defineRoute, type Route, type RouteContext, signedIn } from '../routes/index.ts';
