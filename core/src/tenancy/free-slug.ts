import type { CoreModels } from '../data/index.ts';

/** More attempts than there will ever be tenants of one name. */
const MOST = 1000;

/** The wanted slug, or with the first number behind it under which no tenant is known yet. */
export async function freeSlug(models: Pick<CoreModels, 'Tenant'>, wanted: string): Promise<string> {
  for (let number = 1; number <= MOST; number += 1) {
    const suffix = number === 1 ? '' : `-${number}`;
    const slug = `${wanted.slice(0, 63 - suffix.length).replace(/-$/, '')}${suffix}`;
    if (!(await models.Tenant.findOne({ where: { slug }, attributes: ['id'] }))) return slug;
  }
  return crypto.randomUUID();
}
