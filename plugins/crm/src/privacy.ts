import type { Context, PersonErasure, PersonExport, PersonIdentity } from '@bazaar/sdk';
import type { Contract } from './contract.generated.ts';

type Ctx = Context<Contract>;
type Lead = Contract['tables']['leads']['row'];

/** Leads whose contact is this person. */
async function findLeads(ctx: Ctx, { email }: PersonIdentity): Promise<Lead[]> {
  const address = email.toLowerCase();
  const leads: Lead[] = [];
  let cursor: string | undefined;
  do {
    const page = await ctx.db.leads.page({ where: { contactEmail: { contains: email } }, limit: 100, cursor });
    leads.push(...page.items.filter(({ contactEmail }) => contactEmail?.trim().toLowerCase() === address));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return leads;
}

/** The person as a contact of companies; what is known of the companies themselves is theirs. */
export async function exportPerson(ctx: Ctx, person: PersonIdentity): Promise<PersonExport> {
  const leads = await findLeads(ctx, person);
  if (leads.length === 0) return { collections: [] };
  const records = leads.map(
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
  return { collections: [{ name: 'contact', title: 'You as a contact of a company', records }] };
}

/** Takes the contact, and the notes that may speak of them, out of the lead; the company stays a lead. */
export async function erasePerson(ctx: Ctx, person: PersonIdentity): Promise<PersonErasure> {
  const leads = await findLeads(ctx, person);
  for (const { id } of leads) {
    const nobody = { contactName: null, contactEmail: null, contactPhone: null, notes: null };
    await ctx.db.leads.update({ id }, { ...nobody, updatedAt: new Date().toISOString() });
    await ctx.db.leadMoves.update({ leadId: id }, { remark: null });
  }
  return {
    erased: leads.length === 0 ? [] : [{ what: 'Contacts of companies, with notes', count: leads.length }],
    kept: [],
    ids: leads.map(({ id }) => id),
  };
}
