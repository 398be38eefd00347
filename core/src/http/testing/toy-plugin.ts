import type { ActionDeclaration } from '@bazaar/sdk';

const object = { type: 'object' };
const action = (name: string, rest: Partial<ActionDeclaration>): [string, ActionDeclaration] => [
  name,
  { name, summary: '', effect: 'read', permission: 'things.read', input: object, output: object, ...rest },
];
/** What the plugin `toy` declares. */
export const actions = new Map([
  action('things.get', { http: { method: 'GET', path: '/things/{id}' } }),
  action('things.stats', { http: { method: 'GET', path: '/things/stats' } }),
  action('things.find', {
    http: { method: 'GET', path: '/things' },
    input: {
      type: 'object',
      properties: { limit: { type: 'integer' }, tags: { type: 'array', items: { type: 'string' } } },
    },
  }),
  action('things.file', { http: { method: 'GET', path: '/things/{id}/file', download: true } }),
  action('things.plain', {}),
  action('things.visit', { permission: 'public', http: { method: 'POST', path: '/visit' } }),
  action('things.upload', {
    http: { method: 'POST', path: '/upload', status: 201 },
    input: { type: 'object', properties: { note: { type: 'string' }, cv: { type: 'object', format: 'bazaar-file' } } },
  }),
]);
const internal = action('things.internal', { http: { method: 'GET', path: '/internal' } });
delete internal[1].permission;
actions.set(...internal);
