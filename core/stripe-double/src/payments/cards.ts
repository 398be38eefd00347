/** How a test instrument behaves, as Stripe's documentation of testing says it. */
export interface Behaviour {
  token: string;
  number: string;
  brand: string;
  funding: 'credit' | 'debit';
  country: string;
  /** Fails already when it is saved with a customer. */
  saveFails?: boolean;
  /** Fails when it is charged: code and decline code. */
  decline?: { code: string; decline: string; message: string };
  /** Its holder must prove themselves: each time, or once before it may be charged off session. */
  authentication?: 'always' | 'unless-set-up';
  refund?: 'fails' | 'pending';
  disputed?: 'fraudulent' | 'product_not_received';
  /** Goes at once to the available balance. */
  available?: boolean;
  /** Bank debits take time, and then succeed or fail. */
  processing?: 'succeeds' | 'fails';
}

const declined = (code: string, decline: string, message: string) => ({ decline: { code, decline, message } });
const GENERIC = declined('card_declined', 'generic_decline', 'Your card was declined.');
const visa = { brand: 'visa', funding: 'credit', country: 'US' } as const;

const BEHAVIOURS: readonly Behaviour[] = [
  { token: 'pm_card_visa', number: '4242424242424242', ...visa },
  { token: 'pm_card_visa_debit', number: '4000056655665556', ...visa, funding: 'debit' },
  { token: 'pm_card_mastercard', number: '5555555555554444', ...visa, brand: 'mastercard' },
  { token: 'pm_card_amex', number: '378282246310005', ...visa, brand: 'amex' },
  { token: 'pm_card_de', number: '4000002760000016', ...visa, country: 'DE' },
  { token: 'pm_card_chargeDeclined', number: '4000000000000002', ...visa, saveFails: true, ...GENERIC },
  { token: 'pm_card_chargeCustomerFail', number: '4000000000000341', ...visa, ...GENERIC },
  {
    token: 'pm_card_chargeDeclinedInsufficientFunds',
    number: '4000000000009995',
    ...visa,
    saveFails: true,
    ...declined('card_declined', 'insufficient_funds', 'Your card has insufficient funds.'),
  },
  {
    token: 'pm_card_chargeDeclinedExpiredCard',
    number: '4000000000000069',
    ...visa,
    saveFails: true,
    ...declined('expired_card', 'expired_card', 'Your card has expired.'),
  },
  {
    token: 'pm_card_chargeDeclinedIncorrectCvc',
    number: '4000000000000127',
    ...visa,
    saveFails: true,
    ...declined('incorrect_cvc', 'incorrect_cvc', "Your card's security code is incorrect."),
  },
  {
    token: 'pm_card_chargeDeclinedProcessingError',
    number: '4000000000000119',
    ...visa,
    saveFails: true,
    ...declined('processing_error', 'processing_error', 'An error occurred while processing your card.'),
  },
  { token: 'pm_card_authenticationRequired', number: '4000002760003184', ...visa, authentication: 'always' },
  { token: 'pm_card_threeDSecure2Required', number: '4000000000003220', ...visa, authentication: 'always' },
  {
    token: 'pm_card_authenticationRequiredOnSetup',
    number: '4000002500003155',
    ...visa,
    authentication: 'unless-set-up',
  },
  {
    token: 'pm_card_authenticationRequiredChargeDeclinedInsufficientFunds',
    number: '4000008260003178',
    ...visa,
    authentication: 'always',
    ...declined('card_declined', 'insufficient_funds', 'Your card has insufficient funds.'),
  },
  { token: 'pm_card_createDispute', number: '4000000000000259', ...visa, disputed: 'fraudulent' },
  {
    token: 'pm_card_createDisputeProductNotReceived',
    number: '4000000000002685',
    ...visa,
    disputed: 'product_not_received',
  },
  { token: 'pm_card_refundFail', number: '4000000000005126', ...visa, refund: 'fails' },
  { token: 'pm_card_pendingRefund', number: '4000000000007726', ...visa, refund: 'pending' },
  { token: 'pm_card_bypassPending', number: '4000000000000077', ...visa, available: true },
  { token: 'pm_usBankAccount_success', number: '000123456789', ...visa, brand: '', processing: 'succeeds' },
  { token: 'pm_usBankAccount_insufficientFunds', number: '000222222227', ...visa, brand: '', processing: 'fails' },
];

const BY_TOKEN = new Map(BEHAVIOURS.map((behaviour) => [behaviour.token, behaviour]));
const BY_NUMBER = new Map(BEHAVIOURS.map((behaviour) => [behaviour.number, behaviour]));

export function behaviourOf(token: string): Behaviour | undefined {
  return BY_TOKEN.get(token);
}

export function behaviourOfNumber(number: string): Behaviour | undefined {
  return BY_NUMBER.get(number.replaceAll(/\D/g, ''));
}

export function isBank(behaviour: Behaviour): boolean {
  return behaviour.processing !== undefined;
}

/** For the hosted page, which offers the cards that it takes. */
export function cardBehaviours(): readonly Behaviour[] {
  return BEHAVIOURS.filter((behaviour) => !isBank(behaviour));
}
