import { describe, expect, it } from 'vitest';
import { conditions, likeContaining } from './conditions.ts';

describe('conditions', () => {
  it('number their parameters and leave out what was not given', () => {
    const found = conditions()
      .add('a = ?', 1)
      .add('b = ?', undefined)
      .add('(c, d) > (?, ?) or e', 'x', 'y')
      .add('f = ?', null);
    expect(found.where()).toBe('where (a = $1) and ((c, d) > ($2, $3) or e)');
    expect(found.parameter(20)).toBe('$4');
    expect(found.values).toEqual([1, 'x', 'y', 20]);
    expect(conditions().where()).toBe('');
  });

  it('keep the value false', () => {
    expect(conditions().add('open = ?', false).values).toEqual([false]);
  });

  it('take search text literally', () => {
    expect(likeContaining(' 50%_\\ ')).toBe('%50\\%\\_\\\\%');
  });

  it.each([undefined, '', '  '])('search for nothing where the text is %j', (text) => {
    expect(likeContaining(text)).toBeUndefined();
  });
});
