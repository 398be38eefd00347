export interface Receiver {
  address: string;
  name: string | null;
}

/** A captured letter in the list of the mailbox. */
export interface MailItem {
  id: string;
  to: Receiver;
  subject: string;
  createdAt: string;
}

export interface OpenedMail extends MailItem {
  text: string;
  html: string;
}

export interface DeliveryAttempt {
  attempt: number;
  startedAt: string;
  finishedAt: string | null;
  outcome: 'accepted' | 'captured' | 'deferred' | 'refused' | 'unreachable' | null;
  detail: string | null;
}

export type MailState = 'queued' | 'sent' | 'captured' | 'failed';

/** A letter in the delivery log. */
export interface LoggedMail {
  id: string;
  tenant: { slug: string; name: string } | null;
  template: string;
  to: Receiver;
  state: MailState;
  attempts: number;
  createdAt: string;
  dueAt: string | null;
  resendable: boolean;
  last: DeliveryAttempt | null;
}

export interface MailTransport {
  kind: 'smtp' | 'captured';
  destination: string;
}
