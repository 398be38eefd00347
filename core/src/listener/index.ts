export { clientAddress } from './client-address.ts';
export { closeServer, createHttpServer, listen } from './http-server.ts';
export { networkOf } from './network-of.ts';
export { createRequestLimit, type RequestLimit } from './request-limit.ts';
export { SwitchBoard } from './switch-board.ts';
export { BODY_TIMEOUT_MS } from './unread-bodies.ts';
