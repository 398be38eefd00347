import { problemMessage, type UiContext } from '@bazaar/sdk/ui';
import { call } from './call.ts';

const WAITS_MS = 30_000;

/** Whether somebody should be offered to have a CV read: it failed, or it has waited long with nothing under way. */
export function canRetry({ status, createdAt }: { status: string; createdAt: string }, isUnderWay: boolean): boolean {
  if (status === 'failed') return true;
  return status === 'queued' && !isUnderWay && Date.now() - Date.parse(createdAt) > WAITS_MS;
}

/** Has a CV read again and tells how that went. */
export async function retry(ctx: UiContext, id: string): Promise<void> {
  try {
    await call(ctx, 'documents.retry', { id });
    ctx.notify('The CV will be read again.', 'success');
  } catch (error) {
    ctx.notify(problemMessage(error), 'error');
  }
}
