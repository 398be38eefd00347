import type { JsonObject } from '@bazaar/sdk';
import type { Attack } from '../support/attack.ts';

const event = (payload: JsonObject) => ({
  events: [{ name: 'thing.happened', version: 1, description: 'Something happened.', subject: 'id', payload }],
});
const text = (schema: JsonObject) => ({
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'string' }, text: { type: 'string', ...schema }, list: { type: 'array', items: schema } },
});
const ENDS: Attack['ends'] = { kind: 'refused', status: 200, code: '', also: [200, 400, 429, 500, 503] };

/** Schemas of a plugin, which the kernel runs in its own process on values that the plugin chooses. */
export const SCHEMAS: readonly Attack[] = [
  {
    name: 'pattern-of-states',
    tries: 'a pattern of thousands of states on a text of millions of characters',
    manifest: event(text({ pattern: '^(a?){500}b$' })),
    run: `const long = 'a'.repeat(2_000_000);
      const said = await ctx.events.emit('thing.happened', { id: '1', text: long }).then(() => 'emitted', ({ message }) => message.slice(0, 200));
      return { said };`,
    ends: ENDS,
  },
  {
    name: 'many-patterns',
    tries: 'a hundred patterns on a text of millions of characters',
    manifest: event(text({ allOf: Array.from({ length: 100 }, (_, n) => ({ pattern: `[ab]+c{${n}}d` })) })),
    run: `const long = 'ab'.repeat(1_000_000);
      const said = await ctx.events.emit('thing.happened', { id: '1', text: long }).then(() => 'emitted', ({ message }) => message.slice(0, 200));
      return { said };`,
    ends: ENDS,
  },
  {
    name: 'format-of-colons',
    tries: 'a format whose regular expression backtracks',
    output: { type: 'object', properties: { text: { type: 'string', format: 'url' } } },
    run: "return { text: 'http://' + ':'.repeat(200_000) };",
    ends: ENDS,
  },
  {
    name: 'many-alternatives',
    tries: 'a hundred alternatives for each of a million values',
    manifest: event(text({ anyOf: Array.from({ length: 100 }, (_, n) => ({ const: { n, more: [n, { n }] } })) })),
    run: `const list = Array.from({ length: 1_000_000 }, () => 1);
      const said = await ctx.events.emit('thing.happened', { id: '1', list }).then(() => 'emitted', ({ message }) => message.slice(0, 200));
      return { said };`,
    ends: ENDS,
  },
  {
    name: 'wrong-output',
    tries: 'a result in which a million values are wrong, each in a hundred ways',
    output: {
      type: 'object',
      properties: {
        list: { type: 'array', items: { allOf: Array.from({ length: 100 }, () => ({ type: 'string' })) } },
      },
    },
    run: 'return { list: Array.from({ length: 900_000 }, () => 1) };',
    ends: ENDS,
  },
  {
    name: 'patterned-output',
    tries: 'a result whose text is matched against a pattern of thousands of states',
    output: { type: 'object', properties: { text: { type: 'string', pattern: '^(a?){500}b$' } } },
    run: "return { text: 'a'.repeat(1_900_000) };",
    ends: ENDS,
  },
];
