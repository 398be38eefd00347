import { conflict } from '@bazaar/sdk';
import type { Ctx, Output, TableRow } from '../context.ts';
import { asJson } from '../documents/store-reading.ts';
import type { CvData } from '../extract/index.ts';
import { type Match, matchCv, type Requirements } from '../match/index.ts';

type Analysis = Output<'analyses.get'>;

/** A stored comparison as the API shows it. */
export function analysisOf(row: Omit<TableRow<'analyses'>, 'isLatest' | 'requirements'>): Analysis {
  const { id, documentId, jobId, jobTitle, version, score, summary, createdAt, recommendations } = row;
  const { parts, matched, missing, extra, credentials } = row as unknown as Match;
  return {
    ...{ id, documentId, jobId, jobTitle, version, score, summary, createdAt, recommendations },
    ...{ parts, matched, missing, extra, credentials },
  };
}

/** Compares a CV with a job and keeps the outcome as the newest version; earlier ones stay. */
export async function compare(
  ctx: Ctx,
  cv: { documentId: string; data: CvData; lines: readonly { text: string; page: number; line: number }[] },
  jobId: string,
  requirements: Requirements,
): Promise<Analysis> {
  const match = matchCv(cv, requirements);
  const { documentId } = cv;
  const [before] = await ctx.queries.retireAnalysis({ documentId, jobId });
  const row = await ctx.db.analyses.insert({
    documentId,
    jobId,
    jobTitle: requirements.title,
    version: (before?.version ?? 0) + 1,
    score: match.score,
    parts: asJson(match.parts),
    matched: asJson(match.matched),
    missing: asJson(match.missing),
    extra: asJson(match.extra),
    credentials: asJson(match.credentials),
    recommendations: match.recommendations,
    summary: match.summary,
    requirements: asJson(requirements),
  });
  return analysisOf(row);
}

/** Compares a CV that was read before. */
export async function compareStored(ctx: Ctx, documentId: string, jobId: string, requirements: Requirements) {
  const [document, text] = await Promise.all([
    ctx.db.documents.findOne({ id: documentId }),
    ctx.db.documentTexts.findOne({ documentId }),
  ]);
  if (!document?.extractedData || !text) {
    throw conflict('not-read-yet', 'This CV has not been read, so there is nothing to compare.');
  }
  const data = document.extractedData as unknown as CvData;
  const lines = text.lines as unknown as { text: string; page: number; line: number }[];
  return compare(ctx, { documentId, data, lines }, jobId, requirements);
}
