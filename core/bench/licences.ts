import { createChanges } from '../src/caching/index.ts';
import { createLicenceBook, DEFAULT_POLICY } from '../src/licensing/index.ts';
import { type BenchResult, median } from './result.ts';

export const LICENCE_NAMES = ['licence.evaluate'];

const TENANTS = 1_000;
const PLUGINS = ['crm', 'job-board', 'cv-analysis'];
const ROUNDS = 5;
const ROUND_MS = 500;

/** What the database would answer: three licences of each tenant, one of them with seats. */
const ROWS = PLUGINS.map((plugin, index) => ({
  plugin,
  enabled: true,
  kind: 'subscription',
  trialUsed: true,
  plan: 'monthly',
  source: 'subscription:1',
  expiresAt: new Date(Date.now() + 86_400_000 * (index - 1)),
  revokedAt: null,
  entitlements: { ai: true },
  limits: { analyses: 100 },
  seats: index === 0 ? 20 : null,
  holders: index === 0 ? Array.from({ length: 20 }, (_none, seat) => `person-${seat}`) : [],
  reached: null,
}));

/** How many times within a round; in calls a second. */
async function perSecond(work: (turn: number) => unknown): Promise<number> {
  const began = performance.now();
  let turn = 0;
  while (performance.now() - began < ROUND_MS) {
    for (let batch = 0; batch < 1_000; batch += 1) {
      await work(turn);
      turn += 1;
    }
  }
  return (turn / (performance.now() - began)) * 1_000;
}

/** Decisions as every request makes them: of one of many tenants, for a person. Against looking the licence up only. */
export async function benchLicences(): Promise<BenchResult[]> {
  const bus = { publish: async () => {}, on: () => () => {}, onGap: () => () => {} };
  const db = { queryInTenant: async () => ({ rows: ROWS as never[], rowCount: ROWS.length }) };
  const book = createLicenceBook(db, createChanges(bus, { error: () => {} }), DEFAULT_POLICY, () => new Date());
  const tenants = Array.from({ length: TENANTS }, (_none, index) => `tenant-${index}`);
  const tenantOf = (turn: number): string => tenants[turn % TENANTS] ?? '';
  const pluginOf = (turn: number): string => PLUGINS[turn % PLUGINS.length] ?? '';
  const scope = { effect: 'write', userId: 'person-7' } as const;
  const decide = (turn: number) => book.decide(tenantOf(turn), pluginOf(turn), scope);
  const look = async (turn: number) => (await book.of(tenantOf(turn))).licences.get(pluginOf(turn));
  const [values, baselines]: [number[], number[]] = [[], []];
  await perSecond(decide);
  for (let round = 0; round < ROUNDS; round += 1) {
    values.push(await perSecond(decide));
    baselines.push(await perSecond(look));
  }
  book.close();
  const [value, baseline] = [median(values), median(baselines)];
  const note = `one of ${TENANTS} tenants, with a seat, in one process; against the look-up alone`;
  return [
    {
      name: 'licence.evaluate',
      value,
      unit: 'decisions/s',
      baseline,
      ratio: value / baseline,
      p50: null,
      p99: null,
      note,
    },
  ];
}
