import { expect, it } from 'vitest';
import { besiege, survive } from '../support/siege.ts';
import { TRACES } from './traces.ts';

besiege('leaving something behind', [], {
  accomplices: TRACES,
  more: (arena) =>
    it.each(TRACES)('$name: $tries', (attack) =>
      survive(arena(), { ...attack, input: { leave: true } }, async () => {
        const [, , neighbour] = TRACES.filter(({ name }) => name !== attack.name);
        // Another tenant, before and after the first one again; and another plugin of the same publisher.
        for (const tenant of ['second', 'third']) {
          expect([tenant, (await arena().call(attack.name, { tenant })).body.found]).toEqual([tenant, []]);
        }
        await arena().call(attack.name, { input: { leave: true } });
        expect((await arena().call(attack.name, { tenant: 'second' })).body.found).toEqual([]);
        const beside = await arena().call(neighbour?.name ?? '', { tenant: 'third' });
        expect(beside.body.found).toEqual([]);
      }),
    ),
});
