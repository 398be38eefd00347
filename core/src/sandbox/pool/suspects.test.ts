import { describe, expect, it } from 'vitest';
import type { IsolateSlot } from './isolate-slot.ts';
import { PluginVersion } from './plugin-version.ts';
import { judge } from './suspects.ts';

const plugins = new Map(
  ['a', 'b', 'c'].map((id, index) => [id, new PluginVersion({ id, version: '1.0.0', publisher: 'p' }, index, '', '')]),
);

/** `a` is at work, `A` computes without rest, `(a)` has nothing to do. */
function isolates(text: string): IsolateSlot[] {
  return text.split(' ').map((word) => {
    const plugin = plugins.get(word.replace(/[()]/g, '').toLowerCase());
    const isHot = /^[A-Z]/.test(word);
    return { plugin, isActive: () => !word.startsWith('('), wasHot: () => isHot } as unknown as IsolateSlot;
  });
}

describe('who has ended a process', () => {
  it.each([
    ['a', 'a', 'a'],
    ['a a', 'a', 'a'],
    ['a (b)', 'a', 'a'],
    ['a B', 'b', 'b'],
    ['a b', undefined, 'a b'],
    ['A B c', undefined, 'a b c'],
    ['(a) (b)', undefined, ''],
  ])('%s', (text, culprit, suspects) => {
    const verdict = judge(isolates(text), undefined, 0);
    expect(verdict.culprit?.id).toBe(culprit);
    expect([...verdict.suspects].map(({ id }) => id).join(' ')).toBe(suspects);
  });

  it('is the one that the process named', () => {
    expect(judge(isolates('a B'), plugins.get('c'), 0).culprit?.id).toBe('c');
  });
});
