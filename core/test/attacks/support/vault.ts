import type { JsonObject } from '@bazaar/sdk';
import type { Arena } from './arena.ts';
import { SECRETS } from './canaries.ts';
import type { PluginSource } from './packages.ts';

const object = { type: 'object' };
const action = (name: string, permission: string | undefined, input: JsonObject = object) => ({
  name,
  summary: name,
  effect: 'write',
  ...(permission === undefined ? {} : { permission }),
  input,
  output: object,
});

/** An honest inline plugin that has something to hide. */
export const VAULT: PluginSource = {
  id: 'vault',
  manifest: {
    description: 'Keeps secrets.',
    publisher: 'Victor',
    capabilities: [
      { capability: 'files', reason: 'Keeps secret files' },
      { capability: 'tasks', reason: 'Has things to do' },
    ],
    permissions: [{ name: 'secrets', title: 'Use secrets' }],
    settings: { type: 'object', properties: { token: { type: 'string', default: '' } } },
    events: [
      {
        name: 'secret.stored',
        version: 1,
        description: 'A secret was stored.',
        subject: 'id',
        payload: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } },
      },
    ],
    actions: [
      action('put', 'secrets', { type: 'object', required: ['body'], properties: { body: { type: 'string' } } }),
      action('list', 'secrets'),
      action('ping', undefined),
      action('keep', 'secrets', {
        type: 'object',
        required: ['file'],
        properties: { file: { type: 'object', format: 'bazaar-file', 'x-max-bytes': 10_000 } },
      }),
    ],
  },
  files: {
    'migrations/0001-secrets.sql': `create table secrets (
      tenant_id uuid not null default bazaar.current_tenant(),
      id uuid not null default gen_random_uuid(),
      body text not null,
      primary key (tenant_id, id)
    );
    select bazaar.protect('secrets');`,
    'src/plugin.ts': `export default { actions: {
      put: async (ctx, { body }) => {
        const { id } = await ctx.db.secrets.insert({ body });
        await ctx.tasks.raise({ kind: 'MIND_SECRET', title: 'Mind it', audience: 'secrets', key: 'mind' });
        return { id };
      },
      list: async (ctx) => ({ rows: await ctx.db.secrets.find() }),
      ping: async () => ({ pong: true }),
      keep: async (_ctx, { file }) => ({ id: file.id }),
    } };`,
  },
};

/** Fills the vault of two tenants, and tells the attackers every id there is. */
export async function fillVault(arena: Arena): Promise<JsonObject> {
  const of = async (tenant: string, secret: string) => {
    const client = arena.client('owner', tenant);
    const { id: row } = await client.json<{ id: string }>('POST', '/api/p/vault/actions/put', {
      body: { body: secret },
    });
    await client.json('PUT', '/api/plugins/vault/settings', { body: { values: { token: SECRETS.setting } } });
    const form = new FormData();
    form.append('file', new File([secret], 'secret.txt', { type: 'text/plain' }));
    const { id: file } = await client.json<{ id: string }>('POST', '/api/p/vault/actions/keep', { body: form });
    const { user, tenant: at } = await client.json<{ user: JsonObject; tenant: JsonObject }>('GET', '/api/me');
    return { tenant: String(at.id), user: String(user.id), row, file };
  };
  return { own: await of('first', SECRETS.otherPlugin), other: await of('second', SECRETS.otherTenant) };
}
