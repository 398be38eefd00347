import type { Page, PersonIdentity } from '@bazaar/sdk';
import type { Ctx, TableRow } from '../context.ts';

/** What the plugin keeps of somebody who applied. */
export interface FoundApplicant {
  candidate: TableRow<'candidates'>;
  applications: TableRow<'applications'>[];
}

/** Cover letters are long: this many fit into one answer. */
const APPLICATIONS = 50;

export function pageOfApplications(
  ctx: Ctx,
  { id }: Pick<TableRow<'candidates'>, 'id'>,
  cursor: string | undefined,
): Promise<Page<TableRow<'applications'>>> {
  return ctx.db.applications.page({ where: { candidateId: id }, limit: APPLICATIONS, cursor });
}

/** The applicant with this address, if there is one. */
export async function findApplicant(ctx: Ctx, { email }: PersonIdentity): Promise<FoundApplicant | null> {
  const candidate = await ctx.db.candidates.findOne({ email: email.toLowerCase() });
  if (!candidate) return null;
  const applications: TableRow<'applications'>[] = [];
  let cursor: string | undefined;
  do {
    const page = await pageOfApplications(ctx, candidate, cursor);
    applications.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return { candidate, applications };
}

export function cvFilesOf(applications: readonly TableRow<'applications'>[]): string[] {
  return [...new Set(applications.flatMap(({ cvFileId }) => cvFileId ?? []))];
}
