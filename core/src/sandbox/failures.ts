import { ApiError } from '../errors/index.ts';
import type { PendingCall } from './pool/pending-call.ts';
import type { PluginVersion } from './pool/plugin-version.ts';

function unavailable(reason: string, detail: string): ApiError {
  return new ApiError('unavailable', detail, { reason });
}

/** The words of the inline tier. */
export function deadlinePassed({ name, plugin, call }: PendingCall): ApiError {
  const seconds = call.deadlineMs / 1000;
  return unavailable('deadline-passed', `"${name}" of ${plugin.id} did not finish within ${seconds} s.`);
}

/** `why` completes "was stopped because it …". */
export function stopped({ name, plugin }: PendingCall, why: string): ApiError {
  return unavailable('sandbox-stopped', `"${name}" of ${plugin.id} was stopped because it ${why}.`);
}

export function restarted({ name, plugin }: PendingCall): ApiError {
  return unavailable('sandbox-restarted', `"${name}" of ${plugin.id} was interrupted. Try again.`);
}

export function quarantined(plugin: PluginVersion): ApiError {
  return unavailable('plugin-quarantined', `${plugin.id} ${plugin.version} is in quarantine: ${plugin.quarantine}.`);
}

export function tooLarge({ name, plugin }: PendingCall): ApiError {
  return new ApiError('too-large', `The input is too large for "${name}" of ${plugin.id}.`);
}

export function busy(plugin: PluginVersion): ApiError {
  return unavailable('sandbox-busy', `${plugin.id} has too much to do at the moment. Try again later.`);
}

export function closed(): ApiError {
  return unavailable('sandbox-closed', 'The plugin is being stopped. Try again.');
}
