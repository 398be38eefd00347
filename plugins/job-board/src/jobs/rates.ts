import { invalidField } from '@bazaar/sdk';
import type { Ctx, Input, Output } from '../context.ts';
import { jobRow } from './read.ts';

type Rates = Output<'jobs.rates'>;

/** What the client pays: the only handlers that touch bill rates. */
export async function jobRates(ctx: Ctx, { id }: Input<'jobs.rates'>): Promise<Rates> {
  await jobRow(ctx, id);
  const rows = await ctx.db.jobRates.find({ where: { jobId: id }, order: ['code'] });
  return { items: rows.map(({ code, rate, currency, unit }) => ({ code, rate, currency, unit })) as Rates['items'] };
}

export async function setJobRates(ctx: Ctx, { id, items }: Input<'jobs.set-rates'>): Promise<Rates> {
  await jobRow(ctx, id);
  const tidy = items.map((item) => ({ ...item, code: item.code.trim() }));
  const twice = tidy.findIndex(({ code }, index) => tidy.findIndex((other) => other.code === code) < index);
  if (twice >= 0) throw invalidField(`/items/${twice}/code`, 'This code is there twice.');
  await ctx.db.jobRates.delete({ jobId: id });
  if (tidy.length > 0) await ctx.db.jobRates.insertMany(tidy.map((item) => ({ ...item, jobId: id })));
  return { items: tidy };
}
