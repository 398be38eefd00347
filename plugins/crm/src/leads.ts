import { type Context, conflict, invalidField, notFound } from '@bazaar/sdk';
import type { Contract } from './contract.generated.ts';
import { assertOwner, withOwners } from './owners.ts';
import { refusal, type Stage } from './stages.ts';

type Ctx = Context<Contract>;
type Input<Name extends keyof Contract['actions']> = Contract['actions'][Name]['input'];

export async function listLeads(ctx: Ctx, input: Input<'leads.list'>) {
  const { items, ...rest } = await ctx.db.leads.page({
    where: {
      ...(input.stage === undefined ? {} : { stage: input.stage }),
      ...(input.ownerId === undefined ? {} : { ownerId: input.ownerId }),
      ...(input.text === undefined ? {} : { company: { contains: input.text } }),
    },
    order: ['-createdAt'],
    limit: input.limit,
    cursor: input.cursor,
  });
  return { items: await withOwners(ctx, items), ...rest };
}

export async function pipeline(ctx: Ctx) {
  const [{ currency }, stages] = await Promise.all([ctx.settings.get(), ctx.queries.pipeline({})]);
  return { currency, stages };
}

export async function getLead(ctx: Ctx, { id }: Input<'leads.get'>) {
  const [found, moves] = await Promise.all([
    ctx.db.leads.findOne({ id }),
    ctx.db.leadMoves.find({ where: { leadId: id }, order: ['movedAt'], limit: 1000 }),
  ]);
  const [lead] = found ? await withOwners(ctx, [found]) : [];
  if (!lead) throw notFound('Lead');
  return { lead, moves };
}

function companyName(text: string): string {
  const company = text.trim();
  if (company === '') throw invalidField('/company', 'Enter the name of the company.');
  return company;
}

export async function createLead(ctx: Ctx, input: Input<'leads.create'>) {
  const { ownerId = ctx.user?.id ?? null } = input;
  const company = companyName(input.company);
  await assertOwner(ctx, ownerId);
  const lead = await ctx.db.leads.insert({ ...input, company, ownerId });
  await ctx.db.leadMoves.insert({ leadId: lead.id, toStage: lead.stage });
  return { id: lead.id };
}

export async function updateLead(ctx: Ctx, { id, company, ...rest }: Input<'leads.update'>) {
  const named = company === undefined ? {} : { company: companyName(company) };
  await assertOwner(ctx, rest.ownerId);
  const [lead] = await ctx.db.leads.update({ id }, { ...rest, ...named, updatedAt: new Date().toISOString() });
  if (!lead) throw notFound('Lead');
  return { id };
}

export async function moveLead(ctx: Ctx, { id, stage, remark }: Input<'leads.move'>) {
  const lead = await ctx.db.leads.findOne({ id });
  if (!lead) throw notFound('Lead');
  const reason = refusal(lead.stage, stage as Stage);
  if (reason) throw conflict('move-refused', reason);
  // The stage we judged must still be the one we change: two people may move the same lead at once.
  const moved = await ctx.db.leads.update({ id, stage: lead.stage }, { stage, updatedAt: new Date().toISOString() });
  if (moved.length === 0) throw conflict('moved-meanwhile', 'Somebody else has just moved this lead. Look again.');
  await ctx.db.leadMoves.insert({ leadId: id, fromStage: lead.stage, toStage: stage, ...(remark ? { remark } : {}) });
  await ctx.events.emit('lead.moved', { leadId: id, from: lead.stage, to: stage });
  return { id, stage };
}
