import type { Attack } from '../support/attack.ts';

const ROWS = `create table rows (
  tenant_id uuid not null default bazaar.current_tenant(),
  id uuid not null default gen_random_uuid(),
  body text not null,
  primary key (tenant_id, id)
);
select bazaar.protect('rows');
`;
const FILES = { 'migrations/0001-rows.sql': ROWS };
/** Whatever it is answered with, so long as it ends. */
const ENDS: Attack['ends'] = { kind: 'refused', status: 200, code: '', also: [200, 400, 429, 500, 503] };
const refused = (reason: RegExp): Attack['ends'] => ({ kind: 'not-loaded', reason });

/** Harm by SQL in which every word is allowed. */
export const DATABASE: readonly Attack[] = [
  {
    name: 'inherited-rows',
    tries: 'to read the rows of all tenants through a shared table that their table inherits from',
    manifest: { sharedTables: ['words'] },
    run: `await ctx.db.rows.insert({ body: ctx.tenant.slug });
      return { reached: (await ctx.queries.all({})).filter(({ body }) => body !== ctx.tenant.slug) };`,
    files: {
      'migrations/0001-rows.sql': `create table words (body text not null);
        create table rows (
          tenant_id uuid not null default bazaar.current_tenant(),
          id uuid not null default gen_random_uuid(),
          primary key (tenant_id, id)
        ) inherits (words);
        select bazaar.protect('rows');`,
      'queries/all.sql': 'select body from words',
    },
    ends: refused(/inherit/),
  },
  {
    name: 'giant-cell',
    tries: 'a query whose only value is hundreds of megabytes long',
    effect: 'read',
    run: 'const [row] = await ctx.queries.giant({}); return { length: row.text.length };',
    files: { 'queries/giant.sql': "select repeat('x', 400000000) as text" },
    ends: ENDS,
  },
  {
    name: 'endless-cell',
    tries: 'a query whose only value is longer than any text of the kernel’s can be',
    effect: 'read',
    run: 'const [row] = await ctx.queries.giant({}); return { length: row.text.length };',
    files: { 'queries/giant.sql': "select repeat('x', 1000000000) as text" },
    ends: ENDS,
  },
  {
    name: 'million-rows',
    tries: 'queries with millions of rows, on all connections it can get',
    effect: 'read',
    run: `const all = await Promise.allSettled(Array.from({ length: 10 }, () => ctx.queries.many({})));
      return { reasons: [...new Set(all.map(({ reason }) => reason?.message ?? 'answered'))] };`,
    files: { 'queries/many.sql': 'select n, md5(n::text) as text from generate_series(1, 20000000) n' },
    ends: ENDS,
  },
  {
    name: 'wide-update',
    tries: 'an update that returns all the rows of its table',
    run: `const body = 'x'.repeat(30_000);
      for (let round = 0; round < 8; round += 1) await ctx.db.rows.insertMany(Array.from({ length: 100 }, () => ({ body })));
      const rows = await ctx.db.rows.update({ body: { ne: '' } }, { body });
      return { rows: rows.length };`,
    files: FILES,
    ends: ENDS,
  },
  {
    name: 'hungry-backends',
    tries: 'values of a gigabyte inside of the database, on all connections it can get',
    effect: 'read',
    run: `const all = await Promise.allSettled(Array.from({ length: 10 }, () => ctx.queries.hungry({})));
      return { reasons: [...new Set(all.map(({ reason, value }) => reason?.message ?? JSON.stringify(value)))] };`,
    files: {
      'queries/hungry.sql':
        "select length(t)::int as n from (select repeat(n::text, 900000000) as t from generate_series(1, 9) n offset 0) s where t ~ '^1+$'",
    },
    ends: { kind: 'harmless', output: { reasons: ['This needed too much memory and was stopped.'] } },
  },
  {
    name: 'deaf-functions',
    tries: 'functions of the database that nothing can interrupt, at once for three tenants',
    effect: 'read',
    run: "return { said: await ctx.queries.deaf({}).then(() => 'answered', ({ message }) => message) };",
    files: {
      // Each takes a little longer than the fifteen seconds after which it is given up: longer ones would work on beside
      // all attacks that follow, and keep databases from being dropped.
      'queries/deaf.sql': "select length(translate(repeat('x', 80000), repeat('ab', 40000), ''))::int as n",
    },
    ends: {
      kind: 'stopped',
      answers: [200, 503],
      reason: /left the database at a statement that nothing can interrupt/,
    },
  },
  {
    name: 'bushy-condition',
    tries: 'a condition of hundreds of thousands of alternatives',
    effect: 'read',
    run: `const leaf = Array.from({ length: 60 }, () => ({ body: 'x' }));
      const branch = Array.from({ length: 60 }, () => ({ or: leaf }));
      const where = { or: Array.from({ length: 60 }, () => ({ or: branch })) };
      const said = await ctx.db.rows.find({ where }).then(() => 'found', ({ message }) => message);
      return { said };`,
    files: FILES,
    ends: ENDS,
  },
  {
    name: 'copied-rows',
    tries: 'to fill the disk by queries that write hundreds of thousands of rows each',
    run: `let rounds = 0;
      for (; rounds < 1_000; rounds += 1) await ctx.queries.fill({});
      return { rounds };`,
    files: {
      ...FILES,
      'queries/fill.sql':
        'insert into rows (body) select md5(n::text) || md5((n + 1)::text) from generate_series(1, 50000) n',
    },
    ends: { kind: 'refused', status: 429, code: 'quota-exceeded', also: [503] },
  },
  {
    name: 'heavy-events',
    tries: 'to commit a thousand events of 64 KB at once',
    manifest: {
      events: [
        {
          name: 'thing.happened',
          version: 1,
          description: 'Something happened.',
          subject: 'id',
          payload: {
            type: 'object',
            properties: { id: { type: 'string' }, text: { type: 'string' } },
            required: ['id', 'text'],
          },
        },
      ],
    },
    run: `const text = 'x'.repeat(64_000);
      for (let i = 0; i < 1_000; i += 1) await ctx.events.emit('thing.happened', { id: String(i), text });
      return {};`,
    ends: ENDS,
  },
];
