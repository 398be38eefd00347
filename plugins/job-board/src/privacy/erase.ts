import type { PersonErasure, PersonIdentity } from '@bazaar/sdk';
import type { Ctx } from '../context.ts';
import { cvFilesOf, findApplicant } from './found.ts';

/** Stands where a person's name was that nobody is to know any more. */
const FORMER_COLLEAGUE = 'Former colleague';

async function unsignEntries(ctx: Ctx, { userId }: PersonIdentity): Promise<number> {
  if (userId === null) return 0;
  const entries = await ctx.db.applicationTimeline.update(
    { changedBy: userId },
    { changedBy: null, changedByName: FORMER_COLLEAGUE },
  );
  return entries.length;
}

/**
 * Deletes the applicant with everything that hangs on the profile. What the person wrote about others as a colleague
 * belongs to those: it stays without a name.
 */
export async function erasePerson(ctx: Ctx, person: PersonIdentity): Promise<PersonErasure> {
  const found = await findApplicant(ctx, person);
  const unsigned = await unsignEntries(ctx, person);
  const erased = unsigned > 0 ? [{ what: 'Names on entries about applications', count: unsigned }] : [];
  if (!found) return { erased, kept: [] };
  const { candidate, applications } = found;
  const files = cvFilesOf(applications);
  await ctx.db.candidates.delete({ id: candidate.id });
  return {
    erased: [
      { what: 'Candidate profiles', count: 1 },
      { what: 'Applications with notes and history', count: applications.length },
      { what: 'CV files', count: files.length },
      ...erased,
    ],
    kept: [],
    files,
    ids: [candidate.id, ...applications.map(({ id }) => id)].slice(0, 10_000),
  };
}
