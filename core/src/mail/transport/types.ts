/** A letter that is to be handed over now. */
export interface OutgoingMail {
  /** Stays the same over all attempts, so that a receiver who gets it twice can tell. */
  messageId: string;
  to: { address: string; name: string | null };
  subject: string;
  text: string;
  html: string;
}

/**
 * What came of an attempt: `deferred` and `unreachable` are tried again (the latter is nothing the letter can help),
 * `refused` never. `detail` is what the other side said.
 */
export interface DeliveryOutcome {
  outcome: 'accepted' | 'captured' | 'deferred' | 'refused' | 'unreachable';
  detail: string | null;
}

/** A way for letters to leave. */
export interface MailTransport {
  readonly kind: 'smtp' | 'captured';
  /** Where letters go, in words for an operator. */
  readonly destination: string;
  /** Never rejects. Has ended soon after `signal` aborts. */
  deliver(mail: OutgoingMail, signal: AbortSignal): Promise<DeliveryOutcome>;
  close(): void;
}
