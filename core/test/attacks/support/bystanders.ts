import type { PluginSource } from './packages.ts';

const MIGRATION = `create table rows (
  tenant_id uuid not null default bazaar.current_tenant(),
  id uuid not null default gen_random_uuid(),
  body text not null,
  primary key (tenant_id, id)
);
select bazaar.protect('rows');
`;

const CODE = `export default {
  actions: {
    look: async (ctx) => {
      const [rows, settings] = await Promise.all([ctx.db.rows.find({ limit: 5 }), ctx.settings.get()]);
      return { plugin: ctx.plugin.id, tenant: ctx.tenant.slug, rows: rows.length, greeting: settings.greeting };
    },
    write: async (ctx, input) => {
      const row = await ctx.db.rows.insert({ body: input.body });
      await ctx.settings.get();
      await ctx.db.rows.delete({ id: row.id });
      return { plugin: ctx.plugin.id, tenant: ctx.tenant.slug, body: row.body };
    },
  },
};
`;

/** A plugin that means no harm and works while others are attacked from their own midst. */
export function bystander(id: string, publisher: string): PluginSource {
  const permission = 'work';
  return {
    id,
    manifest: {
      description: 'Minds its own business.',
      publisher,
      permissions: [{ name: permission, title: 'Work' }],
      settings: { type: 'object', properties: { greeting: { type: 'string', default: `hello from ${id}` } } },
      actions: [
        {
          name: 'look',
          summary: 'Read',
          effect: 'read',
          permission,
          input: { type: 'object' },
          output: { type: 'object' },
        },
        {
          name: 'write',
          summary: 'Write',
          effect: 'write',
          permission,
          input: { type: 'object', required: ['body'], properties: { body: { type: 'string' } } },
          output: { type: 'object' },
        },
      ],
    },
    files: { 'src/plugin.ts': CODE, 'migrations/0001-rows.sql': MIGRATION },
  };
}

/**
 * Sandboxed plugins share processes by publisher. These two publishers are of different processes, so that every
 * attacker has one of them beside it in its process.
 */
export const SANDBOXED = [bystander('bystander-one', 'Alice'), bystander('bystander-two', 'Dave')];
export const INLINE = [bystander('bystander-inline', 'Carol')];
