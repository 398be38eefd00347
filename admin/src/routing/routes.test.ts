import { describe, expect, test } from 'vitest';
import type { ScreenEntry, ShellData } from '../api/types.ts';
import { parseLocation } from './router.ts';
import { parentsOf, resolveRoute } from './routes.ts';

const screen = (path: string, title: string): ScreenEntry => ({
  plugin: 'job-board',
  path,
  title,
  element: 'job-board-x',
  module: '/ui/plugins/job-board/1.0.0/x.js',
});

const screens = [
  screen('/job-board/jobs', 'Jobs'),
  screen('/job-board/jobs/{id}', 'Job'),
  screen('/job-board/jobs/new', 'New job'),
  screen('/job-board/jobs/{id}/applications', 'Applications'),
];

function shellFor(permissions: string[]): ShellData {
  return {
    tenant: { id: 't', slug: 'acme', name: 'Acme' },
    user: { id: 'u', name: 'Ada', email: 'a@b', permissions },
    plugins: [],
    navigation: [],
    screens: [...screens, { ...screen('/tasks', 'Mine'), plugin: 'tasks' }],
    widgets: [],
    openTasks: 0,
    demo: false,
  };
}

const at = (url: string) => parseLocation(new URL(url, 'http://localhost'));

describe('resolveRoute', () => {
  test.each([
    ['/job-board/jobs', 'Jobs', {}],
    ['/job-board/jobs/', 'Jobs', {}],
    ['/job-board/jobs/new', 'New job', {}],
    ['/job-board/jobs/42', 'Job', { id: '42' }],
    ['/job-board/jobs/42/applications', 'Applications', { id: '42' }],
  ])('%s is the screen “%s”', (path, title, params) => {
    expect(resolveRoute(at(path), shellFor([]))).toMatchObject({ kind: 'screen', screen: { title }, params });
  });

  test('the query comes with it', () => {
    expect(resolveRoute(at('/job-board/jobs?status=open&q=a%20b'), shellFor([]))).toMatchObject({
      query: { status: 'open', q: 'a b' },
    });
  });

  test('no plugin takes the place of a page of the kernel', () => {
    expect(resolveRoute(at('/tasks'), shellFor([]))).toMatchObject({ kind: 'page', page: { page: 'tasks' } });
  });

  test('administration is there for those who may', () => {
    expect(resolveRoute(at('/admin/plugins/crm'), shellFor(['core:plugins.read']))).toMatchObject({
      kind: 'page',
      page: { page: 'plugin' },
      params: { plugin: 'crm' },
    });
    expect(resolveRoute(at('/admin/plugins'), shellFor([]))).toEqual({ kind: 'not-found' });
  });

  test.each(['/job-board', '/nothing', '/job-board/jobs/1/2/3'])('%s is nothing', (path) => {
    expect(resolveRoute(at(path), shellFor([]))).toEqual({ kind: 'not-found' });
  });
});

test('screens above one are its parents, parameters filled in', () => {
  const [, , , applications] = screens;
  expect(applications && parentsOf(applications, { id: 'a/b' }, shellFor([]))).toEqual([
    { title: 'Jobs', path: '/job-board/jobs' },
    { title: 'Job', path: '/job-board/jobs/a%2Fb' },
  ]);
});
