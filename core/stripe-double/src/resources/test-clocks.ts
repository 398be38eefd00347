import type Stripe from 'stripe';
import { shortestInterval } from '../billing/periods.ts';
import { paramsOf, pathId, type RouteDefinition } from '../http/call.ts';
import { invalid } from '../http/errors.ts';
import { page } from '../http/list.ts';
import { PAGED, route } from '../http/route.ts';
import { ref } from '../state/books.ts';
import { newId } from '../state/ids.ts';

const YEAR = 366 * 86_400;

/** Test clocks; `move` sets one on its way after the request has been committed, `forget` drops its plans. */
export function testClocks(move: (clock: string) => void, forget: (clock: string) => void): readonly RouteDefinition[] {
  return [
    route('POST /v1/test_helpers/test_clocks', 'frozen_time name', (call) => {
      const params = paramsOf<Stripe.TestHelpers.TestClockCreateParams>(call);
      if (params.frozen_time < 946_684_800) throw invalid('Invalid timestamp: must be after 2000.', 'frozen_time');
      const { books } = call;
      const clock = books.insert('test_helpers.test_clock', {
        id: newId('clock'),
        object: 'test_helpers.test_clock',
        created: books.now(),
        deletes_after: books.now() + 30 * 86_400,
        frozen_time: params.frozen_time,
        livemode: false,
        name: params.name ?? null,
        status: 'ready',
        status_details: {},
      });
      books.emit('test_helpers.test_clock.created', clock);
      return clock;
    }),
    route('POST /v1/test_helpers/test_clocks/{}/advance', 'frozen_time', (call) => {
      const { frozen_time: to } = paramsOf<Stripe.TestHelpers.TestClockAdvanceParams>(call);
      const { books } = call;
      const clock = books.find('test_helpers.test_clock', pathId(call));
      if (clock.status !== 'ready') {
        throw invalid('The test clock is advancing already; wait until it is ready.', 'id', 'clock_advancing');
      }
      if (to <= clock.frozen_time) throw invalid('A test clock only goes forward.', 'frozen_time');
      const shortest = shortestInterval(books, clock.id);
      const most = shortest === null ? 2 * YEAR : shortest * 2 + 3 * 86_400;
      if (to - clock.frozen_time > most) {
        throw invalid(
          'A test clock can be advanced by up to two of the shortest intervals of its subscriptions at once.',
          'frozen_time',
        );
      }
      books.insert('journey', { id: clock.id, to });
      const advancing = books.change('test_helpers.test_clock', clock.id, {
        status: 'advancing',
        status_details: { advancing: { target_frozen_time: to } },
      });
      books.emit('test_helpers.test_clock.advancing', advancing);
      move(clock.id);
      return advancing;
    }),
    route('GET /v1/test_helpers/test_clocks/{}', '', (call) =>
      call.books.find('test_helpers.test_clock', pathId(call)),
    ),
    route('GET /v1/test_helpers/test_clocks', PAGED, (call) => page(call, call.books.all('test_helpers.test_clock'))),
    route('DELETE /v1/test_helpers/test_clocks/{}', '', (call) => {
      const { books } = call;
      const clock = books.find('test_helpers.test_clock', pathId(call));
      if (clock.status === 'advancing') throw invalid('The test clock is advancing; wait until it is ready.', 'id');
      const customers = new Set<string>();
      for (const customer of books.all('customer')) {
        if (ref(customer.test_clock) !== clock.id) continue;
        customers.add(customer.id);
        books.remove('customer', customer.id);
      }
      for (const s of books.all('subscription'))
        if (customers.has(ref(s.customer) ?? '')) books.remove('subscription', s.id);
      for (const i of books.all('invoice')) if (customers.has(ref(i.customer) ?? '')) books.remove('invoice', i.id);
      forget(clock.id);
      books.remove('test_helpers.test_clock', clock.id);
      books.emit('test_helpers.test_clock.deleted', clock);
      return { id: clock.id, object: 'test_helpers.test_clock', deleted: true };
    }),
  ];
}
