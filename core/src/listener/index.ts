export { closeServer, createHttpServer, listen } from './http-server.ts';
export { SwitchBoard } from './switch-board.ts';
