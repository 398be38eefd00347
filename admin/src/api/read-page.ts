import type { ListingPage } from '@bazaar/sdk/ui';
import type { ApiClient } from './client.ts';
import type { Page } from './types.ts';

/** One page of a list of the API. */
export function readPage<Item>(
  api: Pick<ApiClient, 'json'>,
  path: string,
  { limit, cursor }: ListingPage,
  filter: Record<string, string> = {},
): Promise<Page<Item>> {
  const query = new URLSearchParams({
    ...filter,
    limit: String(limit),
    ...(cursor === undefined ? {} : { cursor }),
  });
  return api.json<Page<Item>>('GET', `${path}?${query}`);
}
