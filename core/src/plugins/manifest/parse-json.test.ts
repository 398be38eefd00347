import { expect, test } from 'vitest';
import { parseJson } from './parse-json.ts';

test.each<[string, string, string[]]>([
  ['once', '{"a": 1, "b": {"a": 1}, "c": [{"a": 1}, {"a": 1}]}', []],
  ['at the top', '{"a": 1, "b": 2, "a": 1}', ['/a']],
  ['deep inside', '{"a": [{}, {"b/c": {"d": 1, "d": 2}}]}', ['/a/1/b~1c/d']],
  ['written in another way', '{"capabilities": [], "capabil\\u0069ties": ["files"]}', ['/capabilities']],
  ['in what the last one hides', '{"a": {"b": 1, "b": 2}, "a": 1}', ['/a/b', '/a']],
  ['three times', '{"a": 1, "a": 2, "a": 3}', ['/a']],
  ['of names that objects have anyway', '{"__proto__": 1, "constructor": 1, "__proto__": 2}', ['/__proto__']],
  ['in texts', '{"a": "{\\"b\\":1,\\"b\\":2}"}', []],
])('%s', (_case, text, pointers) => {
  expect(parseJson(text)).toEqual({ value: JSON.parse(text), duplicates: pointers });
});

test('what hides behind another key is not walked through without end', () => {
  const deep = `{"a": ${'['.repeat(300_000)}${']'.repeat(300_000)}, "a": 1}`;
  expect(() => parseJson(deep)).toThrow(/nested deeper than 100/);
});
