import { expect, it } from 'vitest';
import type { Attack } from '../support/attack.ts';
import { besiege } from '../support/siege.ts';
import { LOOPS } from './loops.ts';
import { NATIVES } from './natives.ts';

const CLUMSY: Attack = {
  name: 'clumsy',
  tries: 'nothing; it only loops for some inputs',
  run: 'if (input.loop) for (;;); return { fine: true };',
  ends: { kind: 'harmless' },
};

besiege('computing without end', [...LOOPS, ...NATIVES], {
  accomplices: [CLUMSY],
  more: (arena) =>
    it('a plugin that is stopped twice serves on, for all tenants', async () => {
      const { name } = CLUMSY;
      for (const tenant of ['first', 'second']) {
        const stopped = await arena().call(name, { tenant, input: { loop: true } });
        expect(stopped.body).toMatchObject({ status: 503, code: 'unavailable', reason: 'sandbox-stopped' });
        expect(stopped.body.detail).toMatch(
          /"run" of clumsy was stopped because it used more than 2 s of processor time/,
        );
      }
      for (const tenant of ['first', 'second', 'third']) {
        expect((await arena().call(name, { tenant })).body).toEqual({ fine: true });
      }
      expect((await arena().stateOf(name)).ready).toMatchObject({ state: 'active' });
    }),
});
