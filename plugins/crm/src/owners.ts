import { type Context, invalidField, type Member } from '@bazaar/sdk';
import type { Contract } from './contract.generated.ts';

type Ctx = Context<Contract>;
type Lead = Contract['tables']['leads']['row'];

export async function listOwners(ctx: Ctx, input: Contract['actions']['owners.list']['input']) {
  return ctx.users.page(input);
}

/** Leads of one page with the person who looks after each. Whoever has left the workspace looks after nothing. */
export async function withOwners(ctx: Ctx, leads: readonly Lead[]) {
  const ids = new Set(leads.flatMap(({ ownerId }) => ownerId ?? []));
  const people = ids.size === 0 ? [] : await ctx.users.find([...ids]);
  const byId = new Map<string | null, Member>(people.map((person) => [person.id, person]));
  return leads.map(({ ownerId, ...lead }) => ({ ...lead, owner: byId.get(ownerId) ?? null }));
}

/** Refuses whoever does not belong to the workspace. */
export async function assertOwner(ctx: Ctx, ownerId: string | null | undefined): Promise<void> {
  if (typeof ownerId !== 'string') return;
  const [owner] = await ctx.users.find([ownerId]);
  if (!owner) throw invalidField('/ownerId', 'Choose one of the people of this workspace.');
}
