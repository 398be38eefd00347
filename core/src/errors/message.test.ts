import { expect, test } from 'vitest';
import { messageOf } from './message.ts';

test.each([
  [new Error('full'), 'full'],
  [new AggregateError([new Error('refused')]), 'AggregateError'],
  ['text', 'text'],
  [null, 'null'],
])('%j is told as %s', (thrown, message) => {
  expect(messageOf(thrown)).toBe(message);
});
