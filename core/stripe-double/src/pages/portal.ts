import { updateSubscription } from '../billing/change-subscription.ts';
import { endSubscription, isOver } from '../billing/standing.ts';
import { periodOf } from '../billing/subscriptions.ts';
import { invalid, StripeError } from '../http/errors.ts';
import { shownAmount } from '../money.ts';
import { behaviourOfNumber } from '../payments/cards.ts';
import { newMethod } from '../payments/methods.ts';
import { confirmSetup, newSetupIntent } from '../payments/setup-intents.ts';
import { type Books, idOf, ref } from '../state/books.ts';
import type { Subscription } from '../state/tables.ts';
import { escaped, htmlPage } from './html.ts';

type Fields = Readonly<Record<string, string>>;

function date(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

function nameOf(books: Books, subscription: Subscription): string {
  const names = subscription.items.data.map(
    (item) => books.get('product', idOf(item.price.product as string))?.name ?? 'Product',
  );
  return names.join(', ');
}

function button(action: string, subject: string, words: string, plain = true): string {
  return `<form method="post" class="inline"><input type="hidden" name="subject" value="${escaped(subject)}"><button name="action" value="${action}"${plain ? ' class="plain"' : ''}>${words}</button></form>`;
}

function subscriptionRow(books: Books, subscription: Subscription, mayCancel: boolean): string {
  const ends = subscription.cancel_at;
  const state =
    ends === null ? `${subscription.status}, next payment ${date(periodOf(subscription).end)}` : `ends ${date(ends)}`;
  const action =
    ends !== null
      ? button('resume', subscription.id, 'Keep')
      : mayCancel
        ? button('cancel', subscription.id, 'Cancel')
        : '';
  return `<tr><td><strong>${escaped(nameOf(books, subscription))}</strong><br><small>${escaped(state)}</small></td><td>${action}</td></tr>`;
}

/** The customer's own page: subscriptions, card and invoices, as the configuration allows. */
export function portalPage(books: Books, id: string, error = ''): string {
  const session = books.find('billing_portal.session', id);
  const { features } = books.known('billing_portal.configuration', ref(session.configuration) ?? '');
  const customer = books.known('customer', session.customer);
  const mine = books.all('subscription').filter((s) => ref(s.customer) === customer.id && !isOver(s));
  const [method] = [customer.invoice_settings, ...mine].flatMap((one) => ref(one.default_payment_method) ?? []);
  const card = books.get('payment_method', method ?? '')?.card;
  const invoices = books
    .all('invoice')
    .filter((invoice) => ref(invoice.customer) === customer.id && invoice.status !== 'draft');
  const rows = invoices
    .reverse()
    .slice(0, 24)
    .map(
      (i) =>
        `<tr><td><a href="/invoices/${escaped(i.id)}">${escaped(i.number)}</a> <small>${date(i.created)} · ${escaped(i.status)}</small></td><td>${escaped(shownAmount(i.total, i.currency))}</td></tr>`,
    );
  const back = session.return_url;
  return htmlPage(
    'Billing',
    `<h1>Billing</h1><p>${escaped(customer.name ?? customer.email ?? '')}</p>${error === '' ? '' : `<p class="error" role="alert">${escaped(error)}</p>`}
<h2>Subscriptions</h2>${mine.length === 0 ? '<p>None.</p>' : `<table>${mine.map((s) => subscriptionRow(books, s, features.subscription_cancel.enabled)).join('')}</table>`}
${
  features.payment_method_update.enabled
    ? `<h2>Payment method</h2><p>${card === undefined ? 'None.' : `${escaped(card.brand)} ending in ${escaped(card.last4)}`}</p>
<form method="post"><label for="card">New card number (a test card)</label><input id="card" name="card" inputmode="numeric" required><p></p><button name="action" value="card">Update card</button></form>`
    : ''
}
${features.invoice_history.enabled ? `<h2>Invoices</h2>${rows.length === 0 ? '<p>None.</p>' : `<table>${rows.join('')}</table>`}` : ''}
${back === null ? '' : `<p style="margin-top:1.5rem"><a class="button plain" href="${escaped(back)}">Return</a></p>`}`,
    true,
  );
}

/** Does what somebody asks for on the page. Answers where the browser goes next, or what went wrong. */
export function portalAction(books: Books, id: string, form: Fields): { to: string } | { error: string } {
  const session = books.find('billing_portal.session', id);
  const { features } = books.known('billing_portal.configuration', ref(session.configuration) ?? '');
  const after = session.flow?.after_completion;
  const home = after?.type === 'redirect' && after.redirect != null ? after.redirect.return_url : `/portal/${id}`;
  const action = form.action;
  if (action === 'card') {
    if (!features.payment_method_update.enabled) throw invalid('The card cannot be changed here.');
    return changeCard(books, session.customer, form.card ?? '', home);
  }
  const subscription = books.find('subscription', form.subject ?? '');
  if (ref(subscription.customer) !== session.customer) throw invalid('This subscription is not yours.');
  if (action === 'resume') updateSubscription(books, subscription.id, { cancel_at: '' });
  else if (action === 'cancel' && features.subscription_cancel.enabled) {
    // Stripe's portal sets `cancel_at`, not `cancel_at_period_end`.
    if (features.subscription_cancel.mode === 'immediately')
      endSubscription(books, subscription.id, 'cancellation_requested');
    else updateSubscription(books, subscription.id, { cancel_at: periodOf(subscription).end });
  } else throw invalid('This is not possible here.');
  return { to: home };
}

function changeCard(
  books: Books,
  customerId: string,
  number: string,
  home: string,
): { to: string } | { error: string } {
  const behaviour = behaviourOfNumber(number);
  if (behaviour === undefined) return { error: 'Your card number is invalid.' };
  const method = newMethod(books, behaviour);
  const intent = newSetupIntent(books, { customer: customerId, payment_method: method.id });
  try {
    const setup = confirmSetup(books, intent.id, {
      returnUrl: home.startsWith('/') ? `${books.rules.origin}${home}` : home,
    });
    const redirect = setup.next_action?.redirect_to_url?.url;
    if (redirect != null) {
      books.link(`default:${intent.id}`, customerId);
      return { to: redirect };
    }
  } catch (error) {
    if (!(error instanceof StripeError) || error.details.type !== 'card_error') throw error;
    return { error: error.message };
  }
  makeDefault(books, customerId, method.id);
  return { to: home };
}

/** A customer's new card is charged from now on, by all subscriptions. */
function makeDefault(books: Books, customerId: string, method: string): void {
  const before = books.known('customer', customerId);
  const settings = { ...before.invoice_settings, default_payment_method: method };
  books.emit('customer.updated', books.change('customer', customerId, { invoice_settings: settings }), before);
  for (const subscription of books.all('subscription')) {
    if (
      ref(subscription.customer) !== customerId ||
      isOver(subscription) ||
      subscription.default_payment_method === null
    )
      continue;
    updateSubscription(books, subscription.id, { default_payment_method: method });
  }
}

/** The holder of a new card has proven themselves. */
export function portalSetupSucceeded(books: Books, intent: string): void {
  const customer = books.linked(`default:${intent}`);
  const method = ref(books.get('setup_intent', intent)?.payment_method ?? null);
  if (customer !== undefined && method !== null) makeDefault(books, customer, method);
}
