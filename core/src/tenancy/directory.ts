import type { TenantIdentity } from '@bazaar/sdk';
import { type Changes, createLoadingCache } from '../caching/index.ts';
import type { Database } from '../data/index.ts';

/** What a tenant says of itself. What it does not say is absent. */
export type TenantProfile = Readonly<Record<string, string | number>>;

/** Finds tenants by their slug: every public page does. Answers from memory. */
export interface TenantDirectory {
  bySlug(slug: string): Promise<TenantIdentity | null>;
  /** Empty where there is no such tenant. */
  profileOf(slug: string): Promise<TenantProfile>;
  close(): void;
}

interface Found {
  tenant: TenantIdentity | null;
  profile: TenantProfile;
}

const NOBODY: Found = { tenant: null, profile: {} };
const SLUG = /^[a-z0-9-]{2,63}$/;

export function createTenantDirectory(db: Pick<Database, 'platform'>, changes: Changes): TenantDirectory {
  const cache = createLoadingCache<string, Found>({
    max: 2000,
    maxAgeMs: 30_000,
    load: async (slug) => {
      const { rows } = await db.platform.query<TenantIdentity & { profile: TenantProfile }>(
        'select id, slug, name, profile from core.tenants where slug = $1 and suspended_at is null',
        [slug],
      );
      const [row] = rows;
      if (!row) return NOBODY;
      const { profile, ...tenant } = row;
      return { tenant, profile };
    },
  });
  const close = changes.listen('tenant', ({ slug }) => cache.invalidate(slug), cache.invalidateAll);
  const find = async (slug: string) => (SLUG.test(slug) ? (cache.peek(slug) ?? cache.get(slug)) : NOBODY);
  return {
    bySlug: async (slug) => (await find(slug)).tenant,
    profileOf: async (slug) => (await find(slug)).profile,
    close,
  };
}
