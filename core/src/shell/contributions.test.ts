import type { Manifest } from '@bazaar/sdk';
import { expect, test } from 'vitest';
import { contributions } from './contributions.ts';

const manifest: Manifest = {
  id: 'job-board',
  name: 'Job board',
  version: '1.2.0',
  sdk: '^1.0.0',
  description: '',
  publisher: 'bazaar',
  category: 'recruiting',
  actions: [],
  navigation: [
    { title: 'Applications', icon: 'inbox', path: '/applications', permission: 'applications.read', order: 20 },
    { title: 'Jobs', icon: 'briefcase', path: '/jobs', permission: 'jobs.read', order: 10 },
  ],
  screens: [
    { path: '/jobs', title: 'Jobs', element: 'job-board-jobs', module: 'jobs.js', permission: 'jobs.read' },
    { path: '/jobs/{id}', title: 'Job', element: 'job-board-job', module: 'jobs.js', permission: 'jobs.write' },
  ],
  widgets: [
    { slot: 'dashboard', title: 'Open jobs', element: 'job-board-open', module: 'open.js', permission: 'jobs.read' },
  ],
};
const other: Manifest = {
  ...manifest,
  id: 'crm',
  screens: [],
  widgets: [],
  navigation: [{ title: 'Clients', icon: 'users', path: '/clients', permission: 'jobs.read', order: 15 }],
};

test('only what the permissions of the same plugin open, in order over all plugins', () => {
  const shell = contributions(
    [
      { manifest, lock: { tier: 'inline' } },
      { manifest: other, lock: { tier: 'sandbox' } },
    ],
    ['job-board:jobs.read', 'job-board:applications.read', 'crm:jobs.read'],
  );
  expect(shell.navigation.map(({ path }) => path)).toEqual([
    '/job-board/jobs',
    '/crm/clients',
    '/job-board/applications',
  ]);
  expect(shell.screens).toEqual([
    {
      plugin: 'job-board',
      path: '/job-board/jobs',
      title: 'Jobs',
      element: 'job-board-jobs',
      module: '/ui/plugins/job-board/1.2.0/jobs.js',
      framed: false,
    },
  ]);
  expect(shell.widgets).toEqual([
    expect.objectContaining({ slot: 'dashboard', module: '/ui/plugins/job-board/1.2.0/open.js', order: 100 }),
  ]);
});

test('another plugin’s permission of the same name opens nothing', () => {
  expect(contributions([{ manifest, lock: { tier: 'inline' } }], ['crm:jobs.read'])).toEqual({
    navigation: [],
    screens: [],
    widgets: [],
  });
});

test('what a sandboxed plugin shows is framed', () => {
  const shell = contributions([{ manifest, lock: { tier: 'sandbox' } }], ['job-board:jobs.read']);
  expect([...shell.screens, ...shell.widgets].map(({ framed }) => framed)).toEqual([true, true]);
});
