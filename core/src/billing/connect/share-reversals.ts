import { recordAudit, SYSTEM_TRACE } from '../../audit/index.ts';
import type { PublisherReversal } from '../../data/index.ts';
import { ApiError, messageOf } from '../../errors/index.ts';
import { PLATFORM_TENANT } from '../../routes/index.ts';
import type { BillingDependencies } from '../dependencies.ts';
import { book } from '../ledger/book.ts';
import { transferReversed } from '../ledger/booking.ts';

/** What a publisher has to give back in one currency, in minor units. */
interface Owed {
  publisherId: string;
  account: string;
  currency: string;
  amount: number;
}

interface Sent {
  id: string;
  left: number;
}

const BATCH = 200;

/**
 * Takes back what was transferred of payments that were given back since. A reversal is written down, made by the
 * provider under its id, and booked only then: of an account that has been paid out nothing comes back, and what is
 * missing comes off the publisher's next shares.
 */
export function createShareReversals(deps: BillingDependencies): { run(): Promise<number> } {
  const { db, gateway, log } = deps;
  const { provider } = gateway;

  const waiting = () =>
    db.asPlatform(({ PublisherReversal }) =>
      PublisherReversal.findAll({
        where: { provider, doneAt: null, refusedAt: null },
        order: [['createdAt', 'ASC']],
        limit: BATCH,
      }),
    );

  /** Without what is on its way already, and what was refused within a day. */
  async function owed(): Promise<Owed[]> {
    const { rows } = await db.platform.query<Owed>(
      `select b.publisher_id as "publisherId", p.account, b.currency, sum(e.amount)::bigint as amount
         from core.ledger_bookings b
         join core.ledger_entries e on e.booking_id = b.id and e.account = 'publisher-share'
         join core.publishers p on p.id = b.publisher_id
        where b.provider = $1 and b.available_at <= $2 and p.account is not null
          and not exists (select from core.publisher_reversals r
            where r.publisher_id = b.publisher_id and r.currency = b.currency and r.done_at is null
              and coalesce(r.refused_at, $2) > $2 - interval '1 day')
        group by b.publisher_id, p.account, b.currency
       having sum(e.amount) > 0
        order by b.publisher_id, b.currency limit ${BATCH}`,
      [provider, deps.now()],
    );
    return rows;
  }

  /** Transfers of which something is left, newest first. */
  async function sent({ publisherId, account, currency }: Owed): Promise<Sent[]> {
    const { rows } = await db.platform.query<Sent>(
      `select id, "left" from (
         select t.id, t.sent_at, (t.amount - coalesce((select sum(r.amount) from core.publisher_reversals r
                  where r.transfer_id = t.id and r.refused_at is null), 0))::bigint as "left"
           from core.publisher_transfers t
          where t.provider = $1 and t.publisher_id = $2 and t.account = $3 and t.currency = $4 and t.transfer is not null
       ) transfers
        where "left" > 0 order by sent_at desc, id limit ${BATCH}`,
      [provider, publisherId, account, currency],
    );
    return rows;
  }

  /** No more than the account has: the provider takes nothing that is not there. */
  async function writeDown(one: Owed): Promise<void> {
    const { publisherId, account, currency } = one;
    const transfers = await sent(one);
    if (transfers.length === 0) return;
    let rest = Math.min(one.amount, await gateway.accountBalance(account, currency));
    await db.asPlatform(async ({ PublisherReversal }) => {
      for (const { id: transferId, left } of transfers) {
        if (rest <= 0) return;
        const amount = Math.min(rest, left);
        await PublisherReversal.create({ provider, publisherId, transferId, currency, amount });
        rest -= amount;
      }
    });
  }

  async function make({ id, publisherId, transferId, currency, amount }: PublisherReversal): Promise<void> {
    const sentAs = await db.asPlatform(({ PublisherTransfer }) => PublisherTransfer.findByPk(transferId));
    if (!sentAs?.transfer) throw new Error(`transfer ${transferId} was never sent`);
    const order = { transfer: sentAs.transfer, amount, reference: id };
    const reversal = await gateway.reverseTransfer(order, `reversal:${id}`);
    const now = deps.now();
    await db.asPlatform(async (models) => {
      const values = { reversal, doneAt: now, lastError: null };
      const [changed] = await models.PublisherReversal.update(values, { where: { id, doneAt: null } });
      if (changed === 0) return;
      const about = { provider, tenantId: null, plugin: null, publisherId, charge: null, currency };
      await book(models, transferReversed(id, amount), { ...about, occurredAt: now, availableAt: now });
      await recordAudit(models, SYSTEM_TRACE, {
        tenantId: PLATFORM_TENANT.id,
        action: 'publisher.transfer-reversed',
        entityId: publisherId,
        detail: { reversal, amount, currency },
      });
    });
  }

  /** A definite no ends it: what is owed then is asked again a day later. Without an answer it is tried again. */
  async function failed({ id }: PublisherReversal, error: unknown): Promise<void> {
    const lastError = messageOf(error).slice(0, 500);
    const isRefusal = error instanceof ApiError && error.reason === 'provider-refused';
    await db.asPlatform(({ PublisherReversal }) =>
      PublisherReversal.update(
        { lastError, ...(isRefusal ? { refusedAt: deps.now() } : {}) },
        { where: { id, doneAt: null } },
      ),
    );
    log.warn({ err: error, reversal: id }, 'a transfer could not be taken back; what is missing comes off the next');
  }

  async function makeOpen(): Promise<number> {
    let made = 0;
    for (const reversal of await waiting()) {
      try {
        await make(reversal);
        made += 1;
      } catch (error) {
        await failed(reversal, error);
      }
    }
    return made;
  }

  return {
    /** Only one at a time. Resolves with how many were made. */
    async run() {
      // First what was begun: it is not owed a second time.
      const begun = await makeOpen();
      for (const one of await owed()) {
        try {
          await writeDown(one);
        } catch (error) {
          log.warn({ err: error, publisher: one.publisherId }, 'what a publisher owes could not be asked back yet');
        }
      }
      return begun + (await makeOpen());
    },
  };
}
