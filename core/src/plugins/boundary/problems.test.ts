import { conflict, invalidField, notFound, Problem } from '@bazaar/sdk';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../../errors/index.ts';
import { asProblem, fromProblem } from './problems.ts';

describe('problems of a plugin', () => {
  it('reach the caller as they are', () => {
    expect(fromProblem(notFound('Job'))).toMatchObject({ code: 'not-found', status: 404, message: 'Job not found.' });
    expect(fromProblem(conflict('already-applied', 'Twice.'))).toMatchObject({
      status: 409,
      reason: 'already-applied',
    });
    expect(fromProblem(invalidField('/a', 'Wrong.'))).toMatchObject({
      code: 'invalid-input',
      errors: [{ pointer: '/a', message: 'Wrong.' }],
    });
  });

  it.each([
    ['another error', new Error('no')],
    ['nothing', undefined],
    ['text', 'Problem'],
    ['a code the kernel keeps to itself', { name: 'Problem', code: 'internal', message: 'x' }],
    ['a code of the prototype', { name: 'Problem', code: 'constructor', message: 'x' }],
    ['no message', { name: 'Problem', code: 'conflict' }],
  ])('are not what is %s', (_what, error) => {
    expect(fromProblem(error)).toBeUndefined();
  });

  it('are cut down to what a caller may see', () => {
    const found = fromProblem({
      name: 'Problem',
      code: 'conflict',
      message: 'x'.repeat(10_000),
      reason: 'Not A Reason',
      errors: [{ pointer: '/a', message: 'm', secret: 1 }, 'junk', { pointer: 1, message: 'm' }],
      status: 200,
      action: { href: 'javascript:alert(1)' },
    });
    expect(found).toMatchObject({ status: 409, errors: [{ pointer: '/a', message: 'm' }] });
    expect(found?.message).toHaveLength(2_000);
    expect(found?.reason).toBeUndefined();
    expect(found?.action).toBeUndefined();
    expect(Object.keys(found?.errors?.[0] ?? {})).toEqual(['pointer', 'message']);
  });
});

describe('refusals of the kernel', () => {
  it.each([
    ['not-found', 'not-found', undefined],
    ['licence-required', 'unavailable', 'licence-required'],
    ['plugin-disabled', 'unavailable', 'plugin-disabled'],
    ['rate-limited', 'unavailable', 'rate-limited'],
    ['unauthenticated', 'forbidden', 'unauthenticated'],
  ] as const)('%s reaches a plugin as %s', (code, seen, reason) => {
    const problem = asProblem(new ApiError(code, 'Words.'));
    expect(problem).toBeInstanceOf(Problem);
    expect(problem).toMatchObject({ code: seen, message: 'Words.', reason });
  });

  it('which quota it was stays with the kernel', () => {
    const refusal = new ApiError('quota-exceeded', 'Words.', { reason: 'quota-tenant-rows' });
    expect(asProblem(refusal)).toMatchObject({ code: 'unavailable', reason: 'quota-exceeded' });
  });

  it('failures stay failures', () => {
    expect(asProblem(new ApiError('plugin-failed', 'Other failed.'))).not.toBeInstanceOf(Problem);
  });
});

describe('instanceof Problem', () => {
  class Closed extends Problem {}

  it.each([
    ['a problem', notFound('Job'), true],
    ['one of another copy of the SDK', { name: 'Problem', code: 'conflict', message: 'x' }, true],
    ['one of a class below', new Closed('conflict', 'x'), true],
    ['another error', new Error('no'), false],
    ['text', 'Problem', false],
    ['nothing', null, false],
  ])('says of %s what it says in the other tier', (_what, value, expected) => {
    expect(value instanceof Problem).toBe(expected);
  });

  it('of a class below is its own affair', () => {
    expect(new Closed('conflict', 'x') instanceof Closed).toBe(true);
    expect(notFound('Job') instanceof Closed).toBe(false);
  });
});
