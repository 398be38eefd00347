export { CONCURRENCY, MailSender } from './mail-sender.ts';
export { sweepMails } from './sweep.ts';
export { DEFAULT_TIMING, type MailTiming } from './timing.ts';
