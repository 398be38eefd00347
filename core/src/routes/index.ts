export { FileReply, type PictureCaching, PictureReply } from './file-reply.ts';
export { PLATFORM_TENANT, type Principal } from './principal.ts';
export { Redirect } from './redirect.ts';
export { type Access, defineRoute, type Route, type RouteContext, signedIn, uploaded } from './route.ts';
export { LINE_INPUT, NAME_INPUT, PLUGIN_INPUT, UUID_INPUT } from './schemas.ts';
