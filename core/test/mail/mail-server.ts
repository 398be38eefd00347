import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  to: string;
  /** As it came over the wire. */
  source: string;
}

export interface MailServer {
  port: number;
  received: ReceivedMail[];
  /** Receiver → what it is answered, the first time for each entry. */
  refusals: Map<string, { code: number; text: string }[]>;
  /** Called for each letter that has come in whole, before its sender is told so. */
  hold: ((to: string) => Promise<void>) | undefined;
  /** How many letters were under way at most. */
  most: number;
  close(): Promise<void>;
  /** Listens again, where it did before. */
  open(): Promise<void>;
}

/** A real SMTP server on this machine. */
export async function startMailServer(): Promise<MailServer> {
  let underWay = 0;
  const make = () =>
    new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onRcptTo({ address }, _session, done) {
        const refusal = server.refusals.get(address)?.shift();
        done(refusal ? Object.assign(new Error(refusal.text), { responseCode: refusal.code }) : null);
      },
      onData(stream, session, done) {
        underWay++;
        server.most = Math.max(server.most, underWay);
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const to = session.envelope.rcptTo[0]?.address ?? '';
          server.received.push({ to, source: Buffer.concat(chunks).toString('utf8') });
          (server.hold?.(to) ?? Promise.resolve()).then(
            () => {
              underWay--;
              done(null, 'kept');
            },
            (error: Error) => done(error),
          );
        });
      },
    }).on('error', () => undefined);
  let smtp = make();
  const listen = (port: number) =>
    new Promise<number>((resolve) =>
      smtp.listen(port, '127.0.0.1', () => resolve((smtp.server.address() as AddressInfo).port)),
    );
  const server: MailServer = {
    port: 0,
    received: [],
    refusals: new Map(),
    hold: undefined,
    most: 0,
    close: () => new Promise((resolve) => smtp.close(() => resolve())),
    open: async () => {
      smtp = make();
      await listen(server.port);
    },
  };
  server.port = await listen(0);
  return server;
}
