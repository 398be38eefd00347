import { randomUUID } from 'node:crypto';
import type { CoreModels, Publisher } from '../../data/index.ts';
import type { Provider } from '../types.ts';

/**
 * The publisher manifests name so, made when there is none yet. Of two who make it at the same moment, both get the
 * one that was kept: a duplicate would end the caller's transaction.
 */
export async function publisherNamed(
  { Publisher }: Pick<CoreModels, 'Publisher'>,
  provider: Provider,
  name: string,
): Promise<{ publisher: Publisher; isNew: boolean }> {
  const where = { provider, name };
  const known = await Publisher.findOne({ where });
  if (known) return { publisher: known, isNew: false };
  const id = randomUUID();
  await Publisher.bulkCreate([{ id, ...where }], { ignoreDuplicates: true, returning: false });
  const publisher = await Publisher.findOne({ where, rejectOnEmpty: true });
  return { publisher, isNew: publisher.id === id };
}
