import { describe, expect, it } from 'vitest';
import { createSealer, deriveKey } from './index.ts';

const SECRET = 'a platform secret of enough length';

describe('deriveKey', () => {
  it('gives each purpose its own key, the same each time', () => {
    expect(deriveKey(SECRET, 'settings')).toEqual(deriveKey(SECRET, 'settings'));
    expect(deriveKey(SECRET, 'settings')).not.toEqual(deriveKey(SECRET, 'access-token'));
    expect(deriveKey(SECRET, 'settings')).toHaveLength(32);
  });

  it('refuses a secret that can be guessed', () => {
    expect(() => deriveKey('short', 'settings')).toThrow('at least 16');
  });
});

describe('sealer', () => {
  const sealer = createSealer(deriveKey(SECRET, 'settings'));

  it('opens what it sealed, and seals the same text differently each time', () => {
    const sealed = sealer.seal('here', 'sk-ünïcode');
    expect(sealer.open('here', sealed)).toBe('sk-ünïcode');
    expect(sealed.includes(Buffer.from('sk-'))).toBe(false);
    expect(sealer.seal('here', 'sk-ünïcode')).not.toEqual(sealed);
    expect(sealer.open('here', sealer.seal('here', ''))).toBe('');
  });

  it('does not open elsewhere, altered, cut short, or with another key', () => {
    const sealed = sealer.seal('here', 'text');
    expect(sealer.open('there', sealed)).toBeNull();
    for (const at of sealed.keys()) {
      const altered = Buffer.from(sealed);
      altered[at] = (altered[at] ?? 0) ^ 1;
      expect(sealer.open('here', altered), `byte ${at}`).toBeNull();
      expect(sealer.open('here', sealed.subarray(0, at)), `length ${at}`).toBeNull();
    }
    expect(createSealer(deriveKey(`${SECRET}!`, 'settings')).open('here', sealed)).toBeNull();
  });
});
