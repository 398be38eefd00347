import { describe, expect, it } from 'vitest';
import { obstacleOf, type Standing } from './admission.ts';

const OPEN: Standing = {
  amr: ['pwd'],
  impersonated: false,
  isOwner: false,
  tenantSuspended: false,
  secondFactorRequired: false,
  singleSignOnEnforced: false,
};
const MFA = ['pwd', 'otp', 'mfa'];

describe('who may be in a tenant', () => {
  it.each<[string, Partial<Standing>, ReturnType<typeof obstacleOf>]>([
    ['a password where nothing more is asked', {}, null],
    ['a password for an account with a second factor', { hasSecondFactor: true }, 'second-factor-required'],
    ['a password where all need a second factor', { secondFactorRequired: true }, 'second-factor-required'],
    ['both factors where all need two', { secondFactorRequired: true, amr: MFA }, null],
    ['both factors of the account', { hasSecondFactor: true, amr: MFA }, null],
    ['the provider where all need two', { secondFactorRequired: true, amr: ['sso'] }, null],
    ['a password where the provider is enforced', { singleSignOnEnforced: true }, 'single-sign-on-required'],
    [
      'both factors where the provider is enforced',
      { singleSignOnEnforced: true, amr: MFA },
      'single-sign-on-required',
    ],
    ['the provider where it is enforced', { singleSignOnEnforced: true, amr: ['sso'] }, null],
    ['an owner where the provider is enforced', { singleSignOnEnforced: true, isOwner: true }, null],
    [
      'an owner with one factor where all need two',
      { singleSignOnEnforced: true, secondFactorRequired: true, isOwner: true },
      'second-factor-required',
    ],
    [
      'an operator acting as a member',
      { secondFactorRequired: true, singleSignOnEnforced: true, impersonated: true },
      null,
    ],
    ['anybody in a suspended tenant', { tenantSuspended: true, isOwner: true, amr: MFA }, 'tenant-suspended'],
    ['the provider of a suspended tenant', { tenantSuspended: true, amr: ['sso'] }, 'tenant-suspended'],
    ['an operator in a suspended tenant', { tenantSuspended: true, impersonated: true }, 'tenant-suspended'],
  ])('%s', (_name, parts, expected) => {
    expect(obstacleOf({ ...OPEN, ...parts })).toBe(expected);
  });
});
