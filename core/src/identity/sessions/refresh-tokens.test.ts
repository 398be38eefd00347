import { describe, expect, it } from 'vitest';
import {
  judgeRefresh,
  newRefreshToken,
  type RefreshOutcome,
  refreshTokenHash,
  type StoredRefreshToken,
  successorOf,
} from './refresh-tokens.ts';

const KEY = Buffer.alloc(32, 7);
const NOW = new Date('2026-11-21T03:00:00.000Z');
const ago = (ms: number) => new Date(NOW.getTime() - ms);

describe('refresh tokens', () => {
  it('carry 256 bits, and are not what is stored', () => {
    const token = newRefreshToken();
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(newRefreshToken()).not.toBe(token);
    expect(refreshTokenHash(token)).toHaveLength(32);
    expect(refreshTokenHash(token)).not.toEqual(Buffer.from(token, 'base64url'));
  });

  it('have one successor, known only with the key', () => {
    const token = newRefreshToken();
    expect(successorOf(token, KEY)).toBe(successorOf(token, KEY));
    expect(Buffer.from(successorOf(token, KEY), 'base64url')).toHaveLength(32);
    expect(successorOf(token, KEY)).not.toBe(successorOf(token, Buffer.alloc(32, 8)));
    expect(successorOf(successorOf(token, KEY), KEY)).not.toBe(successorOf(token, KEY));
  });

  it.each<[string, Partial<StoredRefreshToken>, RefreshOutcome]>([
    ['unused', {}, 'rotate'],
    ['used just now', { usedAt: NOW }, 'repeat'],
    ['used by a node whose clock is ahead', { usedAt: ago(-2_000) }, 'repeat'],
    ['used at the end of the grace', { usedAt: ago(10_000) }, 'repeat'],
    ['used before the grace', { usedAt: ago(10_001) }, 'reused'],
    ['used long ago and expired', { usedAt: ago(86_400_000), expiresAt: ago(1) }, 'reused'],
    ['unused until its last moment', { expiresAt: ago(-1) }, 'rotate'],
    ['expired', { expiresAt: NOW }, 'expired'],
    ['of a revoked session', { sessionRevokedAt: ago(1) }, 'ended'],
    ['used, of a revoked session', { sessionRevokedAt: ago(1), usedAt: NOW }, 'ended'],
    ['of an ended session', { sessionExpiresAt: NOW }, 'ended'],
  ])('%s: %o', (_what, change, outcome) => {
    const token = { expiresAt: ago(-1000), usedAt: null, sessionExpiresAt: ago(-1000), sessionRevokedAt: null };
    expect(judgeRefresh({ ...token, ...change }, NOW)).toBe(outcome);
  });
});
