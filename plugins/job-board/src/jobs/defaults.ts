import type { Ctx } from '../context.ts';
import type { JobFields } from './fields.ts';

/** Fills in the tenant's currency and country where a job needs one and nobody has said which. */
export async function withDefaults(ctx: Ctx, fields: JobFields): Promise<JobFields> {
  const paid = fields.salaryMin !== null || fields.salaryMax !== null || fields.signOnBonus !== null;
  const somewhere = fields.city !== null || (fields.workMode === 'remote' && fields.remoteCountries.length === 0);
  const needsCurrency = paid && fields.salaryCurrency === null;
  const needsCountry = somewhere && fields.country === null;
  if (!needsCurrency && !needsCountry) return fields;
  const settings = await ctx.settings.get();
  return {
    ...fields,
    ...(needsCurrency && { salaryCurrency: settings.defaultCurrency }),
    ...(needsCountry && { country: settings.defaultCountry }),
  };
}
