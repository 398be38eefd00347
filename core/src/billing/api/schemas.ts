import { UUID_INPUT } from '../../routes/index.ts';

export const TAG = 'Billing';

const TEXT = { type: 'string' };
const NULLABLE = { type: ['string', 'null'] };
const MOMENT = { type: 'string', format: 'date-time' };
const MOMENT_OR_NULL = { ...NULLABLE, format: 'date-time' };
const AMOUNT = { type: 'integer', description: 'In minor units of the currency.' };
const PLAN = { enum: ['one-time', 'monthly', 'annual'] };

export const INTERVAL_INPUT = { type: 'string', enum: ['monthly', 'annual'] };
export const SEATS_INPUT = { type: 'integer', minimum: 1, maximum: 100_000 };
export const SUBSCRIPTION_ID = { type: 'string', pattern: '^sub_[A-Za-z0-9_]{1,120}$' };
export const PURCHASE_ID = UUID_INPUT;

/** Of everything that is bought. */
export const ORDER_INPUT = {
  seats: SEATS_INPUT,
  promotionCode: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,100}$' },
  method: {
    type: 'string',
    enum: ['checkout', 'intent'],
    default: 'checkout',
    description: '`checkout`: a page of the provider; `intent`: the client confirms the payment itself.',
  },
};

export const BEGUN = {
  type: 'object',
  required: ['id', 'state'],
  properties: {
    id: { type: 'string', format: 'uuid' },
    state: TEXT,
    checkoutUrl: { ...TEXT, description: 'The page where it is paid (`checkout`).' },
    clientSecret: { ...NULLABLE, description: 'Confirms the payment (`intent`); null when nothing is due now.' },
    publishableKey: TEXT,
  },
};

export const PURCHASE = {
  type: 'object',
  required: [
    'id',
    'plugin',
    'plan',
    'state',
    'currency',
    'amount',
    'seats',
    'amountPaid',
    'amountRefunded',
    'createdAt',
  ],
  properties: {
    id: { type: 'string', format: 'uuid' },
    plugin: TEXT,
    plan: PLAN,
    state: { enum: ['pending', 'intent', 'confirmed', 'completed', 'expired', 'cancelled', 'refunded', 'reversed'] },
    currency: TEXT,
    amount: AMOUNT,
    seats: { type: ['integer', 'null'] },
    amountPaid: { ...AMOUNT, type: ['integer', 'null'] },
    amountRefunded: AMOUNT,
    dispute: { enum: ['open', 'won', 'lost', null] },
    createdAt: MOMENT,
    completedAt: MOMENT_OR_NULL,
  },
};

const PENDING_CHANGE = {
  type: ['object', 'null'],
  description: 'A change that waits until the bank has its payment confirmed; nothing has changed before.',
  required: ['plan', 'seats', 'amount', 'due', 'until'],
  properties: {
    plan: { enum: ['monthly', 'annual'] },
    seats: { type: ['integer', 'null'] },
    amount: { ...AMOUNT, description: 'Of each period from then on.' },
    due: { ...AMOUNT, description: 'What is to be paid for it now.' },
    until: { ...MOMENT, description: 'Forgotten then.' },
  },
};

export const SUBSCRIPTION = {
  type: 'object',
  required: [
    'id',
    'plugin',
    'plan',
    'state',
    'currency',
    'amount',
    'seats',
    'nextPaymentAt',
    'paidUntil',
    'cancelAt',
    'pendingChange',
  ],
  properties: {
    id: TEXT,
    plugin: TEXT,
    plan: { enum: ['monthly', 'annual'] },
    state: { enum: ['incomplete', 'trial', 'active', 'past-due', 'unpaid', 'ending', 'paused', 'ended'] },
    currency: TEXT,
    unitAmount: AMOUNT,
    amount: { ...AMOUNT, description: 'Of each period, without use that is metered, discounts and taxes.' },
    seats: { type: ['integer', 'null'] },
    currentPeriodEnd: MOMENT_OR_NULL,
    nextPaymentAt: MOMENT_OR_NULL,
    paidUntil: { ...MOMENT_OR_NULL, description: 'The first moment that is not paid for.' },
    trialEndsAt: MOMENT_OR_NULL,
    cancelAt: MOMENT_OR_NULL,
    endedAt: MOMENT_OR_NULL,
    pendingChange: PENDING_CHANGE,
    createdAt: MOMENT,
  },
};

/** A subscription after a change was asked for, and what came of that. */
export const CHANGED = {
  ...SUBSCRIPTION,
  required: [...SUBSCRIPTION.required, 'status', 'confirmation'],
  properties: {
    ...SUBSCRIPTION.properties,
    status: { enum: ['changed', 'confirmation-required', 'not-changed'] },
    confirmation: {
      type: ['object', 'null'],
      description: 'What the client needs to have the payment confirmed.',
      required: ['url', 'clientSecret', 'publishableKey', 'returnUrl'],
      properties: {
        url: { ...NULLABLE, description: 'The page where it is confirmed, or paid otherwise.' },
        clientSecret: { ...NULLABLE, description: 'For clients that confirm the payment themselves.' },
        publishableKey: TEXT,
        returnUrl: { ...TEXT, description: 'Where that page leads back to.' },
      },
    },
  },
};

