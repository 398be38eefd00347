import { type Attack, HARMLESS, NOTHING_REACHED, STOPPED } from '../support/attack.ts';

const ROWS = {
  'migrations/0001-rows.sql': `create table rows (
    tenant_id uuid not null default bazaar.current_tenant(),
    id uuid not null default gen_random_uuid(),
    n integer not null,
    primary key (tenant_id, id)
  );
  select bazaar.protect('rows');
`,
};
const wants = (...capabilities: string[]) => ({
  capabilities: capabilities.map((capability) => ({ capability, reason: 'Because it wants to' })),
});
/** Whatever a flood is answered with, so long as it ends. */
const ENDS: Attack['ends'] = { kind: 'refused', status: 200, code: '', also: [200, 429, 500, 503] };

/** More of everything than anybody needs. */
export const FLOODS: readonly Attack[] = [
  {
    name: 'host-call-flood',
    tries: 'host calls without end, one after the other',
    run: 'for (;;) await ctx.settings.get();',
    ends: { kind: 'refused', status: 429, code: 'quota-exceeded', also: [503] },
  },
  {
    name: 'parallel-flood',
    tries: 'a hundred thousand host calls at once',
    run: `let refused = 0;
      const all = [];
      for (let i = 0; i < 100_000; i += 1) all.push(ctx.settings.get().catch(() => { refused += 1; }));
      await Promise.all(all);
      return { refused };`,
    ends: ENDS,
  },
  {
    name: 'deaf-flood',
    tries: 'host calls at once whose answers it never waits for',
    run: 'for (let i = 0; i < 5_000; i += 1) ctx.db.rows.count({}).catch(() => {}); return {};',
    files: ROWS,
    atOnce: 8,
    ends: ENDS,
  },
  {
    name: 'log-flood',
    tries: 'a hundred thousand log lines',
    run: "for (let i = 0; i < 20_000; i += 1) { ctx.log.error('flood of log lines', { i }); if (i % 200 === 0) await ctx.settings.get(); } return {};",
    ends: ENDS,
  },
  {
    name: 'event-flood',
    tries: 'thousands of events in one call',
    manifest: {
      events: [
        {
          name: 'thing.happened',
          version: 1,
          description: 'Something happened.',
          subject: 'id',
          payload: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
        },
      ],
    },
    run: "for (let i = 0; i < 5_000; i += 1) await ctx.events.emit('thing.happened', { id: String(i) }); return {};",
    ends: { kind: 'refused', status: 500, code: 'plugin-failed', also: [429, 503] },
  },
  {
    name: 'task-flood',
    tries: 'thousands of tasks for people',
    manifest: wants('tasks'),
    run: "for (let i = 0; i < 5_000; i += 1) await ctx.tasks.raise({ kind: 'SPAM', title: 'Spam ' + i, audience: 'attack', key: String(i) }); return {};",
    ends: { kind: 'refused', status: 500, code: 'plugin-failed', also: [429, 503] },
  },
  {
    name: 'progress-flood',
    tries: 'thousands of messages to every browser of the tenant',
    run: "for (let i = 0; i < 9_000; i += 1) await ctx.progress.report('s' + i, 'x'.repeat(100), i % 100); return {};",
    ends: ENDS,
  },
  {
    name: 'row-flood',
    tries: 'to write rows without end',
    run: 'for (;;) await ctx.db.rows.insertMany(Array.from({ length: 1_000 }, (_, n) => ({ n })));',
    files: ROWS,
    ends: { kind: 'refused', status: 429, code: 'quota-exceeded', also: [503] },
  },
  {
    name: 'slow-queries',
    tries: 'queries that keep the database busy without end, on all connections it can get',
    // Work that writes has one connection.
    effect: 'read',
    run: `for (;;) {
        const all = await Promise.allSettled(Array.from({ length: 20 }, () => ctx.queries.slow({})));
        const refused = all.find(({ reason }) => reason?.reason === 'quota-exceeded');
        if (refused) throw refused.reason;
      }`,
    files: {
      'queries/slow.sql':
        'select count(*)::int as n from generate_series(1, 9999) a, generate_series(1, 9999 + a % 2) b, generate_series(1, 9999 + b % 2) c',
    },
    // Each is cancelled after five seconds, and what they have used together stops the call.
    ends: { kind: 'refused', status: 429, code: 'quota-exceeded' },
  },
  {
    name: 'sorted-product',
    tries: 'sorts that fill the disk of the database',
    effect: 'read',
    run: `const all = await Promise.allSettled(Array.from({ length: 10 }, () => ctx.queries.sprawl({})));
      return { reasons: [...new Set(all.map(({ reason }) => reason?.reason))] };`,
    files: {
      'queries/sprawl.sql':
        'select sum(length(t))::int as n from (select n, repeat(md5(n::text), 1000) as t from generate_series(1, 60000) n order by n desc offset 1) s',
    },
    ends: { kind: 'refused', status: 429, code: 'quota-exceeded', also: [200] },
  },
  {
    name: 'nested-flood',
    tries: 'hundreds of calls of another plugin inside of its own',
    manifest: { ...wants('action:vault.ping'), optional: { vault: '^1.0.0' } },
    run: "const all = Array.from({ length: 250 }, () => ctx.actions.call('vault.ping', {}).catch(() => 0)); await Promise.all(all); return {};",
    atOnce: 4,
    ends: ENDS,
  },
  {
    name: 'self-calls',
    tries: 'to call itself until somebody stops it',
    run: `const depth = (input.depth ?? 0) + 1;
      return ctx.actions.call('self-calls.run', { depth }).catch(() => ({ depth, reached: [] }));`,
    atOnce: 3,
    ends: NOTHING_REACHED,
  },
  {
    name: 'quick-deaths',
    tries: 'to be stopped so often that restarting it is the attack',
    run: 'const a = []; for (;;) a.push(new Array(1_000_000).fill(1));',
    atOnce: 4,
    ends: STOPPED,
  },
];

/** Calls that are made at the beginning and last as long as they may. */
export const HANGING: readonly Attack[] = [
  {
    name: 'never-resolves',
    tries: 'a promise that is never resolved',
    run: 'await new Promise(() => {});',
    atOnce: 8,
    ends: HARMLESS,
  },
  {
    name: 'open-transactions',
    tries: 'to hold transactions and their connections for as long as it can',
    run: 'await ctx.db.rows.insert({ n: 1 }); await new Promise(() => {});',
    files: ROWS,
    atOnce: 24,
    ends: HARMLESS,
  },
];

/** Two events for each one that arrives: left to itself, it never ends. */
export const STORM: Attack = {
  name: 'event-storm',
  tries: 'to answer each of its events with two more',
  manifest: {
    events: [
      {
        name: 'echo',
        version: 1,
        description: 'An echo.',
        subject: 'id',
        payload: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
      },
    ],
    subscriptions: [{ event: 'event-storm.echo', version: 1 }],
  },
  module: 'let count = 0;',
  files: {
    'src/plugin.ts': `let count = 0;
      const emit = (ctx) => ctx.events.emit('echo', { id: String((count += 1)) });
      export default {
        actions: { run: async (ctx) => { await emit(ctx); return {}; } },
        subscriptions: { 'event-storm.echo': async (ctx) => { await emit(ctx); await emit(ctx); } },
      };`,
  },
  run: '',
  ends: HARMLESS,
};
