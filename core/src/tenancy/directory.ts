import type { TenantIdentity } from '@bazaar/sdk';
import { type Changes, createLoadingCache } from '../caching/index.ts';
import type { Database } from '../data/index.ts';

/** Finds tenants by their slug: every public page does. Answers from memory. */
export interface TenantDirectory {
  bySlug(slug: string): Promise<TenantIdentity | null>;
  close(): void;
}

const SLUG = /^[a-z0-9-]{2,63}$/;

export function createTenantDirectory(db: Pick<Database, 'platform'>, changes: Changes): TenantDirectory {
  const cache = createLoadingCache<string, { tenant: TenantIdentity | null }>({
    max: 2000,
    maxAgeMs: 30_000,
    load: async (slug) => {
      const { rows } = await db.platform.query<TenantIdentity>(
        'select id, slug, name from core.tenants where slug = $1 and suspended_at is null',
        [slug],
      );
      return { tenant: rows[0] ?? null };
    },
  });
  const close = changes.listen('tenant', ({ slug }) => cache.invalidate(slug), cache.invalidateAll);
  return {
    async bySlug(slug) {
      if (!SLUG.test(slug)) return null;
      const { tenant } = cache.peek(slug) ?? (await cache.get(slug));
      return tenant;
    },
    close,
  };
}
