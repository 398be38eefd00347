import type { Chaos } from '../chaos.ts';
import type { ApiRequest } from '../http/answer.ts';
import { invalid, missing, StripeError } from '../http/errors.ts';
import type { PageAnswer } from '../http/server.ts';
import { checkedCurrency } from '../money.ts';
import { authenticate } from '../pages/authenticate.ts';
import { paySession } from '../pages/pay-session.ts';
import type { PaymentForm } from '../pages/session-customer.ts';
import { decideDispute, openDispute } from '../payments/disputes.ts';
import { refundFails } from '../payments/refunds.ts';
import type { Books } from '../state/books.ts';
import type { Store } from '../state/store.ts';
import type { Clocks } from '../time/clocks.ts';
import type { Deliverer } from '../webhooks/deliverer.ts';

export interface Controls {
  store: Store;
  books: () => Books;
  chaos: Chaos;
  clocks: Clocks;
  deliverer: Deliverer;
}

type Body = Record<string, unknown>;

/** The control API: `/_double/…`, JSON in and out. `undefined` for paths that are none of its own. */
export function control(controls: Controls, request: ApiRequest): PageAnswer | undefined {
  if (!request.path.startsWith('/_double')) return undefined;
  const body = bodyOf(request);
  const action = `${request.method} ${request.path.slice('/_double'.length)}`;
  const [, verb = '', id = ''] = /^(POST \/\w+\/)([\w-]+)(?:\/\w+)?$/.exec(action) ?? [];
  const result = step(controls, () => perform(controls, action, verb, id, body));
  if (result === undefined) return undefined;
  return { status: 200, type: 'application/json', body: `${JSON.stringify(result, null, 2)}\n` };
}

/** What is refused has changed nothing, unless the refusal is a card's. */
function step<T>(controls: Controls, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof StripeError && error.keepsEffects) controls.store.commit();
    else controls.store.undo();
    throw error;
  }
}

function perform(controls: Controls, action: string, verb: string, id: string, body: Body): object | undefined {
  const { store, chaos, clocks, deliverer } = controls;
  const books = controls.books();
  switch (action) {
    case 'GET /clock':
      return clockAnswer(books);
    case 'POST /clock': {
      const advance = body.advance;
      const to = body.to ?? (typeof advance === 'number' ? books.now() + advance : undefined);
      if (typeof to !== 'number' || !Number.isInteger(to))
        throw invalid('Either `advance` (seconds) or `to` (Unix seconds) is needed.', 'advance');
      if (to < books.now()) throw invalid('The clock only goes forward.', 'to');
      clocks.moveWorld(to);
      return clockAnswer(books);
    }
    case 'GET /chaos':
      return { ...chaos.switches };
    case 'POST /chaos':
      chaos.set(body);
      return { ...chaos.switches };
    case 'DELETE /chaos':
      chaos.calm();
      return { ...chaos.switches };
    case 'GET /deliveries':
      return { idle: deliverer.idle, waiting: deliverer.waiting, ...deliverer.counts, deliveries: some(store) };
    case 'POST /deliveries/release':
      return { released: deliverer.release() };
    case 'POST /deliveries/pause':
      deliverer.pause();
      return { paused: true };
    case 'POST /deliveries/start':
      deliverer.start();
      return { paused: false };
    case 'POST /exchange':
      return exchange(books, body);
    case 'GET /counts':
      return counts(store);
  }
  if (verb === 'POST /events/') {
    if (books.get('event', id) === undefined) throw missing('event', id);
    return { sent: deliverer.resend(id, typeof body.endpoint === 'string' ? body.endpoint : undefined) };
  }
  if (verb === 'POST /disputes/') {
    const dispute =
      typeof body.won === 'boolean'
        ? decideDispute(books, id, body.won)
        : openDispute(books, id, typeof body.reason === 'string' ? body.reason : undefined);
    store.commit();
    return dispute;
  }
  if (verb === 'POST /refunds/') {
    refundFails(books, books.find('refund', id).id);
    store.commit();
    return books.find('refund', id);
  }
  if (verb === 'POST /authenticate/') {
    const intent = id.startsWith('seti_') ? books.find('setup_intent', id) : books.find('payment_intent', id);
    const outcome = authenticate(books, id, intent.client_secret ?? '', body.complete !== false);
    store.commit();
    return outcome;
  }
  if (verb === 'POST /checkout/') {
    const outcome = paySession(books, id, body as PaymentForm);
    store.commit();
    return 'to' in outcome ? { authenticate: outcome.to } : { session: outcome.done };
  }
  return undefined;
}

function clockAnswer(books: Books): object {
  const now = books.now();
  return { now, iso: new Date(now * 1000).toISOString() };
}

/** Like the switches of chaos, forgotten when the process ends. */
function exchange(books: Books, { from, to, rate }: Body): object {
  const currency = checkedCurrency(typeof from === 'string' ? from : '', 'from');
  const kept = checkedCurrency(typeof to === 'string' ? to : '', 'to');
  if (typeof rate !== 'number' || !(rate > 0)) throw invalid('A rate above 0 is needed.', 'rate');
  books.rules.exchange.set(currency, { to: kept, rate });
  return Object.fromEntries(books.rules.exchange);
}

function some(store: Store): object[] {
  const found: object[] = [];
  for (const { value } of store.rows('delivery')) {
    if (found.length === 100) break;
    found.push({ ...value, type: store.get('event', value.event)?.value.type });
  }
  return found;
}

function counts(store: Store): object {
  const kinds = [
    'customer',
    'charge',
    'payment_intent',
    'subscription',
    'invoice',
    'refund',
    'event',
    'delivery',
  ] as const;
  return Object.fromEntries(kinds.map((kind) => [kind, store.count(kind)]));
}

function bodyOf(request: ApiRequest): Body {
  if (request.body === '') return {};
  try {
    const body: unknown = JSON.parse(request.body);
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Body;
  } catch {
    throw invalid('The control API takes JSON objects.');
  }
  throw invalid('The control API takes JSON objects.');
}
