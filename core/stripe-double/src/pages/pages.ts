import type { ApiRequest } from '../http/answer.ts';
import { StripeError } from '../http/errors.ts';
import type { PageAnswer } from '../http/server.ts';
import { shownAmount } from '../money.ts';
import { doneUrl } from '../resources/checkout-session.ts';
import type { Books } from '../state/books.ts';
import type { Store } from '../state/store.ts';
import { authenticate, authenticatePage } from './authenticate.ts';
import { checkoutPage, sayWhy } from './checkout.ts';
import { escaped, htmlPage } from './html.ts';
import { invoicePage, invoicePdf, payInvoice } from './invoice.ts';
import { onboard, onboardingPage } from './onboarding.ts';
import { paySession } from './pay-session.ts';
import { portalAction, portalPage } from './portal.ts';
import type { PaymentForm } from './session-customer.ts';

type Fields = Record<string, string>;
type Page = (books: Books, id: string, query: Fields) => PageAnswer;
type Action = (books: Books, id: string, form: Fields, query: Fields) => PageAnswer;

export function html(body: string, status = 200): PageAnswer {
  return { status, type: 'text/html; charset=utf-8', body };
}

export function seeOther(location: string): PageAnswer {
  return { status: 303, type: 'text/plain; charset=utf-8', body: '', location };
}

const SHOWN: Readonly<Record<string, Page>> = {
  checkout: (books, id, query) => html(checkoutPage(books, books.find('checkout.session', id), query.error)),
  authenticate: (books, id, query) => html(authenticatePage(books, id, query.client_secret ?? '')),
  invoices: (books, id, query) => html(invoicePage(books, books.find('invoice', id), query.error)),
  'invoices/pdf': (books, id) => ({
    status: 200,
    type: 'application/pdf',
    body: invoicePdf(books.find('invoice', id)),
  }),
  portal: (books, id, query) => html(portalPage(books, id, query.error)),
  onboarding: (books, id, query) => {
    const shown = onboardingPage(books, id, query.token ?? '');
    return 'to' in shown ? seeOther(shown.to) : html(shown.page);
  },
  receipts: (books, id) => html(receiptPage(books, id)),
};

function receiptPage(books: Books, id: string): string {
  const charge = books.find('charge', id);
  const day = new Date(charge.created * 1000).toISOString().slice(0, 10);
  return htmlPage(
    'Receipt',
    `<h1>Receipt</h1><p>${escaped(shownAmount(charge.amount, charge.currency))} paid on ${day}</p>`,
  );
}

const DONE: Readonly<Record<string, Action>> = {
  checkout: (books, id, form) => {
    try {
      const outcome = paySession(books, id, form as PaymentForm);
      return seeOther('to' in outcome ? outcome.to : (doneUrl(outcome.done) ?? `/checkout/${id}`));
    } catch (error) {
      const why = sayWhy(error);
      if (error instanceof StripeError && !error.keepsEffects) throw new PageError(why, form);
      return html(checkoutPage(books, books.find('checkout.session', id), why, form), 402);
    }
  },
  authenticate: (books, id, form, query) => {
    const outcome = authenticate(books, id, query.client_secret ?? '', form.answer === 'complete');
    return 'to' in outcome ? seeOther(outcome.to) : html(outcome.page);
  },
  invoices: (books, id, form) => {
    const outcome = payInvoice(books, id, form.card ?? '');
    if ('to' in outcome) return seeOther(outcome.to);
    return html(invoicePage(books, books.find('invoice', id), outcome.error), 402);
  },
  portal: (books, id, form) => {
    const outcome = portalAction(books, id, form);
    return 'to' in outcome ? seeOther(outcome.to) : html(portalPage(books, id, outcome.error), 402);
  },
  onboarding: (books, id, form, query) => seeOther(onboard(books, id, query.token ?? '', form)),
};

/** A refusal that undoes what the page began. */
class PageError extends Error {
  readonly form: Fields;
  constructor(message: string, form: Fields) {
    super(message);
    this.form = form;
  }
}

/** The hosted pages: `/checkout/…`, `/authenticate/…` and others. Each post is one step of the store. */
export function pages(store: Store, booksOf: () => Books): (request: ApiRequest) => PageAnswer | undefined {
  return (request) => {
    const [, kind = '', id = '', part = ''] = request.path.split('/');
    const name = part === '' ? kind : `${kind}/${part}`;
    const query = Object.fromEntries(new URLSearchParams(request.query));
    const books = booksOf();
    try {
      if (request.method === 'GET') return SHOWN[name]?.(books, id, query);
      if (request.method !== 'POST') return undefined;
      const answer = DONE[name]?.(books, id, Object.fromEntries(new URLSearchParams(request.body)), query);
      store.commit();
      return answer;
    } catch (error) {
      store.undo();
      if (error instanceof PageError)
        return html(checkoutPage(books, books.find('checkout.session', id), error.message, error.form), 400);
      if (!(error instanceof StripeError)) throw error;
      return html(
        htmlPage('Not possible', `<h1>Not possible</h1><p class="error">${escaped(error.message)}</p>`),
        error.status,
      );
    }
  };
}
