import { type Server as HttpServer, type IncomingMessage, ServerResponse } from 'node:http';
import type { JsonObject } from '@bazaar/sdk';
import { Server, type Socket } from 'socket.io';
import type { Changes } from '../caching/index.ts';
import { ApiError } from '../errors/index.ts';
import type { Log } from '../logging/index.ts';
import type { Principal } from '../routes/index.ts';
import { sameOrigin, tokenExpiry } from './handshake.ts';
import { refuse } from './refuse.ts';
import { roomOf, roomsOf } from './rooms.ts';
import type { RealtimeMessage } from './types.ts';

const MAX_CLIENT_BYTES = 16 * 1024;
/** Of one connection: it signs in, and has nothing else to say. Each costs as much as a request does. */
const MAX_CLIENT_MESSAGES = 10;
const MAX_TIMER_MS = 2 ** 31 - 1;

export interface SocketsOptions {
  server: HttpServer;
  authenticate(token: string): Promise<Principal>;
  changes: Pick<Changes, 'listen'>;
  /** Counts a request, be it for a new socket or of one that polls; rejects with `ApiError` when there were too many. */
  limit(request: IncomingMessage): Promise<void>;
  /** Origin of the public address, when one is configured. */
  publicOrigin?: string;
  log: Log;
}

/** The signed-in browsers connected to this node. */
export interface Sockets {
  send(message: RealtimeMessage): void;
  close(): Promise<void>;
}

interface SocketData {
  token: string;
  principal: Principal;
  expiry?: NodeJS.Timeout;
}

type NoEvents = Record<string, never>;
type Outgoing = Record<string, (payload: JsonObject) => void>;
type ClientSocket = Socket<NoEvents, Outgoing, NoEvents, SocketData>;

async function admit(socket: ClientSocket, authenticate: SocketsOptions['authenticate']): Promise<void> {
  const { token } = socket.handshake.auth as { token?: unknown };
  if (typeof token !== 'string' || token === '') throw new ApiError('unauthenticated', 'The socket needs a token.');
  const principal = await authenticate(token);
  if (principal.apiKey) throw new ApiError('forbidden', 'API keys do not open sockets.', { reason: 'person-required' });
  socket.data.token = token;
  socket.data.principal = principal;
}

/** Rooms and lifetime of a socket follow from its token; after each change they are worked out anew. */
function enter(socket: ClientSocket): void {
  const { token, principal } = socket.data;
  const wanted = new Set(roomsOf(principal));
  for (const room of socket.rooms) if (room !== socket.id && !wanted.has(room)) void socket.leave(room);
  void socket.join([...wanted]);
  clearTimeout(socket.data.expiry);
  const ends = tokenExpiry(token);
  if (ends === undefined) return;
  const expiry = setTimeout(() => socket.disconnect(true), Math.min(Math.max(ends - Date.now(), 0), MAX_TIMER_MS));
  expiry.unref();
  socket.data.expiry = expiry;
}

/**
 * socket.io at `/api/socket`. A socket lives as long as its token and session; the client then signs in again with
 * a fresh token. It receives only what its person may see at that moment.
 */
export function createSockets(options: SocketsOptions): Sockets {
  const { authenticate, changes, log } = options;
  const io = new Server<NoEvents, Outgoing, NoEvents, SocketData>(options.server, {
    path: '/api/socket',
    serveClient: false,
    maxHttpBufferSize: MAX_CLIENT_BYTES,
    allowRequest: (request, decide) => decide(null, sameOrigin(request, options.publicOrigin)),
  });

  io.engine.use((request: IncomingMessage, response: ServerResponse | object, next: () => void) => {
    options.limit(request).then(next, (error: unknown) => {
      if (!(error instanceof ApiError)) log.error({ err: error }, 'a socket could not be counted');
      refuse(error, response instanceof ServerResponse ? response : request.socket);
    });
  });

  io.engine.on('connection', (connection: { on(event: 'message', heard: () => void): void; close(): void }) => {
    let messages = 0;
    connection.on('message', () => {
      messages += 1;
      if (messages > MAX_CLIENT_MESSAGES) connection.close();
    });
  });

  io.use((socket, next) => {
    admit(socket, authenticate).then(
      () => next(),
      (error: unknown) => {
        const known = error instanceof ApiError;
        if (!known) log.error({ err: error }, 'socket sign-in failed');
        next(
          Object.assign(new Error(known ? error.message : 'Something went wrong.'), {
            data: { code: known ? error.code : 'internal' },
          }),
        );
      },
    );
  });

  io.on('connection', (socket) => {
    enter(socket);
    socket.on('disconnect', () => clearTimeout(socket.data.expiry));
  });

  async function recheck(socket: ClientSocket): Promise<void> {
    try {
      socket.data.principal = await authenticate(socket.data.token);
      enter(socket);
      // What the person may do, or who they are shown to be, is not what it was.
      socket.emit('session.changed', {});
    } catch (error) {
      if (!(error instanceof ApiError)) log.warn({ err: error }, 'a socket could not be checked again');
      socket.disconnect(true);
    }
  }

  function recheckWhere(concerns: (principal: Principal) => boolean): void {
    for (const socket of io.of('/').sockets.values()) if (concerns(socket.data.principal)) void recheck(socket);
  }

  const everyone = () => recheckWhere(() => true);
  const undo = [
    changes.listen('session', ({ sessionId }) => recheckWhere((p) => p.sessionId === sessionId), everyone),
    changes.listen(
      'membership',
      ({ userId }) => recheckWhere((p) => p.user.id === userId || p.impersonator?.id === userId),
      everyone,
    ),
    changes.listen('role', ({ tenantId }) => recheckWhere((p) => p.tenant.id === tenantId), everyone),
    // What changes for one tenant is published to that tenant; this is installed, stopped or removed for all of them.
    changes.listen(
      'plugin',
      ({ plugin, tenantId }) => tenantId === undefined && io.emit('plugin.changed', { plugin }),
      () => io.emit('plugin.changed', {}),
    ),
  ];

  return {
    send: ({ event, payload, ...audience }) => {
      io.to(roomOf(audience)).emit(event, payload);
    },
    async close() {
      for (const stop of undo) stop();
      io.disconnectSockets(true);
      // Not io.close(): that would also close the HTTP server, which still has requests to finish.
      io.engine.close();
      await io.of('/').adapter.close();
    },
  };
}
