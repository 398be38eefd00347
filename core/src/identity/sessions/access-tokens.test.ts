import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { deriveKey } from '../../secrets/index.ts';
import { createAccessTokens } from './access-tokens.ts';

const KEY = deriveKey('a platform secret of enough length', 'access-token');
const OTHER = deriveKey('another platform secret, long enough', 'access-token');
const START = new Date('2026-11-21T03:00:00.500Z');
const CLAIMS = { userId: 'user', tenantId: 'tenant', sessionId: 'session' };

function at(ms: number, key: Uint8Array = KEY) {
  return createAccessTokens({ key, lifetimeSeconds: 900, now: () => new Date(START.getTime() + ms) });
}

function sign(claims: Record<string, unknown>, alg = 'HS256', key: Uint8Array = KEY): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg }).sign(key);
}

describe('access tokens', () => {
  it('say who is signed in where, until they expire', async () => {
    const { token, expiresAt } = await at(0).issue(CLAIMS);
    expect(new Date(expiresAt).toISOString()).toBe('2026-11-21T03:15:00.000Z');
    expect(await at(0).verify(token)).toEqual({ ...CLAIMS, expiresAt });
    expect(await at(899_499).verify(token)).toEqual({ ...CLAIMS, expiresAt });
    await expect(at(899_500).verify(token)).rejects.toMatchObject({ code: 'unauthenticated', reason: 'token-expired' });
  });

  const seconds = Math.floor(START.getTime() / 1000);
  const full = { sub: 'user', tenant: 'tenant', session: 'session', iat: seconds, exp: seconds + 900 };
  const { sub: _sub, ...anonymous } = full;
  const { exp: _exp, ...endless } = full;

  it.each<[string, () => Promise<string> | string]>([
    ['nothing', () => ''],
    ['words', () => 'not a token'],
    ['three dots', () => '...'],
    ['no signature', () => `${btoa('{"alg":"none"}')}.${btoa(JSON.stringify(full))}.`.replaceAll('=', '')],
    ['another key', () => sign(full, 'HS256', OTHER)],
    ['another algorithm', () => sign(full, 'HS512', Buffer.concat([KEY, KEY]))],
    ['no person', () => sign(anonymous)],
    ['no end', () => sign(endless)],
    ['a tenant that is no text', () => sign({ ...full, tenant: 7 })],
    ['a session that is no text', () => sign({ ...full, session: ['session'] })],
    ['an altered payload', async () => (await sign(full)).replace(/\.(.{5})./, '.$1A')],
    ['great length', () => sign({ ...full, padding: 'x'.repeat(4000) })],
  ])('are refused: %s', async (_what, make) => {
    await expect(at(0).verify(await make())).rejects.toMatchObject({
      code: 'unauthenticated',
      reason: 'token-invalid',
    });
  });
});
