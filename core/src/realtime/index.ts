export { createRealtime } from './realtime.ts';
export { createSockets, type Sockets } from './sockets.ts';
export type { Realtime, RealtimeMessage } from './types.ts';
