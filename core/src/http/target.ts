import { ApiError } from '../errors/index.ts';

/** Longer request targets are refused; browsers and proxies in between stop at about the same length. */
const MAX_TARGET_LENGTH = 8192;

/** Refuses request targets that later stages would misread: too long, badly escaped, or holding control bytes. */
export function checkTarget(target: string): void {
  if (target.length > MAX_TARGET_LENGTH) {
    throw new ApiError('malformed-request', `The URL is longer than ${MAX_TARGET_LENGTH} characters.`, {
      reason: 'url-too-long',
    });
  }
  if (!target.startsWith('/')) {
    throw new ApiError('malformed-request', 'The request target must be a path.', { reason: 'bad-target' });
  }
  if (!target.includes('%')) return;
  let decoded: string;
  try {
    decoded = decodeURIComponent(target);
  } catch (cause) {
    throw new ApiError('malformed-request', 'The URL holds a broken percent-encoding.', {
      reason: 'bad-encoding',
      cause,
    });
  }
  if (decoded.includes('\0')) {
    throw new ApiError('malformed-request', 'The URL holds a NUL character.', { reason: 'nul-character' });
  }
}

/** Refuses requests that name two hosts: what is in front may go by the one, and we by the other. */
export function checkHost(rawHeaders: readonly string[]): void {
  const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host');
  if (hosts.length > 1) {
    throw new ApiError('malformed-request', 'The request names more than one host.', { reason: 'two-hosts' });
  }
}
