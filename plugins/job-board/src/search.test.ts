import { describe, expect, it } from 'vitest';
import { containsPattern, searchText, searchWords } from './search.ts';

describe('searchText', () => {
  it('keeps each word once, folded', () => {
    expect(searchText(['Krankenpfleger, Zürich', null, undefined, ['ICU', 'icu', 'Pflege']])).toBe(
      'krankenpfleger zurich icu pflege',
    );
  });

  it('is empty for nothing', () => {
    expect(searchText([null, [], undefined])).toBe('');
  });
});

describe('searchWords', () => {
  it.each([
    [undefined, null],
    ['', null],
    ['  -- ', null],
    ['nur', 'nur:*'],
    ['Nurse  zür', 'nurse:* & zur:*'],
    ["a & !b | (c) <-> 'd' :* \\", 'a:* & b:* & c:* & d:*'],
    ['C++', 'c:*'],
  ])('%j → %j', (typed, words) => {
    expect(searchWords(typed)).toBe(words);
  });

  it('looks at no more than ten words', () => {
    expect(searchWords('x '.repeat(500))?.split(' & ')).toHaveLength(10);
  });

  it('finds what searchText stores', () => {
    const stored = searchText(['Café-Leitung', ['PostgreSQL']]).split(' ');
    for (const typed of ['cafe', 'CAFÉ', 'leit', 'postgres']) {
      const prefix = searchWords(typed)?.replace(':*', '') ?? '';
      expect(stored.some((word) => word.startsWith(prefix))).toBe(true);
    }
  });
});

describe('containsPattern', () => {
  it.each([
    [undefined, null],
    ['   ', null],
    ['Köln', '%Köln%'],
    ['100%_\\', '%100\\%\\_\\\\%'],
  ])('%j → %j', (typed, pattern) => {
    expect(containsPattern(typed)).toBe(pattern);
  });
});
