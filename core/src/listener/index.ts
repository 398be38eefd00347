export { closeServer, createHttpServer, listen } from './http-server.ts';
export { networkOf } from './network-of.ts';
export { SwitchBoard } from './switch-board.ts';
