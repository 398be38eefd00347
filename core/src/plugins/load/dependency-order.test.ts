import { describe, expect, it } from 'vitest';
import { type Dependent, dependencyOrder } from './dependency-order.ts';

function plugin(id: string, requires: Record<string, string> = {}, optional: Record<string, string> = {}): Dependent {
  return { id, version: '1.2.0', requires, optional };
}

describe('order of loading', () => {
  it('puts what is required first', () => {
    const { order, failures } = dependencyOrder([plugin('a', { c: '^1.0.0' }), plugin('b'), plugin('c', { b: '1.x' })]);
    expect(order).toEqual(['b', 'c', 'a']);
    expect(failures.size).toBe(0);
  });

  it('puts what is used optionally first, unless that is a circle', () => {
    expect(dependencyOrder([plugin('a', {}, { b: '*' }), plugin('b')]).order).toEqual(['b', 'a']);
    expect(dependencyOrder([plugin('a', {}, { b: '*' }), plugin('b', { a: '*' })]).order).toEqual(['a', 'b']);
    expect(dependencyOrder([plugin('a', {}, { b: '*' }), plugin('b', {}, { a: '*' })]).order).toEqual(['a', 'b']);
    expect(dependencyOrder([plugin('a', {}, { missing: '*' })]).order).toEqual(['a']);
  });

  it('names circles in full, and fails what requires them', () => {
    const { order, failures } = dependencyOrder([
      plugin('a', { b: '*' }),
      plugin('b', { c: '*' }),
      plugin('c', { a: '*' }),
      plugin('d', { a: '*' }),
      plugin('e'),
    ]);
    expect(order).toEqual(['e']);
    expect(failures.get('a')).toBe('plugins require one another in a circle: a → b → c → a');
    expect(failures.get('b')).toBe('plugins require one another in a circle: b → c → a → b');
    expect(failures.get('c')).toBe('plugins require one another in a circle: c → a → b → c');
    expect(failures.get('d')).toBe('requires the plugin "a", which could not be loaded');
  });

  it('says what is missing or of the wrong version', () => {
    const { order, failures } = dependencyOrder([
      plugin('a', { nowhere: '^1.0.0', c: '^2.0.0' }),
      plugin('b', { a: '*' }),
      plugin('c'),
    ]);
    expect(order).toEqual(['c']);
    expect(failures.get('a')).toBe(
      'requires the plugin "nowhere" (^1.0.0), which is not installed; requires "c" in version ^2.0.0, but 1.2.0 is installed',
    );
    expect(failures.get('b')).toMatch(/requires the plugin "a"/);
  });
});
