import type { MailTransport } from './types.ts';

/** Sends nothing: e-mails are read in the mailbox. */
export function captureMails(): MailTransport {
  return {
    kind: 'captured',
    destination: 'the mailbox of this platform',
    deliver: () => Promise.resolve({ outcome: 'captured', detail: null }),
    close: () => undefined,
  };
}
