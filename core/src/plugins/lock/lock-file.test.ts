import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { LockEntry } from '../types.ts';
import lockSchema from './lock.schema.json' with { type: 'json' };
import { formatLock, parseLock } from './lock-file.ts';

function entry(id: string, change: Partial<LockEntry> = {}): LockEntry {
  return {
    id,
    version: '1.0.0',
    integrity: `sha512-${'A'.repeat(86)}==`,
    source: `./plugins/${id}`,
    tier: 'inline',
    grantedCapabilities: [],
    ...change,
  };
}

describe('plugins.lock.json', () => {
  it('has a schema in order', () => {
    expect(new Ajv2020().validateSchema(lockSchema)).toBe(true);
  });

  it('is the same for the same plugins in any order', () => {
    const a = entry('a', { grantedCapabilities: ['tasks', 'files', 'tasks'] });
    const b = entry('b', { tier: 'sandbox' });
    const text = formatLock([b, a]);
    expect(formatLock([a, b])).toBe(text);
    expect(text.endsWith('}\n')).toBe(true);
    expect(parseLock(text)).toEqual([{ ...a, grantedCapabilities: ['files', 'tasks'] }, b]);
  });

  it('changes by one line for one change', () => {
    const before = formatLock([entry('a', { grantedCapabilities: ['files'] }), entry('b')]).split('\n');
    const after = formatLock([entry('a', { grantedCapabilities: ['files'] }), entry('b', { version: '1.1.0' })]).split(
      '\n',
    );
    expect(after.filter((line, index) => line !== before[index])).toEqual(['      "version": "1.1.0",']);
  });

  it.each([
    ['', /is not JSON/],
    ['null', /must be object/],
    ['{"lockVersion":1}', /plugins/],
    ['{"lockVersion":1,"plugins":{"a":{}}}', /version/],
    ['{"lockVersion":1,"plugins":{},"extra":1}', /extra/],
    [formatLock([entry('a'), entry('b')]).replace('"b"', '"a"'), /\/plugins\/a: stands here twice/],
    [`{"plugins":${'['.repeat(101)}${']'.repeat(101)}}`, /plugins.lock.json: is nested deeper than 100 levels/],
    [formatLock([entry('a', { integrity: 'sha512-x' })]), /integrity/],
    [formatLock([entry('a', { tier: 'root' as 'inline' })]), /tier/],
    [formatLock([entry('A b')]), /plugins/],
  ])('refuses %j', (text, message) => {
    expect(() => parseLock(text)).toThrow(message);
  });
});
