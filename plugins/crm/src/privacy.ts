import {
  type Context,
  exportInTurn,
  type Page,
  type PersonErasure,
  type PersonExport,
  type PersonExportRequest,
  type PersonIdentity,
} from '@bazaar/sdk';
import type { Contract } from './contract.generated.ts';

type Ctx = Context<Contract>;
type Lead = Contract['tables']['leads']['row'];

/** Leads whose contact is this person: some of each page of those that look like it. */
async function pageOfLeads(ctx: Ctx, { email }: PersonIdentity, cursor: string | undefined): Promise<Page<Lead>> {
  const address = email.toLowerCase();
  const page = await ctx.db.leads.page({ where: { contactEmail: { contains: email } }, limit: 100, cursor });
  return { ...page, items: page.items.filter(({ contactEmail }) => contactEmail?.trim().toLowerCase() === address) };
}

async function findLeads(ctx: Ctx, person: PersonIdentity): Promise<Lead[]> {
  const leads: Lead[] = [];
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = await pageOfLeads(ctx, person, cursor);
    leads.push(...items);
    cursor = nextCursor;
  } while (cursor !== undefined);
  return leads;
}

/** What is known of the companies themselves is theirs. */
async function asContact(ctx: Ctx, person: PersonIdentity, cursor: string | undefined): Promise<PersonExport> {
  const { items, ...rest } = await pageOfLeads(ctx, person, cursor);
  if (items.length === 0) return { collections: [], ...rest };
  const records = items.map(
    ({ id, company, contactName, contactEmail, contactPhone, source, notes, createdAt, updatedAt }) => ({
      id,
      company,
      contactName,
      contactEmail,
      contactPhone,
      source,
      notes,
      createdAt,
      updatedAt,
    }),
  );
  return { collections: [{ name: 'contact', title: 'You as a contact of a company', records }], ...rest };
}

async function asOwner(ctx: Ctx, { userId }: PersonIdentity, cursor: string | undefined): Promise<PersonExport> {
  if (userId === null) return { collections: [] };
  const { items, ...rest } = await ctx.db.leads.page({ where: { ownerId: userId }, limit: 100, cursor });
  const records = items.map(({ id, company, stage, createdAt }) => ({ id, company, stage, createdAt }));
  return { collections: [{ name: 'looked-after', title: 'Leads that you look after', records }], ...rest };
}

/** The person as a contact of companies, and as who looks after leads. */
export function exportPerson(ctx: Ctx, person: PersonExportRequest): Promise<PersonExport> {
  return exportInTurn(person.cursor, [
    (cursor) => asContact(ctx, person, cursor),
    (cursor) => asOwner(ctx, person, cursor),
  ]);
}

/**
 * Takes the contact, and the notes that may speak of them, out of the lead; the company stays a lead. What the person
 * looked after is nobody's then.
 */
export async function erasePerson(ctx: Ctx, person: PersonIdentity): Promise<PersonErasure> {
  const leads = await findLeads(ctx, person);
  for (const { id } of leads) {
    const nobody = { contactName: null, contactEmail: null, contactPhone: null, notes: null };
    await ctx.db.leads.update({ id }, { ...nobody, updatedAt: new Date().toISOString() });
    await ctx.db.leadMoves.update({ leadId: id }, { remark: null });
  }
  const { userId } = person;
  const lookedAfter = userId === null ? [] : await ctx.db.leads.update({ ownerId: userId }, { ownerId: null });
  const erased = [
    { what: 'Contacts of companies, with notes', count: leads.length },
    { what: 'Leads looked after', count: lookedAfter.length },
  ];
  return {
    erased: erased.filter(({ count }) => count > 0),
    kept: [],
    ids: leads.map(({ id }) => id),
  };
}
