import { connect } from 'node:net';
import type { PoolClient } from 'pg';

const CANCEL_REQUEST = 80_877_102;

/** What the server told the session at its start; the driver keeps it but does not declare it. */
interface Backend {
  processID: number | null;
  secretKey: number | null;
}

/** Asks the server to stop what the session is running, by the protocol's own request. Best effort. */
export function cancelRunning(client: PoolClient): void {
  const { processID, secretKey } = client as unknown as Backend;
  if (processID === null || secretKey === null) return;
  const request = Buffer.alloc(16);
  request.writeInt32BE(16, 0);
  request.writeInt32BE(CANCEL_REQUEST, 4);
  request.writeInt32BE(processID, 8);
  request.writeInt32BE(secretKey, 12);
  const { host, port } = client;
  const socket = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
  // The statement's own timeout stops it if this does not arrive.
  socket.on('error', () => socket.destroy());
  socket.setTimeout(2_000, () => socket.destroy());
  socket.end(request);
}
