import { ApiError, messageOf } from '../../errors/index.ts';
import type { BillingDependencies } from '../dependencies.ts';
import { book } from '../ledger/book.ts';
import { transferred } from '../ledger/booking.ts';
import { createShareReversals } from './share-reversals.ts';

/** What may be transferred to a publisher in one currency, in minor units. */
interface Due {
  publisherId: string;
  account: string;
  currency: string;
  amount: number;
}

export interface ShareTransfers {
  /**
   * Takes back what is owed, writes down what has rested long enough, and sends what was written down. Each share once,
   * whatever dies.
   */
  run(): Promise<TransferRun>;
}

export interface TransferRun {
  sent: number;
  /** Could not be sent; tried again. */
  waiting: number;
  /** Transfers of which something was taken back. */
  reversed: number;
}

const LOCK = 'publisher-transfers';
const BATCH = 200;

/**
 * Two steps: the transfer is written down and booked in one transaction, then it is sent under its id until the
 * provider has taken it. What refunds and lost disputes of transferred shares leave owing is taken back as far as the
 * publisher's account has it; the rest comes off the next shares.
 */
export function createShareTransfers(deps: BillingDependencies): ShareTransfers {
  const { db, gateway, log } = deps;
  const { provider } = gateway;
  const reversals = createShareReversals(deps);

  async function due(): Promise<Due[]> {
    const { rows } = await db.platform.query<Due>(
      `select b.publisher_id as "publisherId", p.account, b.currency, -sum(e.amount)::bigint as amount
         from core.ledger_bookings b
         join core.ledger_entries e on e.booking_id = b.id and e.account = 'publisher-share'
         join core.publishers p on p.id = b.publisher_id
        where b.provider = $1 and b.available_at <= $2 and p.account is not null and p.payouts_enabled
        group by b.publisher_id, p.account, b.currency
       having -sum(e.amount) > 0
        order by b.publisher_id, b.currency limit ${BATCH}`,
      [provider, deps.now()],
    );
    return rows;
  }

  async function writeDown({ publisherId, account, currency, amount }: Due): Promise<void> {
    const now = deps.now();
    await db.asPlatform(async (models) => {
      const { id } = await models.PublisherTransfer.create({ provider, publisherId, account, currency, amount });
      const about = { provider, tenantId: null, plugin: null, publisherId, charge: null, currency };
      await book(models, transferred(id, amount), { ...about, occurredAt: now, availableAt: now });
    });
  }

  async function send(): Promise<Omit<TransferRun, 'reversed'>> {
    const waiting = await db.asPlatform(({ PublisherTransfer }) =>
      PublisherTransfer.findAll({ where: { provider, sentAt: null }, order: [['createdAt', 'ASC']], limit: BATCH }),
    );
    let sent = 0;
    for (const { id, account, currency, amount, attempt } of waiting) {
      try {
        const transfer = await gateway.transfer({ account, currency, amount }, `transfer:${id}:${attempt}`);
        await settle(id, { transfer, sentAt: deps.now(), lastError: null });
        sent += 1;
      } catch (error) {
        const lastError = messageOf(error).slice(0, 500);
        // A definite no is remembered under its key; without an answer the same key finds out what became of it.
        const isRefusal = error instanceof ApiError && error.reason === 'provider-refused';
        await settle(id, { lastError, ...(isRefusal ? { attempt: attempt + 1 } : {}) });
        log.warn({ err: error, transfer: id }, 'a share could not be transferred; it is tried again');
      }
    }
    return { sent, waiting: waiting.length - sent };
  }

  const settle = (
    id: string,
    values: { transfer?: string; sentAt?: Date; lastError: string | null; attempt?: number },
  ) => db.asPlatform(({ PublisherTransfer }) => PublisherTransfer.update(values, { where: { id, sentAt: null } }));

  return {
    async run() {
      const lock = await db.locks.tryAcquire(LOCK);
      if (!lock) return { sent: 0, waiting: 0, reversed: 0 };
      try {
        const reversed = await reversals.run();
        for (const one of await due()) await writeDown(one);
        return { ...(await send()), reversed };
      } finally {
        await lock.release();
      }
    },
  };
}
