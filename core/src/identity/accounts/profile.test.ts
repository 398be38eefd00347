import { describe, expect, it } from 'vitest';
import { mergeProfile, preferencesOf } from './profile.ts';

describe('a profile', () => {
  it('keeps what is not mentioned, and forgets what is emptied', () => {
    const known = { phone: '+49 30 1', bio: 'Nurse' };
    expect(mergeProfile(known, { phone: ' +49 30 2 ', location: '' })).toEqual({ phone: '+49 30 2', bio: 'Nurse' });
    expect(mergeProfile(known, { bio: ' ', phone: '' })).toEqual({});
  });
});

describe('preferences', () => {
  it('are as most people want them until they say otherwise', () => {
    const all = { notifications: { licences: true }, privacy: { shareProfile: true, shareLastSignIn: true } };
    expect(preferencesOf({})).toEqual(all);
    expect(preferencesOf({ privacy: { shareProfile: false } })).toEqual({
      ...all,
      privacy: { shareProfile: false, shareLastSignIn: true },
    });
  });
});
