import { type CoreModels, isDuplicate } from '../data/index.ts';
import { ApiError } from '../errors/index.ts';

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

/** More than ever take the same slug at the same time. */
const MOST_ATTEMPTS = 20;

function isTaken(error: unknown): boolean {
  return error instanceof ApiError && error.reason === 'slug-taken';
}

/**
 * Runs the transaction that looks for a free slug and takes it; once more where somebody else was faster. There is no
 * other for one that was `chosen`.
 */
export async function takingSlug<Made>(make: () => Promise<Made>, chosen?: string): Promise<Made> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await make();
    } catch (error) {
      const isLost = isDuplicate(error) || (chosen === undefined && isTaken(error));
      if (attempt === MOST_ATTEMPTS || !isLost) throw error;
    }
  }
}
