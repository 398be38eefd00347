import type { PersonIdentity } from '@bazaar/sdk';
import type { Ctx, TableRow } from '../context.ts';

/** What the plugin keeps of somebody who applied. */
export interface FoundApplicant {
  candidate: TableRow<'candidates'>;
  applications: TableRow<'applications'>[];
}

/** The applicant with this address, if there is one. */
export async function findApplicant(ctx: Ctx, { email }: PersonIdentity): Promise<FoundApplicant | null> {
  const candidate = await ctx.db.candidates.findOne({ email: email.toLowerCase() });
  if (!candidate) return null;
  const applications: TableRow<'applications'>[] = [];
  let cursor: string | undefined;
  do {
    const page = await ctx.db.applications.page({ where: { candidateId: candidate.id }, limit: 100, cursor });
    applications.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return { candidate, applications };
}

export function cvFilesOf({ applications }: FoundApplicant): string[] {
  return [...new Set(applications.flatMap(({ cvFileId }) => cvFileId ?? []))];
}
