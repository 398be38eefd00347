import type Stripe from 'stripe';
import { type Call, paramsOf, pathId, type RouteDefinition } from '../http/call.ts';
import { invalid } from '../http/errors.ts';
import { page } from '../http/list.ts';
import { given, merged } from '../http/metadata.ts';
import { PAGED, route } from '../http/route.ts';
import { answerDispute, closeDispute } from '../payments/disputes.ts';
import { capture } from '../payments/intents.ts';
import { refundCharge } from '../payments/refunds.ts';
import { ref } from '../state/books.ts';

function createRefund(call: Call): Stripe.Refund {
  const params = paramsOf<Stripe.RefundCreateParams>(call);
  const { books } = call;
  let charge = params.charge;
  if (charge === undefined) {
    if (params.payment_intent === undefined) {
      throw invalid(
        'One of the following params should be provided for this request: payment_intent or charge.',
        'charge',
        'parameter_missing',
      );
    }
    const intent = books.find('payment_intent', params.payment_intent, 'payment_intent');
    charge = ref(intent.latest_charge) ?? '';
    if (charge === '')
      throw invalid('This PaymentIntent does not have a successful charge to refund.', 'payment_intent');
  }
  return refundCharge(books, books.find('charge', charge, 'charge').id, {
    amount: params.amount,
    reason: params.reason ?? null,
    metadata: merged({}, params.metadata),
    reverseTransfer: params.reverse_transfer ?? false,
    refundFee: params.refund_application_fee ?? false,
  });
}

export const CHARGES: readonly RouteDefinition[] = [
  route('GET /v1/charges/{}', '', (call) => call.books.find('charge', pathId(call))),
  route('POST /v1/charges/{}', 'description receipt_email', (call) => {
    const params = paramsOf<Stripe.ChargeUpdateParams>(call);
    const before = call.books.find('charge', pathId(call));
    const charge = call.books.change('charge', before.id, {
      description: params.description ?? before.description,
      metadata: merged(before.metadata, params.metadata),
      receipt_email: params.receipt_email ?? before.receipt_email,
    });
    call.books.emit('charge.updated', charge, before);
    return charge;
  }),
  route('POST /v1/charges/{}/capture', 'amount', (call) => {
    const { amount } = paramsOf<Stripe.ChargeCaptureParams>(call);
    const charge = call.books.find('charge', pathId(call));
    capture(call.books, ref(charge.payment_intent) ?? '', amount);
    return call.books.known('charge', charge.id);
  }),
  route('GET /v1/charges', `${PAGED} created customer payment_intent transfer_group`, (call) => {
    const { customer, payment_intent: intent, transfer_group: group } = call.params;
    const found = call.books
      .all('charge')
      .filter((charge) => customer === undefined || ref(charge.customer) === customer)
      .filter((charge) => intent === undefined || ref(charge.payment_intent) === intent)
      .filter((charge) => group === undefined || charge.transfer_group === group);
    return page(call, found);
  }),
  route(
    'POST /v1/refunds',
    'amount charge payment_intent reason refund_application_fee reverse_transfer',
    createRefund,
  ),
  route('GET /v1/refunds/{}', '', (call) => call.books.find('refund', pathId(call))),
  route('POST /v1/refunds/{}', '', (call) => {
    const before = call.books.find('refund', pathId(call));
    const metadata = merged(before.metadata, call.params.metadata);
    const refund = call.books.change('refund', before.id, { metadata });
    call.books.emit('refund.updated', refund, before);
    return refund;
  }),
  route('POST /v1/refunds/{}/cancel', '', (call) => {
    call.books.find('refund', pathId(call));
    throw invalid('Card refunds cannot be canceled.', 'id');
  }),
  route('GET /v1/refunds', `${PAGED} charge created payment_intent`, (call) => {
    const { charge, payment_intent: intent } = call.params;
    const found = call.books
      .all('refund')
      .filter((refund) => charge === undefined || ref(refund.charge) === charge)
      .filter((refund) => intent === undefined || ref(refund.payment_intent) === intent);
    return page(call, found);
  }),
  route('GET /v1/disputes/{}', '', (call) => call.books.find('dispute', pathId(call))),
  route('GET /v1/disputes', `${PAGED} charge created payment_intent`, (call) => {
    const { charge, payment_intent: intent } = call.params;
    const found = call.books
      .all('dispute')
      .filter((dispute) => charge === undefined || ref(dispute.charge) === charge)
      .filter((dispute) => intent === undefined || ref(dispute.payment_intent) === intent);
    return page(call, found);
  }),
  route(
    'POST /v1/disputes/{}',
    `submit evidence.uncategorized_text evidence.product_description evidence.customer_name
     evidence.customer_email_address evidence.access_activity_log evidence.refund_policy_disclosure`,
    (call) => {
      const params = paramsOf<Stripe.DisputeUpdateParams>(call);
      const before = call.books.find('dispute', pathId(call));
      call.books.change('dispute', before.id, { metadata: merged(before.metadata, given(params.metadata, undefined)) });
      if (params.evidence === undefined) return call.books.known('dispute', before.id);
      const evidence = params.evidence as Partial<Stripe.Dispute.Evidence>;
      return answerDispute(call.books, before.id, evidence, params.submit ?? true);
    },
  ),
  route('POST /v1/disputes/{}/close', '', (call) =>
    closeDispute(call.books, call.books.find('dispute', pathId(call)).id, false),
  ),
];
