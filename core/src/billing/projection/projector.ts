import { isDeepStrictEqual } from 'node:util';
import type { CoreModels } from '../../data/index.ts';
import { BILLING_PERMISSION, type BillingDependencies } from '../dependencies.ts';
import type { EventSubjects } from '../gateway/index.ts';
import { type Facts, readAllFacts, readFacts, subjectsOf } from './facts.ts';
import { project } from './project.ts';
import type { Difference, Projection } from './types.ts';

/** A tenant as the provider knows it. */
export interface Payer {
  tenantId: string;
  customer: string;
}

export interface Projector {
  /** Reads these objects anew and brings what is stored to what they are. Waits for whoever is at this tenant. */
  refresh(payer: Payer, subjects: readonly EventSubjects[], wait?: AbortSignal): Promise<Difference[]>;
  /** The same; `null` while somebody else is at this tenant. */
  tryRefresh(payer: Payer, subjects: readonly EventSubjects[]): Promise<Difference[] | null>;
  /** Compares everything, and changes nothing. */
  compare(payer: Payer): Promise<Difference[]>;
  /** Compares everything, and puts right what differs. */
  mend(payer: Payer): Promise<Difference[]>;
}

/** Ends a transaction that was only to show what it would change. */
class Undone extends Error {
  readonly differences: Difference[];

  constructor(differences: Difference[]) {
    super('only looked at');
    this.name = 'Undone';
    this.differences = differences;
  }
}

/** Somebody has projected this tenant since the objects were read; they are read again. */
class Overtaken extends Error {
  constructor() {
    super('the objects were read before those of another projection');
    this.name = 'Overtaken';
  }
}

const ATTEMPTS = 3;

interface Round {
  facts: Facts;
  /** Everything is compared, not only what events have named. */
  whole: boolean;
}

interface Reading extends Omit<Round, 'facts'> {
  read(): Promise<Facts>;
  /** Otherwise nothing is changed. */
  mend: boolean;
}

export function createProjector(deps: BillingDependencies): Projector {
  const { db, gateway, writer, realtime, mailer } = deps;
  const { provider } = gateway;
  const lockName = ({ tenantId }: Payer) => `billing:${provider}:${tenantId}`;

  async function generationOf({ tenantId }: Payer): Promise<number> {
    const { rows } = await db.platform.query<{ generation: number }>(
      'select generation from core.billing_customers where tenant_id = $1 and provider = $2',
      [tenantId, provider],
    );
    return rows[0]?.generation ?? 0;
  }

  /**
   * The lock keeps others from reading and writing at the same time; the generation those who have lost their lock.
   * Resolves with whether the card or the credit has become another.
   */
  async function step(models: CoreModels, payer: Payer, generation: number, { facts, whole }: Round) {
    const where = { tenantId: payer.tenantId, provider, generation };
    const before = facts.customer === undefined ? null : await models.BillingCustomer.findOne({ where });
    const { card: paymentMethod = null, credit = null } = facts.customer ?? {};
    const [moved] = await models.BillingCustomer.update(
      {
        generation: generation + 1,
        ...(facts.customer === undefined ? {} : { paymentMethod, credit }),
        ...(whole ? { reconciledAt: deps.now() } : {}),
      },
      { where },
    );
    if (moved === 0) throw new Overtaken();
    const known = before && [before.paymentMethod, before.credit];
    return known !== null && !isDeepStrictEqual(known, [paymentMethod, credit]);
  }

  async function tell({ tenantId }: Payer, { licensed, differences }: Projection, isNewPayer: boolean): Promise<void> {
    for (const plugin of licensed) await writer.announce(tenantId, plugin);
    if (differences.length === 0 && !isNewPayer) return;
    mailer.wake();
    realtime.publish({ tenantId, permission: BILLING_PERMISSION, event: 'billing.changed', payload: {} });
  }

  async function once(payer: Payer, { read, whole, mend }: Reading): Promise<Difference[]> {
    const generation = await generationOf(payer);
    const facts = await read();
    try {
      const { projection, isNewPayer } = await db.asPlatform(async (models) => {
        const moved = mend && (await step(models, payer, generation, { facts, whole }));
        const { tenantId } = payer;
        const begun: Projection = {
          deps,
          models,
          tenantId,
          facts,
          isNews: !whole,
          touched: new Set(),
          licensed: new Set(),
          differences: [],
        };
        if (whole) await touchAll(begun);
        await project(begun);
        if (!mend) throw new Undone(begun.differences);
        return { projection: begun, isNewPayer: moved };
      });
      await tell(payer, projection, isNewPayer);
      return projection.differences;
    } catch (error) {
      if (error instanceof Undone) return error.differences;
      throw error;
    }
  }

  /** Also what the provider knows nothing of may rest on a payment. */
  async function touchAll({ models, tenantId, touched }: Projection): Promise<void> {
    const where = { tenantId, provider };
    for (const { pluginId } of await models.Purchase.findAll({ where })) touched.add(pluginId);
    for (const { pluginId } of await models.Subscription.findAll({ where })) touched.add(pluginId);
  }

  async function run(payer: Payer, reading: Reading) {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await once(payer, reading);
      } catch (error) {
        if (!(error instanceof Overtaken) || attempt === ATTEMPTS) throw error;
      }
    }
  }

  async function locked<T>(payer: Payer, work: () => Promise<T>, wait?: AbortSignal): Promise<T> {
    const lock = await db.locks.acquire(lockName(payer), wait);
    try {
      return await work();
    } finally {
      await lock.release();
    }
  }

  const readingOf = (payer: Payer, subjects: readonly EventSubjects[]): Reading => ({
    read: () => readFacts(gateway, subjectsOf(subjects), payer.customer),
    whole: false,
    mend: true,
  });

  const wholeReadingOf = (payer: Payer): Reading => ({
    read: () => readAllFacts(gateway, payer.customer),
    whole: true,
    mend: true,
  });

  return {
    refresh: (payer, subjects, wait) => locked(payer, () => run(payer, readingOf(payer, subjects)), wait),
    async tryRefresh(payer, subjects) {
      const lock = await db.locks.tryAcquire(lockName(payer));
      if (!lock) return null;
      try {
        return await run(payer, readingOf(payer, subjects));
      } finally {
        await lock.release();
      }
    },
    compare: (payer) => locked(payer, () => run(payer, { ...wholeReadingOf(payer), mend: false })),
    mend: (payer) => locked(payer, () => run(payer, wholeReadingOf(payer))),
  };
}
