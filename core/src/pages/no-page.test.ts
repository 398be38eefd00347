import { expect, test, vi } from 'vitest';
import { NoPage, NoPages } from './no-page.ts';

test('each version is told of once, and then ever more seldom, with how often it was', () => {
  const log = { warn: vi.fn() };
  const noPages = new NoPages(log);
  const visits = (version: string, action: string, times: number) => {
    for (let visit = 0; visit < times; visit++)
      noPages.note(new NoPage({ id: 'board', version }, action), { path: '/x' });
  };
  visits('1.0.0', 'jobs', 250);
  expect(log.warn.mock.calls.map(([data]) => (data as { times: number }).times)).toEqual([1, 10, 100]);
  expect(log.warn).toHaveBeenCalledWith(
    { plugin: 'board', version: '1.0.0', action: 'jobs', times: 1, path: '/x' },
    'board.jobs did not return a page, or one that is too large',
  );
  log.warn.mockClear();
  visits('1.1.0', 'jobs', 2);
  visits('1.0.0', 'job', 2);
  expect(log.warn).toHaveBeenCalledTimes(2);
});
