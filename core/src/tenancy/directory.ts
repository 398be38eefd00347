import type { TenantIdentity } from '@bazaar/sdk';
import { type Changes, createLoadingCache } from '../caching/index.ts';
import type { Database } from '../data/index.ts';

/** What a tenant says of itself. What it does not say is absent. */
export type TenantProfile = Readonly<Record<string, string | number>>;

/** How a tenant shows itself to visitors. */
export interface TenantFace {
  profile: TenantProfile;
  /** The name under which its logo is served. */
  logo: string | null;
  /** The platform knows it to be who it says it is. */
  isVerified: boolean;
}

/** Finds tenants by their slug: every public page does. Answers from memory. */
export interface TenantDirectory {
  bySlug(slug: string): Promise<TenantIdentity | null>;
  /** Empty where there is no such tenant. */
  faceOf(slug: string): Promise<TenantFace>;
  close(): void;
}

interface Found {
  tenant: TenantIdentity | null;
  face: TenantFace;
}

const NOBODY: Found = { tenant: null, face: { profile: {}, logo: null, isVerified: false } };
const SLUG = /^[a-z0-9-]{2,63}$/;

export function createTenantDirectory(db: Pick<Database, 'platform'>, changes: Changes): TenantDirectory {
  const cache = createLoadingCache<string, Found>({
    max: 2000,
    maxAgeMs: 30_000,
    load: async (slug) => {
      const { rows } = await db.platform.query<TenantIdentity & TenantFace>(
        `select id, slug, name, profile, logo, verified_at is not null as "isVerified"
           from core.tenants where slug = $1 and suspended_at is null`,
        [slug],
      );
      const [row] = rows;
      if (!row) return NOBODY;
      const { profile, logo, isVerified, ...tenant } = row;
      return { tenant, face: { profile, logo, isVerified } };
    },
  });
  const close = changes.listen('tenant', ({ slug }) => cache.invalidate(slug), cache.invalidateAll);
  const find = async (slug: string) => (SLUG.test(slug) ? (cache.peek(slug) ?? cache.get(slug)) : NOBODY);
  return {
    bySlug: async (slug) => (await find(slug)).tenant,
    faceOf: async (slug) => (await find(slug)).face,
    close,
  };
}
