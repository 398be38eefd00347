import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { packArchive, readPluginPackage } from '../../../src/plugins/index.ts';

/** Path below the package → content. */
export type Files = Record<string, string>;

const TABLE = (name: string, columns: string) => `create table ${name} (
  tenant_id uuid not null default bazaar.current_tenant(),
  id uuid not null default gen_random_uuid(),
  ${columns},
  primary key (tenant_id, id)
);
select bazaar.protect('${name}');
`;

const TABLES = [
  TABLE('places', 'name text not null'),
  TABLE('goods', 'name text not null, size integer not null default 1, created_at timestamptz not null default now()'),
  TABLE('moves', 'goods_id uuid not null, amount integer not null'),
  TABLE('counts', 'day date not null, amount integer not null'),
  TABLE('labels', 'text text not null'),
].join('\n');

const GOODS = {
  type: 'object',
  required: ['version', 'goods'],
  properties: { version: { type: 'string' }, goods: { type: 'array', items: { type: 'object' } } },
};

function manifestOf(version: string, change: object): object {
  return {
    id: 'stock',
    name: 'Stock',
    version,
    sdk: '^1.0.0',
    description: 'Goods of a tenant, made to try the life of a plugin with.',
    publisher: 'Bazaar',
    category: 'fixtures',
    capabilities: [{ capability: 'tasks', reason: 'Reminds people of what runs out' }],
    permissions: [
      { name: 'read', title: 'See goods' },
      { name: 'write', title: 'Add goods' },
    ],
    roles: { recruiter: ['read', 'write'] },
    actions: [
      {
        name: 'goods.list',
        summary: 'All goods, and the version that answers',
        effect: 'read',
        permission: 'read',
        input: { type: 'object', additionalProperties: false },
        output: GOODS,
        http: { method: 'GET', path: '/goods' },
      },
      {
        name: 'goods.add',
        summary: 'Add goods',
        effect: 'write',
        permission: 'write',
        input: {
          type: 'object',
          additionalProperties: false,
          required: ['name'],
          properties: { name: { type: 'string' } },
        },
        output: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } },
        http: { method: 'POST', path: '/goods' },
      },
    ],
    ...change,
  };
}

function moduleOf(version: string): string {
  return `import { definePlugin } from '@bazaar/sdk';

export default definePlugin({
  actions: {
    'goods.list': async (ctx) => ({ version: '${version}', goods: await ctx.queries.allGoods({}) }),
    'goods.add': async (ctx, { name }) => {
      const { id } = await ctx.db.goods.insert({ name });
      await ctx.tasks.raise({ kind: 'STOCK', title: name, audience: 'read', key: id });
      return { id };
    },
  },
});
`;
}

/** The files of version 1.0.0, unless told otherwise. */
export function stock(version = '1.0.0', files: Files = {}, manifest: object = {}): Files {
  return {
    'package.json': JSON.stringify({ name: '@test/stock', version, type: 'module', exports: './src/plugin.ts' }),
    'plugin.json': JSON.stringify(manifestOf(version, manifest), null, 2),
    'src/plugin.ts': moduleOf(version),
    'migrations/0001-goods.sql': TABLES,
    'queries/all-goods.sql': 'select * from goods order by created_at, id\n',
    'queries/count-goods.sql': 'select count(*) as amount from goods\n',
    ...files,
  };
}

/** 1.0.0, which never comes back from adding something called "spin". */
export function spinning(): Files {
  const module = `import { definePlugin } from '@bazaar/sdk';

export default definePlugin({
  actions: {
    'goods.list': async (ctx) => ({ version: '1.0.0', goods: await ctx.queries.allGoods({}) }),
    'goods.add': async (ctx, { name }) => {
      while (name === 'spin');
      return { id: name };
    },
  },
});
`;
  return stock('1.0.0', { 'src/plugin.ts': module });
}

/** 1.0.0 can serve beside it: `select *` goes on returning the columns it knows. */
export function coloured(version = '1.1.0', files: Files = {}, manifest: object = {}): Files {
  const migration =
    "alter table goods add column colour text not null default 'grey';\n-- down\nalter table goods drop column colour;\n";
  return stock(version, { 'migrations/0002-colour.sql': migration, ...files }, manifest);
}

/** 1.0.0 and 1.1.0 cannot serve beside it. */
export function renamed(version = '2.0.0'): Files {
  return coloured(version, { 'migrations/0003-size.sql': 'alter table goods rename column size to volume;\n' });
}

/** Writes a package into a folder of its own. */
export async function writePackage(below: string, files: Files): Promise<string> {
  const folder = await mkdtemp(join(below, 'package-'));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}

/** Packs files whatever is wrong with them. */
export async function packed(below: string, files: Files): Promise<Buffer> {
  return packArchive(await writePackage(below, files), Object.keys(files));
}

/** Packs a package that is in order, as the command line does. */
export async function packedInOrder(folder: string): Promise<Buffer> {
  const { files } = await readPluginPackage(folder, 'folder');
  return packArchive(folder, [...files]);
}
