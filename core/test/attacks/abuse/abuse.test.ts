import type { JsonObject } from '@bazaar/sdk';
import { afterAll, expect, it } from 'vitest';
import type { Arena } from '../support/arena.ts';
import type { Answer } from '../support/attack.ts';
import { startInternet } from '../support/internet.ts';
import { besiege } from '../support/siege.ts';
import { fillVault, VAULT } from '../support/vault.ts';
import { DATABASE } from './database.ts';
import { FLOODS, HANGING, STORM } from './floods.ts';
import { networkAttacks } from './network.ts';
import { OTHERS } from './others.ts';
import { SCHEMAS } from './schemas.ts';
import { SQL } from './sql.ts';
import { PLANTED, TENANTS } from './tenants.ts';

const internet = await startInternet();
afterAll(() => internet.close());

const hanging: Promise<Answer[]>[] = [];

async function prepare(arena: Arena): Promise<void> {
  Object.assign(arena.known, await fillVault(arena));
  for (const { name } of TENANTS) await arena.call(name, { tenant: 'second' });
  // They hang while all others attack.
  for (const { name, atOnce = 1 } of HANGING) {
    hanging.push(Promise.all(Array.from({ length: atOnce }, () => arena.call(name))));
  }
}

function more(arena: () => Arena): void {
  it('another tenant’s rows are as they were', async () => {
    for (const { name } of TENANTS) {
      const { body } = await arena().call(name, { tenant: 'second' });
      expect([name, body.bodies]).toEqual([name, [PLANTED]]);
    }
  });

  it('nobody reached the inside of the network', () => expect(internet.intruders).toEqual([]));

  it('the tasks of another plugin are open still', async () => {
    const { items } = await arena()
      .client('owner')
      .json<{ items: JsonObject[] }>('GET', '/api/tasks', { query: { limit: 100 } });
    expect(items.map(({ kind }) => kind)).toContain('MIND_SECRET');
    expect(items.map(({ kind }) => kind)).not.toContain('TRUST_ME');
  });

  it('what hangs is given up', async () => {
    for (const answer of (await Promise.all(hanging)).flat()) {
      expect(['deadline-passed', 'sandbox-busy', 'sandbox-stopped']).toContain(answer.body.reason);
    }
  });

  it('an endless storm of events of one plugin leaves the others in peace', async () => {
    const before = await arena().quiet(1_000);
    expect((await arena().call(STORM.name)).status).toBe(200);
    const during = await arena().quiet(8_000);
    for (const [name, { failures }] of Object.entries(during)) expect(failures, name).toEqual([]);
    expect(during.healthz?.p99).toBeLessThan(Math.max(50, 3 * (before.healthz?.p99 ?? 0)));
    await arena().client('owner').json('POST', `/api/plugins/${STORM.name}/disable`);
  });
}

besiege(
  'abusing what is granted',
  [...TENANTS, ...OTHERS, ...networkAttacks(internet.insidePort), ...SQL, ...DATABASE, ...SCHEMAS, ...FLOODS],
  {
    victims: [VAULT],
    accomplices: [...HANGING, STORM],
    env: internet.env,
    preload: internet.preload,
    prepare,
    more,
  },
);
