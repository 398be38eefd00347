import type { Bus, Database } from '../data/index.ts';
import type { Log } from '../logging/index.ts';
import type { Route } from '../routes/index.ts';
import { Waker } from '../waking/index.ts';
import { mailRoutes } from './api/index.ts';
import { CONCURRENCY, DEFAULT_TIMING, MailSender, type MailTiming, sweepMails } from './delivery/index.ts';
import { captureMails, type MailTransport, readSender, readSmtpUrl, sendBySmtp } from './transport/index.ts';
import type { Mailer } from './types.ts';

export interface MailOptions {
  db: Pick<Database, 'asPlatform' | 'platform'> & { bus: Pick<Bus, 'publish' | 'on'> };
  /** Where e-mails go; captured for the mailbox when absent. */
  smtp?: { url: string; from: string };
  /** Anyone may read captured e-mails. */
  demo: boolean;
  publicOrigin(): string;
  log: Log;
  now(): Date;
  timing?: Partial<MailTiming>;
}

/** All of the platform's e-mail, of which the other rooms see the `mailer`. */
export interface MailService {
  readonly mailer: Mailer;
  readonly routes: Route[];
  /** In a worker: sends the e-mails that are due, and then those that come. */
  start(): void;
  /** Waits for what is under way. */
  stop(): Promise<void>;
  /** Deletes what has expired. */
  sweep(): Promise<void>;
}

/** Wakes the workers on other nodes. */
const QUEUED = 'mail.queued';

function transportOf(smtp: MailOptions['smtp']): { transport: MailTransport; domain: string } {
  if (!smtp) return { transport: captureMails(), domain: 'captured.invalid' };
  const from = readSender(smtp.from);
  return {
    transport: sendBySmtp(readSmtpUrl(smtp.url), from, CONCURRENCY),
    domain: from.address.slice(from.address.lastIndexOf('@') + 1),
  };
}

/** Throws `StartupError` when the configuration is wrong. */
export function createMail(options: MailOptions): MailService {
  const { db, smtp, demo, publicOrigin, log, now } = options;
  const { transport, domain } = transportOf(smtp);
  const timing = { ...DEFAULT_TIMING, ...options.timing };
  const sender = new MailSender({ db, transport, domain, timing, log });
  const waker: Waker = new Waker(
    () => sender.work(() => waker.wake()),
    (error) => log.error({ err: error }, 'queued mail could not be taken up'),
  );
  let poll: NodeJS.Timeout | undefined;
  let offBus: (() => void) | undefined;

  const mailer: Mailer = {
    publicOrigin,
    wake() {
      if (poll) waker.wake();
      else {
        // Without the message a worker finds the e-mail at its next look.
        db.bus.publish(QUEUED, {}).catch((error: unknown) => log.warn({ err: error }, 'no worker was woken for mail'));
      }
    },
  };
  return {
    mailer,
    routes: mailRoutes({ db, transport, demo, mailer, now }),
    start() {
      offBus = db.bus.on(QUEUED, () => waker.wake());
      poll = setInterval(() => waker.wake(), timing.pollMs).unref();
      waker.wake();
    },
    async stop() {
      offBus?.();
      clearInterval(poll);
      await waker.stop();
      await sender.stop();
      transport.close();
    },
    sweep: () => sweepMails(db),
  };
}
