import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { PLATFORM_TENANT } from '../routes/index.ts';
import { deriveKey } from '../secrets/index.ts';
import { createCommandLineTokens, issueToken } from './tokens.ts';

const SECRET = 'a platform secret of enough length';
const START = new Date('2026-11-21T03:00:00.000Z');
const later = (seconds: number) => new Date(START.getTime() + seconds * 1000);
const made = { secret: SECRET, instance: 'this-one', user: 'ada', now: START };

function checkedAt(now: Date, instance = 'this-one') {
  return createCommandLineTokens({ secret: SECRET, instance, now: () => now });
}

/** A token with any claims, signed with the right key. */
async function forged(claims: { exp?: number; iat?: number; aud?: string; typ?: string }, key = 'command-line') {
  const iat = claims.iat ?? START.getTime() / 1000;
  const token = await new SignJWT()
    .setProtectedHeader({ alg: 'HS256', typ: claims.typ ?? 'bazaar-command-line' })
    .setSubject('eve')
    .setAudience(claims.aud ?? 'this-one')
    .setIssuedAt(iat)
    .setExpirationTime(claims.exp ?? iat + 60)
    .sign(deriveKey(SECRET, key));
  return `cli.${token}`;
}

const refusal = { code: 'unauthenticated', reason: 'token-invalid' };

describe('tokens of the command line', () => {
  it('stand for an operator of the platform, and of no tenant', async () => {
    const principal = await checkedAt(later(59)).authenticate(await issueToken(made));
    expect(principal).toMatchObject({
      tenant: PLATFORM_TENANT,
      user: { name: 'ada', isOperator: true },
      permissions: [],
    });
  });

  it('are told from access tokens', async () => {
    const tokens = checkedAt(START);
    expect(tokens.recognises(await issueToken(made))).toBe(true);
    expect(tokens.recognises('eyJhbGciOiJIUzI1NiJ9.e30.x')).toBe(false);
  });

  it('end after a minute', async () => {
    const token = await issueToken(made);
    for (const seconds of [60, 61, 3600]) {
      await expect(checkedAt(later(seconds)).authenticate(token)).rejects.toMatchObject({ reason: 'token-expired' });
    }
  });

  it.each([
    ['of another process', forged({ aud: 'another' })],
    ['of another kind', forged({ typ: 'JWT' })],
    ['signed as an access token', forged({}, 'access-token')],
    ['from the future', forged({ iat: START.getTime() / 1000 + 300 })],
    ['with another secret', issueToken({ ...made, secret: `${SECRET}!` })],
    ['that is none', Promise.resolve('cli.')],
    ['without a signature', Promise.resolve('cli.eyJhbGciOiJub25lIn0.eyJzdWIiOiJldmUifQ.')],
    ['too long', Promise.resolve(`cli.${'x'.repeat(5000)}`)],
  ])('%s are refused', async (_name, token) => {
    await expect(checkedAt(START).authenticate(await token)).rejects.toMatchObject(refusal);
  });

  it('that give themselves a longer life get none', async () => {
    const token = await forged({ exp: START.getTime() / 1000 + 86_400 });
    await expect(checkedAt(later(61)).authenticate(token)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('altered in any letter are refused', async () => {
    const token = await issueToken(made);
    for (let at = 'cli.'.length; at < token.length; at += 7) {
      const altered = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
      await expect(checkedAt(START).authenticate(altered)).rejects.toMatchObject({ code: 'unauthenticated' });
    }
  });
});
