import { expect, test } from 'vitest';
import { parseUrlEncoded } from './urlencoded.ts';

test('reads fields as they came', () => {
  expect(parseUrlEncoded(Buffer.from('name=Ada+L%C3%B8v&skill=a&skill=b&empty='))).toEqual({
    name: 'Ada Løv',
    skill: ['a', 'b'],
    empty: '',
  });
});

test.each(['name=%', 'name=%00', '__proto__=x', 'constructor=x'])('refuses %s', (body) => {
  expect(() => parseUrlEncoded(Buffer.from(body))).toThrow(expect.objectContaining({ status: 400 }) as Error);
});
