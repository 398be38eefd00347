import { describe, expect, it } from 'vitest';
import { parsePathTemplate, pathParameters, pathsAreAmbiguous } from './path-template.ts';

describe('path templates', () => {
  it('are cut into text and parameters', () => {
    expect(parsePathTemplate('/jobs/{id}/publish')).toEqual([
      { text: 'jobs' },
      { parameter: 'id' },
      { text: 'publish' },
    ]);
    expect(parsePathTemplate('/')).toEqual([]);
    expect(pathParameters('/{a}/x/{b}')).toEqual(['a', 'b']);
  });

  it.each([
    ['/jobs', '/jobs', true],
    ['/jobs/{id}', '/jobs/{slug}', true],
    ['/jobs/{id}', '/jobs/new', false],
    ['/{a}/x', '/x/{b}', true],
    ['/a/{b}/c', '/a/b/c', false],
    ['/a/{b}', '/a', false],
    ['/a/{b}', '/c/{b}', false],
    ['/', '/', true],
  ])('%s and %s: ambiguous %s', (first, second, ambiguous) => {
    expect(pathsAreAmbiguous(first, second)).toBe(ambiguous);
    expect(pathsAreAmbiguous(second, first)).toBe(ambiguous);
  });
});
