import { describe, expect, it } from 'vitest';
import { PluginVersion } from './plugin-version.ts';
import { judge, type Trace } from './suspects.ts';

const plugins = new Map(
  ['a', 'b', 'c'].map((id, index) => [id, new PluginVersion({ id, version: '1.0.0', publisher: 'p' }, index, '', '')]),
);

/** `a` is at work, `A` computes without rest, `(a)` has nothing to do, `(A)` computed a moment ago. */
function traces(text: string): Trace[] {
  return text.split(' ').flatMap((word) => {
    const plugin = plugins.get(word.replace(/[()]/g, '').toLowerCase());
    return plugin ? [{ plugin, isActive: !word.startsWith('('), wasHot: /[A-Z]/.test(word) }] : [];
  });
}

describe('who has ended a process', () => {
  it.each([
    ['a', 'a', 'a'],
    ['a a', 'a', 'a'],
    ['a (b)', 'a', 'a'],
    ['a B', 'b', 'b'],
    ['a (B)', 'b', 'b'],
    ['a b', undefined, 'a b'],
    ['A B c', undefined, 'a b c'],
    ['(a) (b)', undefined, ''],
  ])('%s', (text, culprit, suspects) => {
    const verdict = judge(traces(text), undefined, false);
    expect(verdict.culprit?.id).toBe(culprit);
    expect([...verdict.suspects].map(({ id }) => id).join(' ')).toBe(suspects);
  });

  it('is the one that the process named', () => {
    expect(judge(traces('a B'), plugins.get('c'), false).culprit?.id).toBe('c');
  });

  it.each([
    ['a', undefined, 'a'],
    ['a B', 'b', 'b'],
  ])('%s, by what may have been done long before', (text, culprit, suspects) => {
    const verdict = judge(traces(text), undefined, true);
    expect(verdict.culprit?.id).toBe(culprit);
    expect([...verdict.suspects].map(({ id }) => id).join(' ')).toBe(suspects);
  });
});
