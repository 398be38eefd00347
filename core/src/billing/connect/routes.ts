import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { traceOf } from '../../audit/index.ts';
import { ApiError } from '../../errors/index.ts';
import { type PageInput, pageInput, pageOutput } from '../../paging/index.ts';
import { defineRoute, FileReply, type Route } from '../../routes/index.ts';
import type { BillingDependencies } from '../dependencies.ts';
import { csvOf, payoutReport, publishers } from './payout-report.ts';
import type { Publishers } from './publishers.ts';
import type { ShareTransfers } from './share-transfers.ts';

const TAG = 'Publishers';
const DAY_MS = 86_400_000;
const AMOUNT = { type: 'integer', description: 'In minor units of the currency.' };
const NULLABLE = { type: ['string', 'null'] };

const PUBLISHER = {
  type: 'object',
  required: ['id', 'name', 'account', 'state', 'requirements', 'feePercent'],
  properties: {
    id: { type: 'string', format: 'uuid' },
    name: { type: 'string' },
    account: NULLABLE,
    state: { enum: ['none', 'onboarding', 'restricted', 'enabled'] },
    requirements: { type: 'array', items: { type: 'string' }, description: 'What the provider still wants to know.' },
    feePercent: { type: ['number', 'null'], description: 'Own terms; those of the platform when null.' },
    email: NULLABLE,
    country: NULLABLE,
  },
};

const LINE = {
  type: 'object',
  required: ['publisher', 'currency', 'sales', 'tax', 'platformFee', 'share', 'transferred', 'paidOut', 'held', 'due'],
  properties: {
    publisher: { type: 'string' },
    currency: { type: 'string' },
    ...Object.fromEntries(
      ['sales', 'tax', 'platformFee', 'share', 'transferred', 'paidOut', 'held', 'due'].map((name) => [name, AMOUNT]),
    ),
  },
};

interface PeriodInput {
  from?: string;
  to?: string;
}

const PERIOD_INPUT = {
  from: { type: 'string', format: 'date', description: 'First day (UTC); thirty days ago when absent.' },
  to: { type: 'string', format: 'date', description: 'Last day (UTC); today when absent.' },
};

/** What operators see of publishers, and do for them. */
export function connectRoutes(
  deps: BillingDependencies,
  { people, transfers }: { people: Publishers; transfers: ShareTransfers },
): Route[] {
  const { db, gateway } = deps;

  function periodOf({ from, to }: PeriodInput): { from: Date; to: Date; now: Date } {
    const now = deps.now();
    const today = new Date(now.toISOString().slice(0, 10));
    const last = to === undefined ? today : new Date(to);
    const first = from === undefined ? new Date(last.getTime() - 30 * DAY_MS) : new Date(from);
    if (first > last) {
      const message = 'The period ends before it begins.';
      throw new ApiError('invalid-input', message, { errors: [{ pointer: '/to', message }] });
    }
    return { from: first, to: new Date(last.getTime() + DAY_MS), now };
  }

  return [
    defineRoute({
      method: 'GET',
      path: '/api/operator/publishers',
      operationId: 'listPublishers',
      summary: 'Those whose plugins were sold, and how far their accounts are',
      tag: TAG,
      access: 'operator',
      input: pageInput(),
      output: pageOutput(PUBLISHER),
      handler: (_context, page: PageInput) => publishers(db, gateway.provider, page),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/operator/publishers',
      operationId: 'onboardPublisher',
      summary: 'Make a publisher’s account for payouts, or lead it back to where it says who it is',
      tag: TAG,
      access: 'operator',
      sudo: true,
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'email', 'country'],
        properties: {
          name: { type: 'string', minLength: 1, maxLength: 200, description: 'As manifests name the publisher.' },
          email: { type: 'string', format: 'email', maxLength: 254 },
          country: { type: 'string', pattern: '^[A-Z]{2}$' },
          feePercent: { type: ['number', 'null'], minimum: 0, maximum: 100, multipleOf: 0.01 },
        },
      },
      output: {
        type: 'object',
        required: ['id', 'onboardingUrl'],
        properties: { id: { type: 'string', format: 'uuid' }, onboardingUrl: { type: 'string', format: 'uri' } },
      },
      handler: (context, order: { name: string; email: string; country: string; feePercent?: number | null }) =>
        people.onboard(order, traceOf(context)),
    }),
    defineRoute({
      method: 'GET',
      path: '/api/operator/payouts',
      operationId: 'reportPayouts',
      summary: 'What each publisher earned, got and is still owed',
      tag: TAG,
      access: 'operator',
      input: { type: 'object', additionalProperties: false, properties: PERIOD_INPUT },
      output: { type: 'object', required: ['items'], properties: { items: { type: 'array', items: LINE } } },
      handler: async (_context, period: PeriodInput) => ({
        items: await payoutReport(db, gateway.provider, periodOf(period)),
      }),
    }),
    defineRoute({
      method: 'GET',
      path: '/api/operator/payouts.csv',
      operationId: 'downloadPayouts',
      summary: 'What publishers earned, got and are owed, as a table for spreadsheets; amounts in minor units',
      tag: TAG,
      access: 'operator',
      input: { type: 'object', additionalProperties: false, properties: PERIOD_INPUT },
      output: { type: 'string', contentMediaType: 'text/csv' },
      async handler(_context, input: PeriodInput) {
        const period = periodOf(input);
        const text = Buffer.from(csvOf(await payoutReport(db, gateway.provider, period)));
        const info = {
          id: randomUUID(),
          name: `payouts-${period.from.toISOString().slice(0, 10)}.csv`,
          type: 'text/csv',
          size: text.byteLength,
          sha256: createHash('sha256').update(text).digest('hex'),
          createdAt: period.now.toISOString(),
        };
        return new FileReply(info, Readable.from([text]));
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/api/operator/payouts/run',
      operationId: 'transferShares',
      summary: 'Transfer now what has rested long enough, and take back what is owed; otherwise that happens by itself',
      tag: TAG,
      access: 'operator',
      sudo: true,
      output: {
        type: 'object',
        required: ['sent', 'waiting', 'reversed'],
        properties: {
          sent: { type: 'integer' },
          waiting: { type: 'integer', description: 'Could not be sent; tried again.' },
          reversed: { type: 'integer', description: 'Transfers of which something was taken back.' },
        },
      },
      handler: () => transfers.run(),
    }),
  ];
}
