import { describe, expect, it } from 'vitest';
import { slugify, slugSuffix } from './slug.ts';

describe('slugify', () => {
  it.each([
    ['Staff Nurse', 'staff-nurse'],
    ['  Senior   Backend Engineer (Node.js) ', 'senior-backend-engineer-node-js'],
    ['Büroleiter/in für Köln', 'buroleiter-in-fur-koln'],
    ['Infirmière diplômée d’État', 'infirmiere-diplomee-detat'],
    ['Straßenbauer', 'strassenbauer'],
    ['Łódź Øresund Æther', 'lodz-oresund-aether'],
    ['C++ Developer', 'c-plus-plus-developer'],
    ['C# / F# Engineer', 'c-sharp-f-sharp-engineer'],
    ['R&D Lead', 'r-and-d-lead'],
    ['#1 Nurse!!!', '1-nurse'],
    ['Инженер', 'inzhener'],
    ['Йога-тренер', 'ioga-trener'],
    ['Ψυχολόγος', 'psychologos'],
    ['看護師', 'job'],
    ['!!!', 'job'],
    ['<script>alert(1)</script>', 'script-alert-1-script'],
  ])('%s → %s', (title, slug) => {
    expect(slugify(title)).toBe(slug);
  });

  it('ends at a word, within 80 characters', () => {
    const slug = slugify('word '.repeat(60));
    expect(slug.length).toBeLessThanOrEqual(80);
    expect(slug).toMatch(/^(word-)*word$/);
    expect(slugify('x'.repeat(200))).toBe('x'.repeat(80));
  });

  it('always fits the column', () => {
    for (let code = 32; code < 0x500; code++) {
      expect(slugify(`a${String.fromCodePoint(code)}b`)).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    }
  });
});

describe('slugSuffix', () => {
  it('is six letters or digits', () => {
    expect(slugSuffix()).toMatch(/^[a-z0-9]{6}$/);
    expect(slugSuffix(() => 0)).toBe('000000');
    expect(slugSuffix(() => 0.9999)).toBe('zzzzzz');
  });
});
