import { invalid, StripeError } from '../http/errors.ts';
import { confirm } from '../payments/intents.ts';
import { confirmSetup } from '../payments/setup-intents.ts';
import type { Books } from '../state/books.ts';
import { escaped, htmlPage } from './html.ts';

function intentOf(books: Books, id: string, secret: string) {
  const intent = id.startsWith('seti_') ? books.find('setup_intent', id) : books.find('payment_intent', id);
  if (intent.client_secret !== secret) throw invalid('The client_secret does not match.', 'client_secret');
  return intent;
}

/** The bank's page on which a card's holder proves who they are. */
export function authenticatePage(books: Books, id: string, secret: string): string {
  const intent = intentOf(books, id, secret);
  if (intent.status !== 'requires_action')
    return htmlPage('Your bank', `<h1>Nothing to confirm</h1><p>This payment is ${escaped(intent.status)}.</p>`);
  return htmlPage(
    'Your bank',
    `<h1>Your bank asks</h1><p>Was this payment made by you?</p>
<form method="post" class="row"><button name="answer" value="complete">Complete</button><button class="plain" name="answer" value="fail">Fail</button></form>`,
  );
}

/** Takes the holder's answer; returns where the browser goes next, or a page. */
export function authenticate(
  books: Books,
  id: string,
  secret: string,
  complete: boolean,
): { to: string } | { page: string } {
  const intent = intentOf(books, id, secret);
  if (intent.status !== 'requires_action') throw invalid(`This payment is ${String(intent.status)}.`, 'id');
  const back = intent.next_action?.redirect_to_url?.return_url ?? null;
  const session = books.linked(`session:${id}`);
  let failure = '';
  try {
    if (id.startsWith('seti_')) {
      if (complete) confirmSetup(books, id, { proven: true });
      else
        books.change('setup_intent', id, {
          status: 'requires_payment_method',
          next_action: null,
          payment_method: null,
        });
    } else if (complete) confirm(books, id, { proven: true });
    else refuse(books, id);
  } catch (error) {
    if (!(error instanceof StripeError) || !error.keepsEffects) throw error;
    failure = error.message;
  }
  if (!complete) failure = 'Your bank could not confirm that it was you.';
  if (failure !== '') {
    if (session !== undefined) return { to: `/checkout/${session}?error=${encodeURIComponent(failure)}` };
    return {
      page: htmlPage(
        'Your bank',
        `<h1>Not confirmed</h1><p class="error">${escaped(failure)}</p>${back === null ? '' : `<a class="button" href="${escaped(back)}">Return</a>`}`,
      ),
    };
  }
  if (back !== null) return { to: back };
  return { page: htmlPage('Your bank', '<h1 class="good">Confirmed</h1><p>You can close this page.</p>') };
}

function refuse(books: Books, id: string): void {
  const failed = books.change('payment_intent', id, {
    status: 'requires_payment_method',
    payment_method: null,
    next_action: null,
    last_payment_error: {
      type: 'invalid_request_error',
      code: 'payment_intent_authentication_failure',
      message: 'The provided PaymentMethod has failed authentication.',
    },
  });
  books.emit('payment_intent.payment_failed', failed);
  books.react('intent.failed', id);
}
