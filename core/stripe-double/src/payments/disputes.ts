import type Stripe from 'stripe';
import { invalid } from '../http/errors.ts';
import { type Books, ref } from '../state/books.ts';
import { newId } from '../state/ids.ts';
import { record } from './balance.ts';
import { behaviourOfMethod } from './methods.ts';

const DAY = 86_400;
/** What Stripe keeps of each dispute, won or lost, in minor units. */
const DISPUTE_FEE = 1500;

const NO_EVIDENCE: Stripe.Dispute.Evidence = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  enhanced_evidence: {},
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
};

/** A payment that was disputed and kept can be given back like any other. */
export function isAskedBack(books: Books, charge: string): boolean {
  return books.all('dispute').some((dispute) => ref(dispute.charge) === charge && dispute.status !== 'won');
}

/** The card's own behaviour, or the control API, makes its holder dispute a charge. */
export function openDispute(books: Books, chargeId: string, why?: string): Stripe.Dispute {
  const charge = books.find('charge', chargeId, 'charge');
  if (isAskedBack(books, chargeId)) throw invalid('This charge is disputed already.', 'charge');
  if (!charge.captured) throw invalid('Only captured charges can be disputed.', 'charge');
  const amount = charge.amount - charge.amount_refunded;
  if (amount === 0) throw invalid('All of this charge has been refunded.', 'charge');
  const behaviour = charge.payment_method === null ? undefined : behaviourOfMethod(books, charge.payment_method);
  const clock = books.clockOfCustomer(ref(charge.customer));
  const now = books.now(clock);
  const id = newId('du');
  const { currency } = charge;
  const taken = record(books, {
    amount: -amount,
    currency,
    fee: DISPUTE_FEE,
    type: 'adjustment',
    source: id,
    description: 'Chargeback withdrawal',
    at: books.now(),
  });
  const dispute = books.insert('dispute', {
    id,
    object: 'dispute',
    amount,
    balance_transactions: [taken],
    charge: chargeId,
    created: now,
    currency,
    enhanced_eligibility_types: [],
    evidence: NO_EVIDENCE,
    evidence_details: {
      due_by: now + 9 * DAY,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: null as never,
    },
    intended_submission_method: null,
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    payment_intent: ref(charge.payment_intent),
    reason: why ?? behaviour?.disputed ?? 'general',
    status: 'needs_response',
  });
  books.change('charge', chargeId, { disputed: true });
  books.emit('charge.dispute.created', dispute);
  books.emit('charge.dispute.funds_withdrawn', dispute);
  books.schedule(clock, now + 9 * DAY, 'dispute.due', id);
  return dispute;
}

/** Evidence that says `winning_evidence` wins, `losing_evidence` loses, as in Stripe's test mode. */
export function answerDispute(
  books: Books,
  id: string,
  evidence: Partial<Stripe.Dispute.Evidence>,
  submit: boolean,
): Stripe.Dispute {
  const before = books.known('dispute', id);
  if (before.status !== 'needs_response') throw invalid(`This dispute is ${before.status}.`, 'id', 'dispute_closed');
  const written = { ...before.evidence, ...evidence };
  const details = before.evidence_details;
  const dispute = books.change('dispute', id, {
    evidence: written,
    evidence_details: { ...details, has_evidence: true, submission_count: details.submission_count + (submit ? 1 : 0) },
    status: submit ? 'under_review' : before.status,
  });
  books.emit('charge.dispute.updated', dispute, before);
  if (!submit) return dispute;
  if (written.uncategorized_text === 'winning_evidence') return closeDispute(books, id, true);
  if (written.uncategorized_text === 'losing_evidence') return closeDispute(books, id, false);
  return dispute;
}

export function closeDispute(books: Books, id: string, won: boolean): Stripe.Dispute {
  const { status } = books.known('dispute', id);
  if (status === 'lost') throw invalid(`This dispute is ${status}.`, 'id', 'dispute_closed');
  return decideDispute(books, id, won);
}

/** The bank decides. It may decide for us after all where it did not before. */
export function decideDispute(books: Books, id: string, won: boolean): Stripe.Dispute {
  const before = books.find('dispute', id);
  if (before.status === 'won' || (before.status === 'lost' && !won))
    throw invalid(`This dispute is ${before.status}.`, 'id', 'dispute_closed');
  const { amount, currency } = before;
  const description = 'Chargeback reversal';
  const back = won
    ? [
        record(books, {
          amount,
          currency,
          type: 'adjustment',
          source: id,
          description,
          at: books.now(),
          available: true,
        }),
      ]
    : [];
  const dispute = books.change('dispute', id, {
    status: won ? 'won' : 'lost',
    balance_transactions: [...before.balance_transactions, ...back],
  });
  if (won) books.emit('charge.dispute.funds_reinstated', dispute);
  books.emit('charge.dispute.closed', dispute);
  return dispute;
}

/** Nobody answered in time: it is lost. */
export function disputeDue(books: Books, id: string): void {
  if (books.get('dispute', id)?.status === 'needs_response') closeDispute(books, id, false);
}
