import type { DeliveryAttempt, MailState } from './types.ts';

export const MAIL_STATES: Readonly<Record<MailState, { title: string; look: string }>> = {
  queued: { title: 'Waiting', look: 'info' },
  sent: { title: 'Sent', look: 'success' },
  captured: { title: 'In the mailbox', look: '' },
  failed: { title: 'Given up', look: 'danger' },
};

export function isMailState(text: string | undefined): text is MailState {
  return text !== undefined && Object.hasOwn(MAIL_STATES, text);
}

const KINDS: Readonly<Record<string, string>> = {
  'account-deleted': 'Account deleted',
  'account-deletion-planned': 'Account will be deleted',
  'account-exists': 'Account exists already',
  'confirm-email': 'Confirm a new address',
  'email-changed': 'Address changed',
  'erasure-done': 'Erasure complete',
  'export-ready': 'Export ready',
  invitation: 'Invitation',
  'licence-notice': 'Licence or trial ends',
  'password-changed': 'Password changed',
  'payment-action': 'Confirm a payment',
  'payment-failed': 'Payment failed',
  receipt: 'Receipt',
  'reset-password': 'Choose a new password',
  'security-notice': 'Sign-in changed',
  test: 'Test',
  'verify-email': 'Confirm the address',
  'workspace-deleted': 'Workspace deleted',
  'workspace-deletion-planned': 'Workspace will be deleted',
};

/** The kind of an e-mail, in words. */
export function kindOfMail(template: string): string {
  return Object.hasOwn(KINDS, template) ? (KINDS[template] ?? template) : template;
}

const OUTCOMES: Readonly<Record<NonNullable<DeliveryAttempt['outcome']>, string>> = {
  accepted: 'Taken by the mail server',
  captured: 'Kept in the mailbox',
  deferred: 'The mail server wants us to come back later',
  refused: 'Refused for good',
  unreachable: 'The mail server could not be used',
};

/** What came of an attempt; empty when nothing is known of it. */
export function outcomeText({ outcome, finishedAt }: Pick<DeliveryAttempt, 'outcome' | 'finishedAt'>): string {
  if (outcome !== null) return OUTCOMES[outcome];
  return finishedAt === null ? 'Under way, or broken off with its process' : '';
}
