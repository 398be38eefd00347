import { Problem } from '@bazaar/sdk';
import { describe, expect, it } from 'vitest';
import { errorText, guestError, parseGuestJson } from './boundary.ts';

describe('a text from a guest', () => {
  it('becomes the value it says', () => {
    expect(parseGuestJson('{"a":[1,null,"x"]}', 'the result', 100)).toEqual({ a: [1, null, 'x'] });
  });

  it('is not made when it holds too many values', () => {
    expect(() => parseGuestJson('[1,2,3,4,5,6]', 'the arguments', 100, 5)).toThrow(/the value is too large/);
  });

  it.each([
    ['', 'it is not JSON'],
    ['{"a":', 'it is not JSON'],
    ['undefined', 'it is not JSON'],
    ['{"__proto__":{"admin":true}}', '"__proto__" has a name that is not allowed'],
    ['{"a":[{"constructor":{"prototype":{}}}]}', '"a.0.constructor" has a name that is not allowed'],
    ['{"\\u005f_proto__":1}', '"__proto__" has a name that is not allowed'],
    ['"\\u0000"', 'the value holds a NUL character'],
    ['"\\ud800"', 'the value holds half a surrogate pair'],
    ['1e999', 'the value is Infinity, which JSON cannot hold'],
    [`"${'x'.repeat(9_999)}"`, 'the value is too large'],
    [`${'['.repeat(5_000)}${']'.repeat(5_000)}`, 'the value is nested deeper than 64 levels, or in itself'],
  ])('%j is refused', (text, words) => {
    expect(() => parseGuestJson(text, 'the result', 10_000)).toThrow(
      new TypeError(`the result must be JSON: ${words}`),
    );
  });
});

describe('an error from a guest', () => {
  it('keeps what the log needs', () => {
    const error = guestError('{"name":"RangeError","message":"far","stack":"RangeError: far\\n at x"}');
    expect(error).toMatchObject({ name: 'RangeError', message: 'far', stack: 'RangeError: far\n at x' });
  });

  it.each(['', 'null', '5', '[]', '{"name":5,"message":{},"stack":[]}'])('%j is an error all the same', (text) => {
    const error = guestError(text);
    expect(error).toBeInstanceOf(Error);
    expect(error.message).toBe('the plugin threw something that cannot be read');
  });

  it('is cut down to a size', () => {
    const error = guestError(
      JSON.stringify({ name: 'n'.repeat(1e5), message: 'm'.repeat(1e5), stack: 's'.repeat(1e5) }),
    );
    expect([error.name.length, error.message.length, error.stack?.length]).toEqual([100, 2_000, 4_000]);
  });
});

describe('an error for a guest', () => {
  it('is the refusal with its parts, or no more than its words', () => {
    const refusal = new Problem('conflict', 'Taken.', { reason: 'taken' });
    expect(JSON.parse(errorText(refusal))).toEqual({
      name: 'Problem',
      message: 'Taken.',
      code: 'conflict',
      reason: 'taken',
    });
    const failure = Object.assign(new TypeError('no'), { secret: 1 });
    expect(JSON.parse(errorText(failure))).toEqual({ name: 'TypeError', message: 'no' });
    expect(JSON.parse(errorText('text'))).toEqual({ name: 'Error', message: 'failed' });
  });
});
