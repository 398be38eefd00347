export { CONCURRENCY, PostOffice } from './post-office.ts';
export { sweepMails } from './sweep.ts';
export { DEFAULT_TIMING, type MailTiming } from './timing.ts';
