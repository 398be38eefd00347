import { VAT } from '../billing/tax.ts';
import { StripeError } from '../http/errors.ts';
import { shownAmount } from '../money.ts';
import { cardBehaviours } from '../payments/cards.ts';
import { doneUrl, lineItems } from '../resources/checkout-session.ts';
import { type Books, ref } from '../state/books.ts';
import type { CheckoutSession } from '../state/tables.ts';
import { escaped, htmlPage } from './html.ts';

const COUNTRIES = [...Object.keys(VAT), 'US'].sort();

/** The hosted page of a session. `error` says why the last try failed; `form` is what was typed. */
export function checkoutPage(
  books: Books,
  session: CheckoutSession,
  error = '',
  form: Readonly<Record<string, string>> = {},
): string {
  if (session.status !== 'open') {
    const done = doneUrl(session);
    const words = session.status === 'complete' ? 'This payment is complete.' : 'This payment link has expired.';
    const link =
      session.status === 'complete' && done !== null
        ? `<p><a class="button" href="${escaped(done)}">Continue</a></p>`
        : '';
    return htmlPage('Checkout', `<h1>${words}</h1>${link}`);
  }
  const customer = books.get('customer', ref(session.customer) ?? '');
  const currency = session.currency ?? 'eur';
  const rows = lineItems(books, session).data.map(
    (item) =>
      `<tr><td>${escaped(item.description)}${item.quantity !== null && item.quantity > 1 ? ` × ${item.quantity}` : ''}${escaped(every(item.price.recurring))}</td><td>${escaped(shownAmount(item.amount_subtotal, currency))}</td></tr>`,
  );
  const details = session.total_details;
  if (details !== null && details.amount_discount > 0) {
    rows.push(`<tr><td>Discount</td><td>−${escaped(shownAmount(details.amount_discount, currency))}</td></tr>`);
  }
  if (details !== null && details.amount_tax > 0) {
    rows.push(`<tr><td>Tax</td><td>${escaped(shownAmount(details.amount_tax, currency))}</td></tr>`);
  }
  const total = session.amount_total ?? 0;
  rows.push(`<tr class="total"><td>Due today</td><td id="total">${escaped(shownAmount(total, currency))}</td></tr>`);
  const field = (name: string, label: string, value: string, more = '') =>
    `<label for="${name}">${label}</label><input id="${name}" name="${name}" value="${escaped(form[name] ?? value)}" ${more}>`;
  const country = form.country ?? customer?.address?.country ?? 'DE';
  const countries = COUNTRIES.map((code) => `<option${code === country ? ' selected' : ''}>${code}</option>`).join('');
  const cards = cardBehaviours()
    .map((card) => `<option value="${card.number}">${escaped(card.token.replace('pm_card_', ''))}</option>`)
    .join('');
  const verb =
    session.mode === 'setup'
      ? 'Save card'
      : session.mode === 'subscription'
        ? 'Subscribe'
        : `Pay ${shownAmount(total, currency)}`;
  return htmlPage(
    'Checkout',
    `<h1>${session.mode === 'setup' ? 'Save a card' : 'Checkout'}</h1><p>The Stripe double</p>
${session.mode === 'setup' ? '' : `<table>${rows.join('')}</table>${session.automatic_tax.enabled ? '<p><small>Tax is added by country when you pay.</small></p>' : ''}`}
${error === '' ? '' : `<p class="error" role="alert">${escaped(error)}</p>`}
<form method="post" id="payment">
${field('email', 'E-mail', customer?.email ?? session.customer_email ?? '', `type="email" autocomplete="email"${customer?.email == null ? ' required' : ' readonly'}`)}
${field('card', 'Card number (a test card)', '4242 4242 4242 4242', 'inputmode="numeric" autocomplete="cc-number" list="cards" required')}<datalist id="cards">${cards}</datalist>
<div class="row"><div>${field('expiry', 'Expiry', '12 / 34', 'autocomplete="cc-exp"')}</div><div>${field('cvc', 'Security code', '123', 'inputmode="numeric" autocomplete="cc-csc"')}</div></div>
${field('name', 'Name on card', customer?.name ?? '', 'autocomplete="cc-name"')}
<label for="country">Country</label><select id="country" name="country">${countries}</select>
${session.tax_id_collection?.enabled === true ? field('taxId', 'VAT number, if you buy as a business', '') : ''}
${session.allow_promotion_codes === true ? field('promotionCode', 'Promotion code', '') : ''}
<button class="wide" type="submit">${escaped(verb)}</button></form>
${session.cancel_url === null ? '' : `<p style="margin-top:1rem"><a href="${escaped(session.cancel_url)}">Cancel and return</a></p>`}`,
  );
}

function every(recurring: { interval: string; interval_count: number } | null): string {
  if (recurring === null) return '';
  return recurring.interval_count === 1
    ? `, every ${recurring.interval}`
    : `, every ${recurring.interval_count} ${recurring.interval}s`;
}

/** What to say of a refusal. */
export function sayWhy(error: unknown): string {
  if (error instanceof StripeError) return error.message;
  throw error;
}
