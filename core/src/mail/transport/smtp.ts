import { createTransport } from 'nodemailer';
import { classifyFailure } from './classify.ts';
import type { Sender, SmtpServer } from './smtp-address.ts';
import type { MailTransport } from './types.ts';

const CONNECT_MS = 10_000;
const SILENCE_MS = 30_000;

/** Hands e-mails to a mail server over a few connections that are kept open. */
export function sendBySmtp(server: SmtpServer, from: Sender, connections: number): MailTransport {
  const { host, port, secure, requireTls, user, password = '' } = server;
  const transporter = createTransport({
    pool: true,
    host,
    port,
    secure,
    requireTLS: requireTls,
    ...(user === undefined ? {} : { auth: { user, pass: password } }),
    maxConnections: connections,
    // Every attempt is ours to count and to log.
    maxRequeues: 0,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  // Connections that break while nothing is sent are made again; a sender learns of the others itself.
  transporter.on('error', () => undefined);
  return {
    kind: 'smtp',
    destination: `${host}:${port}`,
    async deliver({ messageId, to, subject, text, html }, signal) {
      try {
        const { response } = await transporter.sendMail({
          from,
          to: to.name === null ? to.address : { name: to.name, address: to.address },
          envelope: { from: from.address, to: [to.address] },
          messageId,
          subject,
          text,
          html,
          // No machine is to answer it, and no list to forward it.
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
          signal,
        });
        return { outcome: 'accepted', detail: response.slice(0, 500) };
      } catch (error) {
        return classifyFailure(error);
      }
    },
    close: () => transporter.close({ force: true }),
  };
}
