import { Problem } from '@bazaar/sdk';
import { describe, expect, it } from 'vitest';
import { type JobFields, newFields } from './fields.ts';
import { fieldFailures, publishFailures, refuseUnpublishable, refuseWrongFields } from './rules.ts';

const TODAY = '2026-11-21';
const good = newFields({
  title: 'Staff Nurse',
  description: 'Care for patients on a ward of 24 beds together with a small team.',
  city: 'Chicago',
  country: 'US',
});
const pointers = (fields: JobFields) => fieldFailures(fields).map(({ pointer }) => pointer);
const publishPointers = (fields: JobFields) => publishFailures(fields, TODAY).map(({ pointer }) => pointer);

describe('rules of every job', () => {
  it('accept a blank draft with a title', () => {
    expect(pointers(newFields({ title: 'Any' }))).toEqual([]);
  });

  it.each<[string, Partial<JobFields>, string[]]>([
    ['a blank title', { title: '' }, ['/title']],
    ['max below min', { salaryMin: 10, salaryMax: 9, salaryCurrency: 'USD', salaryUnit: 'HOUR' }, ['/salaryMax']],
    ['pay without unit', { salaryMin: 10, salaryCurrency: 'USD' }, ['/salaryUnit']],
    ['a bonus without currency', { signOnBonus: 10 }, ['/salaryCurrency']],
    ['no such currency', { salaryCurrency: 'XQQ' }, ['/salaryCurrency']],
    ['years the wrong way round', { minYearsExperience: 5, maxYearsExperience: 2 }, ['/maxYearsExperience']],
    ['an end before the start', { startDate: '2026-12-02', endDate: '2026-12-01' }, ['/endDate']],
    ['a duration of what?', { duration: 13 }, ['/durationUnit']],
    ['half a shift', { shiftStart: '07:00' }, ['/shiftEnd']],
    ['the other half', { shiftEnd: '07:00' }, ['/shiftStart']],
    ['no such country', { country: 'ZQ' }, ['/country']],
    ['no such remote country', { remoteCountries: ['US', 'QX'] }, ['/remoteCountries/1']],
    [
      'no such country of a further place',
      { furtherLocations: [{ city: 'X', country: 'QX' }] },
      ['/furtherLocations/0/country'],
    ],
  ])('refuse %s', (_case, change, expected) => {
    expect(pointers({ ...good, ...change })).toEqual(expected);
  });

  it('are all told at once, one message a field', () => {
    const wrong = { ...good, title: '', salaryMin: 10, salaryMax: 5 };
    expect(pointers(wrong).sort()).toEqual(['/salaryCurrency', '/salaryMax', '/salaryUnit', '/title']);
    expect(() => refuseWrongFields(wrong)).toThrow('4 fields need your attention.');
  });
});

describe('rules of publishing', () => {
  it('accept what is complete', () => {
    expect(publishPointers(good)).toEqual([]);
    expect(publishPointers({ ...good, deadline: TODAY })).toEqual([]);
    expect(
      publishPointers({ ...good, workMode: 'remote', city: null, country: null, remoteCountries: ['DE'] }),
    ).toEqual([]);
  });

  it.each<[string, Partial<JobFields>, string[]]>([
    ['no description', { description: '' }, ['/description']],
    ['a description that is the title', { title: 'x'.repeat(60), description: 'X'.repeat(60) }, ['/description']],
    ['a title that shouts', { title: 'Nurses!!! Apply' }, ['/title']],
    ['a title without words', { title: '12345' }, ['/title']],
    ['no place', { city: null, country: null }, ['/city', '/country']],
    ['remote from nowhere', { workMode: 'remote', city: null, country: null }, ['/remoteCountries']],
    [
      'a further place without city',
      { furtherLocations: [{ city: null, country: 'US' }] },
      ['/furtherLocations/0/city'],
    ],
    ['a deadline that has passed', { deadline: '2026-11-20' }, ['/deadline']],
    ['what no job may have', { salaryMin: 2, salaryMax: 1, salaryCurrency: 'USD', salaryUnit: 'YEAR' }, ['/salaryMax']],
  ])('refuse %s', (_case, change, expected) => {
    expect(publishPointers({ ...good, ...change })).toEqual(expected);
  });

  it('are refused as not publishable, with the fields', () => {
    try {
      refuseUnpublishable({ ...good, city: null }, TODAY);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(Problem);
      expect(error).toMatchObject({ code: 'unprocessable', reason: 'not-publishable', errors: [{ pointer: '/city' }] });
    }
  });
});
