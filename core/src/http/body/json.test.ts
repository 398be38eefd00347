import { describe, expect, test } from 'vitest';
import { parseJsonBody } from './json.ts';
import { bodyKind } from './media-type.ts';

const bytes = (text: string) => Buffer.from(text);

describe('parseJsonBody', () => {
  test('an empty body is none', () => {
    expect(parseJsonBody(bytes(''))).toBeUndefined();
  });

  test.each(['{"a":1,"b":[{"c":"é"}]}', '{"a":"\\u00e9\\ud83d\\ude00"}', '{}'])('accepts %s', (text) => {
    expect(parseJsonBody(bytes(text))).toEqual(JSON.parse(text));
  });

  test.each([
    ['{', 'bad-json'],
    ['{"a":1}x', 'bad-json'],
    ["{'a':1}", 'bad-json'],
    ['{"a":NaN}', 'bad-json'],
    ['[]', 'not-an-object'],
    ['"text"', 'not-an-object'],
    ['null', 'not-an-object'],
    ['1', 'not-an-object'],
  ])('refuses %.40s: %s', (text, reason) => {
    expect(() => parseJsonBody(bytes(text))).toThrow(expect.objectContaining({ status: 400, reason }) as Error);
  });

  test.each([
    ['{"__proto__":{"admin":true}}', 'forbidden-name', '/__proto__'],
    ['{"\\u005f_proto__":{"admin":true}}', 'forbidden-name', '/__proto__'],
    ['{"a":[1,{"constructor":{"prototype":{}}}]}', 'forbidden-name', '/a/1/constructor'],
    ['{"a":"\\u0000"}', 'nul-character', '/a'],
    ['{"a":{"b/c":{"\\u0000":1}}}', 'nul-character', '/a/b~1c'],
    ['{"a":["x","\\ud800"]}', 'bad-text', '/a/1'],
    [`{"a":${'['.repeat(50)}${']'.repeat(50)}}`, 'too-deep', `/a${'/0'.repeat(39)}`],
    [`{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`, 'too-deep', `/a${'/0'.repeat(39)}`],
  ])('refuses %.40s: %s at %.20s', (text, reason, pointer) => {
    const named = { status: 400, reason, errors: [{ pointer, message: expect.any(String) as string }] };
    expect(() => parseJsonBody(bytes(text))).toThrow(expect.objectContaining(named) as Error);
  });

  test('refuses bytes that are no UTF-8', () => {
    expect(() => parseJsonBody(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).toThrow(/UTF-8/);
  });
});

test.each([
  [undefined, 'none'],
  ['', 'none'],
  ['application/json', 'json'],
  ['Application/JSON; charset=UTF-8', 'json'],
  ['application/merge-patch+json', 'json'],
  ['application/json; charset=utf-16', 'other'],
  ['multipart/form-data; boundary=x', 'multipart'],
  ['application/x-www-form-urlencoded', 'urlencoded'],
  ['text/plain', 'other'],
  ['application/jsonx', 'other'],
  [';', 'other'],
])('content type %j is %s', (header, kind) => {
  expect(bodyKind(header)).toBe(kind);
});
