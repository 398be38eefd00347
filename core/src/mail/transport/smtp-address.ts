import { isIP } from 'node:net';
import { StartupError } from '../../errors/index.ts';
import { isMailAddress } from '../address.ts';

/** A mail server, as read from its address. */
export interface SmtpServer {
  host: string;
  port: number;
  /** Encrypted from the first byte. */
  secure: boolean;
  /** Without STARTTLS nothing is sent. */
  requireTls: boolean;
  user?: string;
  password?: string;
}

export interface Sender {
  address: string;
  name: string;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    throw new StartupError('BAZAAR_SMTP_URL: a % in the user name or password must be written as %25.', {
      cause: error,
    });
  }
}

/**
 * `smtp://` asks for STARTTLS (port 587) and sends nothing without it, unless the server is on this machine or
 * `?starttls=optional` says so; `smtps://` is encrypted from the start (port 465).
 */
export function readSmtpUrl(text: string): SmtpServer {
  const url = URL.parse(text);
  if (!url?.hostname || (url.protocol !== 'smtp:' && url.protocol !== 'smtps:')) {
    throw new StartupError('BAZAAR_SMTP_URL must look like smtp://user:password@mail.example.org:587.');
  }
  const secure = url.protocol === 'smtps:';
  const host = url.hostname.replaceAll(/^\[|\]$/g, '');
  const server: SmtpServer = {
    host,
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    requireTls: !secure && !isLoopback(host) && url.searchParams.get('starttls') !== 'optional',
  };
  if (url.username !== '') server.user = decoded(url.username);
  if (url.password !== '') server.password = decoded(url.password);
  return server;
}

/** `Name <address>`, or the address alone. */
export function readSender(text: string): Sender {
  const [, name = '', bracketed] = /^([^<>"\p{Cc}]*)<([^<>]+)>$/u.exec(text.trim()) ?? [];
  const address = bracketed ?? text.trim();
  if (!isMailAddress(address)) {
    throw new StartupError('BAZAAR_MAIL_FROM must look like Bazaar <no-reply@example.org>.');
  }
  return { address, name: name.trim() };
}
