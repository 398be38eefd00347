import * as argon2 from '@node-rs/argon2';
import * as bcrypt from '@node-rs/bcrypt';
import { describe, expect, it } from 'vitest';
import { hashPassword, isOutdated, verifyPassword } from './passwords.ts';

describe('passwords', () => {
  it('are hashed with argon2id and a salt of their own', async () => {
    const [first, second] = await Promise.all([hashPassword('bazaar-demo-1'), hashPassword('bazaar-demo-1')]);
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(first).not.toBe(second);
    expect(isOutdated(first)).toBe(false);
    expect(await verifyPassword('bazaar-demo-1', first)).toBe(true);
    expect(await verifyPassword('bazaar-demo-2', first)).toBe(false);
  });

  it('are accepted from bcrypt, and marked for replacement', async () => {
    const stored = await bcrypt.hash('bazaar-demo-1', { cost: 4 });
    for (const prefix of ['$2a$', '$2b$', '$2y$']) {
      const hash = stored.replace(/^\$2.\$/, prefix);
      expect(await verifyPassword('bazaar-demo-1', hash)).toBe(true);
      expect(await verifyPassword('wrong', hash)).toBe(false);
      expect(isOutdated(hash)).toBe(true);
    }
  });

  it('hashed with weaker parameters are marked for replacement', async () => {
    const weak = await argon2.hash('bazaar-demo-1', { memoryCost: 8192, timeCost: 1, parallelism: 1 });
    expect(await verifyPassword('bazaar-demo-1', weak)).toBe(true);
    expect(isOutdated(weak)).toBe(true);
  });

  it('never match an account without a password, at the cost of a wrong one', async () => {
    const stored = await hashPassword('bazaar-demo-1');
    const cost = async (hash: string | null): Promise<number> => {
      const from = performance.now();
      expect(await verifyPassword('wrong', hash)).toBe(false);
      return performance.now() - from;
    };
    // The least of several, taken in turns: others work on this machine.
    let [wrong, unknown] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let turn = 0; turn < 9; turn++) {
      wrong = Math.min(wrong, await cost(stored));
      unknown = Math.min(unknown, await cost(null));
    }
    expect(unknown / wrong).toBeGreaterThan(0.4);
    expect(unknown / wrong).toBeLessThan(2.5);
  });
});
