import type { CoreModels } from '../../data/index.ts';
import type { Provider } from '../types.ts';
import type { Draft } from './booking.ts';

/** What a booking is about. */
export interface About {
  provider: Provider;
  tenantId: string | null;
  plugin: string | null;
  publisherId: string | null;
  charge: string | null;
  currency: string;
  occurredAt: Date;
  availableAt: Date;
}

type LedgerModels = Pick<CoreModels, 'LedgerBooking' | 'LedgerEntry'>;

/** Writes a booking with its entries, in the caller's transaction. The database refuses what is not balanced. */
export async function book(models: LedgerModels, { kind, key, entries }: Draft, about: About): Promise<void> {
  const { plugin: pluginId, ...rest } = about;
  const { id } = await models.LedgerBooking.create({ ...rest, pluginId, kind, key });
  await models.LedgerEntry.bulkCreate(entries.map((entry, line) => ({ bookingId: id, line, ...entry })));
}
