import { pay } from '../billing/invoices.ts';
import { subscriptionOf } from '../billing/standing.ts';
import { StripeError } from '../http/errors.ts';
import { shownAmount } from '../money.ts';
import { behaviourOfNumber } from '../payments/cards.ts';
import { attach, newMethod } from '../payments/methods.ts';
import { type Books, ref } from '../state/books.ts';
import type { Invoice } from '../state/tables.ts';
import { escaped, htmlPage } from './html.ts';
import { type PdfText, pdf } from './pdf.ts';

function day(seconds: number | null): string {
  return seconds === null ? '' : new Date(seconds * 1000).toISOString().slice(0, 10);
}

interface Row {
  text: string;
  amount: string;
  strong?: boolean;
}

function rowsOf(invoice: Invoice): Row[] {
  const shown = (amount: number) => shownAmount(amount, invoice.currency);
  const rows: Row[] = invoice.lines.data.map((line) => ({
    text: line.description ?? 'Item',
    amount: shown(line.amount),
  }));
  const off = (invoice.total_discount_amounts ?? []).reduce((sum, { amount }) => sum + amount, 0);
  if (off > 0) rows.push({ text: 'Discount', amount: shown(-off) });
  for (const tax of invoice.total_taxes ?? []) {
    const kind = tax.tax_behavior === 'inclusive' ? 'VAT included' : 'VAT';
    const reverse = tax.taxability_reason === 'reverse_charge' ? ', reverse charge' : '';
    rows.push({ text: `${kind}${reverse}`, amount: shown(tax.amount) });
  }
  rows.push({ text: 'Total', amount: shown(invoice.total), strong: true });
  if (invoice.status !== 'draft') rows.push({ text: 'Paid', amount: shown(invoice.amount_paid) });
  rows.push({ text: 'Amount due', amount: shown(invoice.amount_remaining), strong: true });
  return rows;
}

/** The hosted page of an invoice: what it is for, its PDF, and a form while it is open. */
export function invoicePage(books: Books, invoice: Invoice, error = ''): string {
  const rows = rowsOf(invoice).map(
    ({ text, amount, strong }) =>
      `<tr${strong === true ? ' class="total"' : ''}><td>${escaped(text)}</td><td>${escaped(amount)}</td></tr>`,
  );
  const intent = books.get('payment_intent', books.linked(`invoice:${invoice.id}`) ?? '');
  const action = intent?.next_action?.redirect_to_url?.url;
  const form =
    invoice.status !== 'open'
      ? ''
      : `${action == null ? '' : `<p><a class="button" href="${escaped(action)}">Confirm with your bank</a></p>`}
<form method="post"><label for="card">Card number (a test card)</label><input id="card" name="card" value="4242 4242 4242 4242" inputmode="numeric" required>
<button class="wide" type="submit">Pay ${escaped(shownAmount(invoice.amount_remaining, invoice.currency))}</button></form>`;
  return htmlPage(
    `Invoice ${invoice.number ?? ''}`,
    `<h1>Invoice ${escaped(invoice.number ?? '(draft)')}</h1><p>${escaped(invoice.customer_name ?? invoice.customer_email ?? '')} · ${day(invoice.effective_at)} · <strong>${escaped(invoice.status)}</strong></p>
<table>${rows.join('')}</table>${error === '' ? '' : `<p class="error" role="alert">${escaped(error)}</p>`}${form}
<p style="margin-top:1rem"><a href="/invoices/${escaped(invoice.id)}/pdf">Download PDF</a></p>`,
    true,
  );
}

/** A subscription goes on with the card; a customer without one to be charged has one now. */
function keepCard(books: Books, invoice: Invoice, method: string): void {
  const subscription = subscriptionOf(invoice);
  if (subscription !== null) books.change('subscription', subscription, { default_payment_method: method });
  const before = books.known('customer', ref(invoice.customer) ?? '');
  if (before.invoice_settings.default_payment_method !== null) return;
  const settings = { ...before.invoice_settings, default_payment_method: method };
  books.emit('customer.updated', books.change('customer', before.id, { invoice_settings: settings }), before);
}

/** Pays an open invoice with a card that was typed in, and keeps the card. */
export function payInvoice(books: Books, id: string, card: string): { to: string } | { error: string } {
  const invoice = books.find('invoice', id);
  const behaviour = behaviourOfNumber(card);
  if (behaviour === undefined) return { error: 'Your card number is invalid.' };
  const method = newMethod(books, behaviour, { email: invoice.customer_email });
  const customer = ref(invoice.customer) ?? '';
  try {
    attach(books, method, customer);
    pay(books, id, { method: method.id, offSession: false });
    keepCard(books, invoice, method.id);
  } catch (error) {
    if (!(error instanceof StripeError) || error.details.type !== 'card_error') throw error;
    return { error: error.message };
  }
  const intent = books.get('payment_intent', books.linked(`invoice:${id}`) ?? '');
  const redirect = intent?.next_action?.redirect_to_url;
  if (intent === undefined || redirect === undefined || redirect.url === null) return { to: `/invoices/${id}` };
  const back = {
    type: 'redirect_to_url',
    redirect_to_url: { ...redirect, return_url: `${books.rules.origin}/invoices/${id}` },
  };
  books.change('payment_intent', intent.id, { next_action: back });
  return { to: redirect.url };
}

export function invoicePdf(invoice: Invoice): Buffer {
  const texts: PdfText[] = [
    { x: 50, y: 60, size: 20, text: `Invoice ${invoice.number ?? '(draft)'}`, bold: true },
    { x: 50, y: 84, size: 10, text: 'Made by the Stripe double: no money moves.' },
    { x: 50, y: 116, size: 10, text: `Date ${day(invoice.effective_at ?? invoice.created)}` },
    { x: 50, y: 132, size: 10, text: `To ${invoice.customer_name ?? invoice.customer_email ?? ''}` },
    ...(invoice.customer_tax_ids ?? []).map((taxId, i) => ({
      x: 300,
      y: 116 + i * 14,
      size: 10,
      text: `VAT ${taxId.value ?? ''}`,
    })),
    { x: 50, y: 148, size: 10, text: `State ${invoice.status ?? ''}` },
  ];
  let y = 190;
  for (const { text, amount, strong } of rowsOf(invoice)) {
    texts.push({ x: 50, y, size: 10, text: text.slice(0, 80), bold: strong === true });
    texts.push({ x: 440, y, size: 10, text: amount, bold: strong === true });
    y += 18;
  }
  return pdf(texts);
}
