import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface ToyPlugin {
  id: string;
  tables: number;
  queries: number;
}

const ROW = {
  type: 'object',
  required: ['id', 'name', 'amount'],
  properties: { id: { type: 'string' }, name: { type: 'string' }, amount: { type: 'integer' } },
};

function manifest(id: string): object {
  return {
    id,
    name: `Toy ${id}`,
    version: '1.0.0',
    sdk: '^1.0.0',
    description: 'Made by the benchmark.',
    publisher: 'bench',
    category: 'bench',
    permissions: [{ name: 'things.use', title: 'Use things' }],
    actions: [
      {
        name: 'things.list',
        summary: 'List things',
        effect: 'read',
        permission: 'things.use',
        http: { method: 'GET', path: '/things' },
        input: { type: 'object', properties: {}, additionalProperties: false },
        output: { type: 'object', required: ['items'], properties: { items: { type: 'array', items: ROW } } },
      },
      {
        name: 'things.create',
        summary: 'Make a thing',
        effect: 'write',
        permission: 'things.use',
        http: { method: 'POST', path: '/things', status: 201 },
        input: {
          type: 'object',
          required: ['name', 'amount'],
          properties: { name: { type: 'string', maxLength: 200 }, amount: { type: 'integer' } },
          additionalProperties: false,
        },
        output: ROW,
      },
    ],
  };
}

const HANDLERS = `import { definePlugin } from '@bazaar/sdk';

export default definePlugin({
  actions: {
    'things.list': async (ctx) => ({ items: await ctx.queries.newestThings({}) }),
    'things.create': async (ctx, { name, amount }) => {
      const { id } = await ctx.db.things0.insert({ name, amount });
      return { id, name, amount };
    },
  },
});
`;

function table(number: number): string {
  return `create table things${number} (
  tenant_id uuid not null default bazaar.current_tenant(),
  id uuid not null default gen_random_uuid(),
  name text not null,
  amount integer not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index things${number}_newest on things${number} (tenant_id, created_at desc);
select bazaar.protect('things${number}');
`;
}

/** Writes a package with so many tables and named queries below a folder; returns its own folder. */
export function writeToyPlugin(below: string, { id, tables, queries }: ToyPlugin): string {
  const folder = join(below, id);
  const files: Record<string, string> = {
    'package.json': JSON.stringify({ name: id, version: '1.0.0', type: 'module', exports: './src/plugin.ts' }),
    'plugin.json': JSON.stringify(manifest(id)),
    'src/plugin.ts': HANDLERS,
    'migrations/0001-things.sql': Array.from({ length: tables }, (_one, number) => table(number)).join('\n'),
    'queries/newest-things.sql': 'select id, name, amount from things0 order by created_at desc limit 20;\n',
  };
  for (let number = 1; number < queries; number++) {
    files[`queries/total-${number}.sql`] =
      `select count(*) as things, coalesce(sum(amount), 0) as amount from things${number % tables}
  where amount > :least and name ilike :pattern;\n`;
  }
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}
