import { ApiError } from '../../errors/index.ts';
import type { Log } from '../../logging/index.ts';
import { fromProblem } from '../boundary/problems.ts';
import type { CallOutcome } from '../host/call-meter.ts';
import type { LoadedPlugin } from '../types.ts';

/** Whether a handler refused or failed. Problems are recognised by their shape, as their callers do. */
export function outcomeOf(error: unknown): Exclude<CallOutcome, 'ok'> {
  if (error instanceof ApiError) return error.status < 500 ? 'refused' : 'failed';
  return fromProblem(error) ? 'refused' : 'failed';
}

/** The reason a tier gives when a handler was ended half-way by no fault of its own. */
export const INTERRUPTED = 'sandbox-restarted';

export function wasInterrupted(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'unavailable' && error.reason === INTERRUPTED;
}

/**
 * What a caller is told of an error that ended an invocation: refusals as they are; anything else says only that
 * the plugin failed, and the log has the rest under the request's id.
 */
export function invocationFailure(
  error: unknown,
  plugin: LoadedPlugin,
  call: { handler: string; requestId: string; tenantId: string },
  log: Log,
): ApiError {
  if (error instanceof ApiError) {
    if (error.status >= 500) logFailure(error, plugin, call, log);
    return error;
  }
  const refusal = fromProblem(error);
  if (refusal) return refusal;
  logFailure(error, plugin, call, log);
  return new ApiError(
    'plugin-failed',
    `${plugin.manifest.name} failed to do this. The request id is ${call.requestId}.`,
    {
      cause: error,
    },
  );
}

function logFailure(
  error: unknown,
  plugin: LoadedPlugin,
  call: { handler: string; requestId: string; tenantId: string },
  log: Log,
): void {
  const { id, version } = plugin.manifest;
  log.error(
    { plugin: id, version, handler: call.handler, tenant: call.tenantId, requestId: call.requestId, err: error },
    'plugin failed',
  );
}
