import { describe, expect, it } from 'vitest';
import { derivedColumns, newFields, tidy } from './fields.ts';

describe('tidy', () => {
  it('trims, empties, and drops repetitions; only what was given', () => {
    expect(
      tidy({
        title: '  Nurse ',
        summary: '   ',
        description: '  ',
        requiredSkills: [' React', 'react ', '', 'CSS'],
        salaryMin: 5,
        isHot: false,
      }),
    ).toEqual({
      title: 'Nurse',
      summary: null,
      description: '',
      requiredSkills: ['React', 'CSS'],
      salaryMin: 5,
      isHot: false,
    });
  });

  it('passes null on and ignores what is no field', () => {
    const entered = { title: 'X', city: null, id: 'another', slug: 'mine' };
    expect(tidy(entered)).toEqual({ title: 'X', city: null });
  });
});

describe('newFields', () => {
  it('takes a skill that is required out of the welcome ones', () => {
    const { preferredSkills } = newFields({ title: 'X', requiredSkills: ['SQL'], preferredSkills: ['sql', 'R'] });
    expect(preferredSkills).toEqual(['R']);
  });
});

describe('derivedColumns', () => {
  it('makes the place and the words to search', () => {
    const fields = newFields({
      title: 'Ärztin',
      city: 'Köln',
      country: 'DE',
      requiredSkills: ['Chirurgie'],
      clientName: 'Secret AG',
    });
    const { location, searchText } = derivedColumns(fields);
    expect(location).toBe('Köln, Germany');
    expect(searchText.split(' ')).toEqual(expect.arrayContaining(['arztin', 'koln', 'germany', 'chirurgie']));
  });

  it('keeps the client out of what visitors search', () => {
    expect(derivedColumns(newFields({ title: 'X', clientName: 'Secret AG' })).searchText).not.toContain('secret');
  });
});
