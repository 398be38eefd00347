import { describe, expect, test } from 'vitest';
import type { ShellData } from '../api/types.ts';
import { initials } from '../pictures/face.ts';
import { currentEntry, navigationGroups } from './navigation.ts';
import { type Command, findCommands } from './palette-search.ts';

const shell: ShellData = {
  tenant: { id: 't', slug: 'acme', name: 'Acme' },
  user: { id: 'u', name: 'Ada', email: 'a@b', permissions: ['core:audit.read'] },
  plugins: [{ id: 'cv-analysis', name: 'CV analysis', publisher: 'x', version: '1.0.0', actions: [] }],
  navigation: [
    { plugin: 'cv-analysis', title: 'Candidates', icon: 'users', path: '/cv-analysis/candidates', order: 20 },
    { plugin: 'job-board', title: 'Jobs', icon: 'briefcase', path: '/job-board/jobs', order: 10 },
  ],
  screens: [],
  widgets: [],
  openTasks: 3,
  demo: false,
};

describe('the menu', () => {
  test('groups by plugin, in order, and offers only what one may open', () => {
    expect(navigationGroups(shell).map(({ title, items }) => [title, items.map((item) => item.title)])).toEqual([
      [undefined, ['Home', 'Tasks']],
      ['Job board', ['Jobs']],
      ['CV analysis', ['Candidates']],
      ['Administration', ['Audit log']],
    ]);
  });

  test('tells how many tasks wait, if any', () => {
    const badge = (openTasks: number) => navigationGroups({ ...shell, openTasks })[0]?.items[1]?.badge;
    expect([badge(3), badge(0)]).toEqual([3, undefined]);
  });

  test.each([
    ['/', '/'],
    ['/job-board/jobs/1', '/job-board/jobs'],
    ['/job-board/jobsite', null],
    ['/admin/audit', '/admin/audit'],
  ])('at %s the entry %s is current', (path, entry) => {
    expect(currentEntry(navigationGroups(shell), path)).toBe(entry);
  });
});

describe('the palette', () => {
  const command = (title: string, group: string): Command => ({ title, group, icon: '', run: () => {} });
  const commands = [
    command('Applications', 'Job board'),
    command('Jobs', 'Job board'),
    command('Übersicht', 'Berichte'),
    command('Audit log', 'Administration'),
  ];
  test.each([
    ['', ['Applications', 'Jobs', 'Übersicht', 'Audit log']],
    ['jo', ['Jobs', 'Applications']],
    ['board app', ['Applications']],
    ['ubers', ['Übersicht']],
    ['log', ['Audit log']],
    ['zzz', []],
  ])('“%s” finds %j', (query, titles) => {
    expect(findCommands(commands, query).map(({ title }) => title)).toEqual(titles);
  });
});

test.each([
  ['Ada Lovelace', 'AL'],
  ['Ada', 'A'],
  ['ana maría de la cruz', 'AC'],
  ['', ''],
])('initials of “%s”', (name, letters) => {
  expect(initials(name)).toBe(letters);
});
