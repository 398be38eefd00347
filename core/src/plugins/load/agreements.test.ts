import type { Manifest } from '@bazaar/sdk';
import { describe, expect, it } from 'vitest';
import { brokenAgreements, Claims } from './agreements.ts';

const BASE: Manifest = {
  id: 'crm',
  name: 'CRM',
  version: '1.0.0',
  sdk: '^1.0.0',
  description: 'Clients.',
  publisher: 'Bazaar',
  category: 'sales',
  actions: [],
};

const BOARD: Manifest = {
  ...BASE,
  id: 'job-board',
  version: '3.1.0',
  events: [{ name: 'job.published', version: 2, description: '', subject: 'id', payload: {} }],
  actions: [{ name: 'jobs.get', summary: '', effect: 'read', input: {}, output: {} }],
  pages: [{ path: '/jobs/{slug}', action: 'x' }],
  screens: [{ path: '/a', title: 'A', element: 'job-board-a', module: 'a.js', permission: 'p' }],
};

const OTHERS = new Map([['job-board', BOARD]]);

describe('agreements between plugins', () => {
  it('hold when the other offers what is expected, or is not there', () => {
    const manifest: Manifest = {
      ...BASE,
      subscriptions: [
        { event: 'job-board.job.published', version: 2 },
        { event: 'absent.thing', version: 9 },
      ],
      capabilities: [{ capability: 'action:job-board.jobs.get', reason: '' }],
    };
    expect(brokenAgreements(manifest, OTHERS)).toEqual([]);
  });

  it('name what the other does not offer', () => {
    const manifest: Manifest = {
      ...BASE,
      subscriptions: [
        { event: 'job-board.job.published', version: 1 },
        { event: 'job-board.job.closed', version: 1 },
      ],
      capabilities: [{ capability: 'action:job-board.jobs.list', reason: '' }],
    };
    expect(brokenAgreements(manifest, OTHERS)).toEqual([
      'hears "job-board.job.published" in version 1, but job-board 3.1.0 emits version 2',
      'hears "job-board.job.closed", which job-board 3.1.0 does not emit',
      'calls "job-board.jobs.list", which job-board 3.1.0 does not offer',
    ]);
  });

  it('refuse the page and the element of a plugin loaded before', () => {
    const manifest: Manifest = {
      ...BASE,
      pages: [
        { path: '/jobs/{id}', action: 'x' },
        { path: '/clients', action: 'x' },
      ],
      widgets: [{ slot: 'dashboard', title: 'W', element: 'job-board-a', module: 'w.js', permission: 'p' }],
    };
    expect(new Claims([BOARD]).against(manifest)).toEqual([
      'the public page "/jobs/{id}" cannot be told from "/jobs/{slug}" of job-board',
      'the element "job-board-a" is already defined by job-board',
    ]);
    expect(new Claims().against(manifest)).toEqual([]);
  });
});

describe('claims', () => {
  const page = (id: string, path: string): Manifest => ({ ...BASE, id, pages: [{ path, action: 'x' }] });

  it.each([
    ['/{a}/x', '/x/{b}', true],
    ['/x/{b}', '/{a}/x', true],
    ['/{a}', '/{b}', true],
    ['/', '/', true],
    ['/x/y', '/x/y', true],
    ['/x/y', '/x/{b}', false],
    ['/{a}', '/x', false],
    ['/x/y', '/z/y', false],
    ['/x', '/x/y', false],
  ])('of %s and %s: one in the way of the other is %s', (first, second, expected) => {
    expect(new Claims([page('one', first)]).against(page('two', second)).length > 0).toBe(expected);
  });
});