export const INVOICE = {
  type: 'object',
  required: ['id', 'number', 'plugin', 'status', 'currency', 'total', 'amountDue', 'amountPaid', 'createdAt'],
  properties: {
    id: TEXT,
    number: NULLABLE,
    plugin: NULLABLE,
    subscription: NULLABLE,
    status: { ...TEXT, description: 'open, paid, uncollectible or void.' },
    currency: TEXT,
    total: AMOUNT,
    amountDue: AMOUNT,
    amountPaid: AMOUNT,
    tax: AMOUNT,
    page: { ...NULLABLE, description: 'The page of the invoice, where an open one can be paid.' },
    pdf: NULLABLE,
    nextAttemptAt: MOMENT_OR_NULL,
    needsAction: { type: 'boolean' },
    createdAt: MOMENT,
    paidAt: MOMENT_OR_NULL,
  },
};

export const OVERVIEW = {
  type: 'object',
  required: ['payments', 'paymentMethod', 'credit', 'attention'],
  properties: {
    payments: { enum: ['double', 'test', 'live'], description: '`double` and `test`: no money moves.' },
    paymentMethod: {
      type: ['object', 'null'],
      properties: {
        brand: TEXT,
        last4: TEXT,
        expMonth: { type: 'integer' },
        expYear: { type: 'integer' },
      },
    },
    credit: {
      type: ['object', 'null'],
      description: 'What is taken off the next invoice.',
      required: ['amount', 'currency'],
      properties: { amount: AMOUNT, currency: TEXT },
    },
    attention: {
      type: 'array',
      description: 'What somebody has to pay or to confirm.',
      items: {
        type: 'object',
        required: ['kind', 'invoice', 'plugin', 'amount', 'currency', 'page', 'nextAttemptAt'],
        properties: {
          kind: { enum: ['past-due', 'action'] },
          invoice: TEXT,
          plugin: NULLABLE,
          amount: AMOUNT,
          currency: TEXT,
          page: NULLABLE,
          nextAttemptAt: MOMENT_OR_NULL,
        },
      },
    },
  },
};

export const PLANS = {
  type: 'object',
  required: [
    'plugin',
    'name',
    'offers',
    'meters',
    'owned',
    'subscription',
    'ending',
    'order',
    'seatsTaken',
    'keepsTrialUntil',
  ],
  properties: {
    plugin: TEXT,
    name: TEXT,
    offers: {
      type: 'array',
      items: {
        type: 'object',
        required: ['plan', 'currency', 'unitAmount', 'perSeat', 'savingPercent'],
        properties: {
          plan: PLAN,
          currency: TEXT,
          unitAmount: AMOUNT,
          perSeat: { type: 'boolean' },
          savingPercent: { type: ['integer', 'null'], description: 'Of a year against twelve months.' },
        },
      },
    },
    meters: { type: 'array', items: { type: 'object' } },
    owned: { type: 'boolean' },
    subscription: { anyOf: [SUBSCRIPTION, { type: 'null' }] },
    ending: { anyOf: [SUBSCRIPTION, { type: 'null' }], description: 'One that is paid, and not to be renewed.' },
    order: { anyOf: [PURCHASE, { type: 'null' }] },
    seatsTaken: { type: 'integer' },
    keepsTrialUntil: { ...MOMENT_OR_NULL, description: 'A subscription begun now costs nothing before.' },
  },
};

export const PREVIEW = {
  type: 'object',
  required: ['currency', 'dueNow', 'lines', 'nextPaymentAt', 'prorationAt'],
  properties: {
    currency: TEXT,
    dueNow: { ...AMOUNT, description: 'In minor units; negative: credited to later invoices.' },
    lines: {
      type: 'array',
      items: {
        type: 'object',
        required: ['description', 'amount'],
        properties: { description: TEXT, amount: AMOUNT },
      },
    },
    nextPaymentAt: MOMENT_OR_NULL,
    prorationAt: { ...MOMENT, description: 'Hand it back with the change: it then costs what was shown.' },
  },
};

export const DIFFERENCE = {
  type: 'object',
  required: ['tenantId', 'plugin', 'what', 'id', 'changes'],
  properties: {
    tenantId: { type: 'string', format: 'uuid' },
    plugin: NULLABLE,
    what: { enum: ['subscription', 'purchase', 'invoice', 'dispute', 'licence'] },
    id: TEXT,
    changes: { type: 'array', items: { type: 'object', required: ['field', 'ours', 'provider'] } },
  },
};

export const REPORT = {
  type: 'object',
  required: ['compared', 'differences', 'failures'],
  properties: {
    compared: { type: 'integer', description: 'Tenants.' },
    differences: { type: 'array', items: DIFFERENCE },
    failures: {
      type: 'array',
      items: {
        type: 'object',
        required: ['tenantId', 'reason'],
        properties: { tenantId: TEXT, reason: TEXT },
      },
    },
  },
};

export const DEAD_EVENT = {
  type: 'object',
  required: ['id', 'type', 'object', 'attempts', 'lastError', 'receivedAt'],
  properties: {
    id: TEXT,
    type: TEXT,
    object: NULLABLE,
    attempts: { type: 'integer' },
    lastError: NULLABLE,
    receivedAt: MOMENT,
  },
};
