import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { SECRETS } from './canaries.ts';

const PIECE = Buffer.alloc(64 * 1024, 'a');

async function listen(answer: RequestListener): Promise<{ server: Server; port: number }> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

/** A server on the operator's own network, which no plugin may reach, and one that stands for the internet. */
export async function startInternet() {
  const intruders: string[] = [];
  const inside = await listen((request, response) => {
    intruders.push(request.url ?? '');
    response.end(SECRETS.network);
  });
  const outside = await listen((request, response) => {
    const url = new URL(request.url ?? '/', 'http://public.attack.test');
    if (url.pathname === '/to') response.writeHead(302, { location: url.searchParams.get('url') ?? '/' }).end();
    else if (url.pathname === '/endless') {
      // As fast as it is taken. What nobody takes must not pile up here: this process is on the same machine.
      const send = () => {
        while (response.write(PIECE));
      };
      response.on('drain', send);
      send();
    } else response.end(`a public page for ${request.headers.host} ${request.headers.authorization ?? ''}`);
  });
  return {
    /** Port of the inside server on 127.0.0.1. */
    insidePort: inside.port,
    /** Requests that got there. */
    intruders,
    /** For the kernel. */
    env: { ATTACK_INTERNET: String(outside.port) },
    preload: [join(import.meta.dirname, 'internet-process.ts')],
    close() {
      for (const { server } of [inside, outside]) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}
