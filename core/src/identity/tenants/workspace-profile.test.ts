import { describe, expect, it } from 'vitest';
import { changedFields, mergeProfile, profileError } from './workspace-profile.ts';

const NOW = new Date('2026-11-21T12:00:00Z');

describe('the profile of a workspace', () => {
  it('keeps what is not mentioned, and forgets what is emptied', () => {
    const known = { website: 'https://acme.test', foundedYear: 1999 };
    const merged = mergeProfile(known, { headquarters: '  Berlin ', website: null, description: ' ' });
    expect(merged).toEqual({ foundedYear: 1999, headquarters: 'Berlin' });
  });

  it('says by name what has changed, whichever side it is on', () => {
    const before = { name: 'Acme', size: '1-10', website: 'https://acme.test' };
    const after = { name: 'Acme', size: '11-50', headquarters: 'Berlin' };
    expect(changedFields(before, after)).toEqual(['headquarters', 'size', 'website']);
    expect(changedFields(before, { ...before })).toEqual([]);
  });

  it.each(['https://acme.test', 'HTTP://acme.test/a?b#c', 'https://münchen.test'])('leads to %s', (website) => {
    expect(profileError({ website }, NOW)).toBeNull();
  });

  it.each([
    'javascript:alert(1)',
    'mailto:a@b.test',
    'https://',
    'http:acme.test',
    'https://[',
    'ftp://acme.test',
    'https://bank.test@evil.test/',
    'https://bank.test:443@evil.test/',
  ])('does not lead to %s', (website) => {
    expect(profileError({ website }, NOW)).toMatchObject({ pointer: '/profile/website' });
  });

  it('begins no later than this year', () => {
    expect(profileError({ foundedYear: 2026 }, NOW)).toBeNull();
    expect(profileError({ foundedYear: 2027 }, NOW)).toMatchObject({ pointer: '/profile/foundedYear' });
  });

  it('may say nothing at all', () => {
    expect(profileError({ website: null, foundedYear: null }, NOW)).toBeNull();
  });
});
