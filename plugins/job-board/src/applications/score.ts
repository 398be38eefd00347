import type { DeliveredEvent } from '@bazaar/sdk';
import type { Ctx } from '../context.ts';
import type { Contract } from '../contract.generated.ts';
import type { ApplicationStatus } from './pipeline.ts';

type Scored = Contract['subscriptions']['cv-analysis.application.scored'];

/**
 * Keeps the score of a CV beside the application. The event speaks of an application of ours, yet comes from
 * another plugin: one that does not exist (any more) is passed over, or the delivery would fail for ever.
 */
export async function recordScore(ctx: Ctx, { payload, occurredAt }: DeliveredEvent<Scored>): Promise<void> {
  const [application] = await ctx.db.applications.update(
    { id: payload.applicationId },
    {
      score: payload.score,
      scoreSummary: payload.summary,
      matchedSkills: payload.matched,
      missingSkills: payload.missing,
      scoredDocumentId: payload.documentId,
      scoredAt: occurredAt,
      updatedAt: new Date().toISOString(),
    },
  );
  if (!application) {
    ctx.log.warn('score of an unknown application', { applicationId: payload.applicationId });
    return;
  }
  await ctx.db.applicationTimeline.insert({
    applicationId: application.id,
    kind: 'scored',
    remarks: `CV scored ${payload.score} of 100.`,
  });
  await ctx.events.emit('application.changed', {
    applicationId: application.id,
    jobId: application.jobId,
    candidateId: application.candidateId,
    change: 'score',
    status: application.status as ApplicationStatus,
  });
}
