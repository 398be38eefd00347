import { beforeAll, describe, expect, it } from 'vitest';
import type { SignInParts } from '../sessions/issue-tokens.ts';
import type { IdentityDependencies } from '../types.ts';
import { createPasswordProof } from './password-proof.ts';
import { hashPassword } from './passwords.ts';

const RIGHT = 'seven grey geese';
let passwordHash = '';
beforeAll(async () => {
  passwordHash = await hashPassword(RIGHT);
});

/** What a proof did, step by step. */
async function attempt(account: object | null, password: string) {
  const steps: string[] = [];
  const step =
    <Result>(name: string, result: Result) =>
    async () => {
      steps.push(name);
      return result;
    };
  const deps = {
    db: { platform: { query: step('look up', { rows: account === null ? [] : [account] }) } },
    now: () => new Date(),
    config: { demo: false },
  } as unknown as IdentityDependencies;
  const parts = {
    limits: { check: step('check', null), failed: step('failed', null), succeeded: step('succeeded', null) },
    slots: {
      run(work: () => Promise<unknown>) {
        steps.push('wait');
        return work();
      },
    },
  } as unknown as SignInParts;
  const proof = createPasswordProof(deps, parts)({ email: 'ada@acme.test', ip: '192.0.2.1' }, password);
  const outcome = await proof.catch((error: { reason: string }) => error.reason);
  return { outcome, steps };
}

const account = (change: object) => ({ id: 'ada', passwordHash, status: 'active', demo: false, ...change });

describe('a password', () => {
  it.each<[string, () => object | null, string]>([
    ['of no account', () => null, RIGHT],
    ['that is wrong', () => account({}), 'another password'],
    ['of an account without one', () => account({ passwordHash: null }), RIGHT],
    ['of a closed account', () => account({ status: 'inactive' }), RIGHT],
    ['of a demo account outside demo mode', () => account({ demo: true }), RIGHT],
    ['that is wrong, of an address that is not confirmed', () => account({ id: null, status: 'pending' }), 'wrong one'],
  ])('%s is refused by the same work', async (_what, found, password) => {
    expect(await attempt(found(), password)).toEqual({ outcome: null, steps: ['wait', 'check', 'look up', 'failed'] });
  });

  it('that is right proves the account', async () => {
    expect(await attempt(account({}), RIGHT)).toEqual({
      outcome: 'ada',
      steps: ['wait', 'check', 'look up', 'succeeded'],
    });
  });

  it('of an address that is not confirmed is told so only to who knows it', async () => {
    expect((await attempt(account({ id: null, status: 'pending' }), RIGHT)).outcome).toBe('email-unverified');
  });
});
