import { describe, expect, test } from 'vitest';
import { bySpecificity, PathPattern } from './path-pattern.ts';

describe('PathPattern', () => {
  test.each([
    ['/job-board/jobs', '/job-board/jobs', {}],
    ['/job-board/jobs/{id}', '/job-board/jobs/42', { id: '42' }],
    ['/job-board/jobs/{id}/edit', '/job-board/jobs/a%20b/edit', { id: 'a b' }],
    ['/crm/{account}/deals/{deal}', '/crm/a/deals/b', { account: 'a', deal: 'b' }],
    ['/odd/a+b(c)', '/odd/a+b(c)', {}],
  ])('%s matches %s', (path, pathname, params) => {
    expect(new PathPattern(path).match(pathname)).toEqual({ params });
  });

  test.each([
    ['/job-board/jobs', '/job-board/jobs/1'],
    ['/job-board/jobs/{id}', '/job-board/jobs'],
    ['/job-board/jobs/{id}', '/job-board/jobs/1/2'],
    ['/job-board/jobs/{id}', '/job-board/jobs/%E0%A4%A'],
    ['/odd/a+b', '/odd/aab'],
  ])('%s does not match %s', (path, pathname) => {
    expect(new PathPattern(path).match(pathname)).toBeNull();
  });
});

test('more specific paths come first', () => {
  const paths = ['/p/{id}', '/p/new', '/p/{id}/edit', '/p', '/p/new/edit'];
  expect(paths.toSorted(bySpecificity)).toEqual(['/p/new/edit', '/p/new', '/p/{id}/edit', '/p/{id}', '/p']);
});
