import { type Files, stock } from './stock-package.ts';

const ADDED = {
  name: 'goods.added',
  version: 1,
  description: 'Goods were added.',
  subject: 'id',
  payload: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } },
};

function moduleOf(version: string): string {
  return `import { definePlugin } from '@bazaar/sdk';

export default definePlugin({
  actions: {
    'goods.list': async (ctx) => ({ version: '${version}', goods: await ctx.queries.allGoods({}) }),
    'goods.add': async (ctx, { name }) => {
      const { id } = await ctx.db.goods.insert({ name });
      await ctx.events.emit('goods.added', { id });
      return { id };
    },
  },
});
`;
}

/** Keeps goods and tells of each; with as many migrations on top of its first as it is told. */
export function telling(id: string, version: string, migrations = 0): Files {
  const more = Array.from({ length: migrations }, (_, index) => [
    `migrations/${String(index + 2).padStart(4, '0')}-more.sql`,
    `alter table goods add column more_${index} integer not null default ${index};\ncreate index goods_more_${index} on goods (tenant_id, more_${index});\n`,
  ]);
  return stock(
    version,
    {
      'src/plugin.ts': moduleOf(version),
      'queries/all-goods.sql': 'select * from goods order by created_at desc, id limit 10\n',
      ...(Object.fromEntries(more) as Files),
    },
    { id, name: id, events: [ADDED] },
  );
}

/** Writes down whatever it hears of, once for each time. */
export function tally(sources: readonly string[]): Files {
  const events = sources.map((source) => `${source}.goods.added`);
  return stock(
    '1.0.0',
    {
      'src/plugin.ts': `import { definePlugin } from '@bazaar/sdk';

export default definePlugin({
  actions: {
    'goods.list': async (ctx) => ({ version: '1.0.0', goods: await ctx.queries.allGoods({}) }),
    'goods.add': async (ctx, { name }) => ({ id: (await ctx.db.goods.insert({ name })).id }),
  },
  subscriptions: {
${events.map((event) => `    '${event}': async (ctx, { payload }) => void (await ctx.db.goods.insert({ name: payload.id })),`).join('\n')}
  },
});
`,
      'queries/all-goods.sql': 'select * from goods order by created_at desc, id limit 10\n',
    },
    {
      id: 'tally',
      name: 'Tally',
      optional: Object.fromEntries(sources.map((source) => [source, '^1.0.0'])),
      capabilities: events.map((event) => ({ capability: `event:${event}`, reason: 'Counts what is added' })),
      subscriptions: events.map((event) => ({ event, version: 1 })),
    },
  );
}
