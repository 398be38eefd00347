/** An e-mail that is to be handed over now. */
export interface OutgoingMail {
  /** Stays the same over all attempts, so that a receiver who gets it twice can tell. */
  messageId: string;
  to: { address: string; name: string | null };
  subject: string;
  text: string;
  html: string;
}

/**
 * The outcome of an attempt: `deferred` and `unreachable` are tried again (the latter is not the fault of the e-mail),
 * `refused` never. `detail` is what the other side said.
 */
export interface DeliveryOutcome {
  outcome: 'accepted' | 'captured' | 'deferred' | 'refused' | 'unreachable';
  detail: string | null;
}

/** A way to send e-mails. */
export interface MailTransport {
  readonly kind: 'smtp' | 'captured';
  /** Where e-mails go, in words for an operator. */
  readonly destination: string;
  /** Never rejects. Has ended soon after `signal` aborts. */
  deliver(mail: OutgoingMail, signal: AbortSignal): Promise<DeliveryOutcome>;
  close(): void;
}
