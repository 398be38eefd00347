import type { Manifest } from '@bazaar/sdk';
import { describe, expect, it } from 'vitest';
import { subscriptionsOf } from './subscriptions.ts';

const BASE: Manifest = {
  id: 'notes',
  name: 'Notes',
  version: '1.0.0',
  sdk: '^1.0.0',
  description: 'Notes.',
  publisher: 'Bazaar',
  category: 'x',
  actions: [],
};

describe('subscriptions', () => {
  it('follow from the active manifests', () => {
    const payload = { type: 'object', properties: { file: { type: 'string', format: 'bazaar-file-id' } } };
    const found = subscriptionsOf([
      {
        ...BASE,
        events: [
          { name: 'note.created', version: 1, description: '', subject: 'id', payload, audience: 'notes.read' },
          { name: 'note.closed', version: 1, description: '', subject: 'id', payload: {} },
        ],
      },
      { ...BASE, id: 'journal', subscriptions: [{ event: 'notes.note.created', version: 1 }] },
    ]);
    expect(found.all).toEqual([{ subscriber: 'journal', event: 'notes.note.created', version: 1 }]);
    expect(found.route('notes', 'note.created')).toEqual({ fileIds: [['file']], audience: 'notes:notes.read' });
    expect(found.route('notes', 'note.closed')).toEqual({ fileIds: [], audience: undefined });
    expect(found.route('notes', 'unknown')).toBeUndefined();
  });
});
