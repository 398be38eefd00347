import { expect, test } from 'vitest';
import { buildRequest, type Operation, readOperations } from './operations.ts';

const operations = readOperations({
  paths: {
    '/api/p/job-board/jobs/{id}': {
      get: { operationId: 'job-board.jobs.get' },
      put: { operationId: 'job-board.jobs.update' },
    },
    '/healthz': { get: { operationId: 'healthz' } },
  },
});
const operation = (id: string) => operations.get(id) as Operation;

test('reads method, path and parameters of each operation', () => {
  expect(operation('job-board.jobs.update')).toEqual({
    method: 'PUT',
    path: '/api/p/job-board/jobs/{id}',
    pathNames: ['id'],
  });
  expect([...operations.keys()]).toEqual(['job-board.jobs.get', 'job-board.jobs.update', 'healthz']);
});

test('path parameters are escaped, the rest of a GET goes into the query', () => {
  expect(
    buildRequest(operation('job-board.jobs.get'), { id: 'a/b ?', limit: 2, tags: ['x', 'y'], none: undefined }),
  ).toEqual({
    method: 'GET',
    path: '/api/p/job-board/jobs/a%2Fb%20%3F',
    query: '?limit=2&tags=x&tags=y',
  });
});

test('the rest of a PUT is the body', () => {
  expect(buildRequest(operation('job-board.jobs.update'), { id: '1', title: 'Nurse' })).toMatchObject({
    query: '',
    body: { title: 'Nurse' },
  });
});

test('files make the body a form, other values stay readable by their types', () => {
  const file = new File(['x'], 'cv.pdf');
  const { body } = buildRequest(operation('job-board.jobs.update'), {
    id: '1',
    cv: file,
    more: [file, file],
    n: 3,
    tags: ['a'],
    who: 'Ada',
  });
  const form = body as FormData;
  expect((form.get('cv') as File).name).toBe('cv.pdf');
  expect(form.getAll('more')).toHaveLength(2);
  expect([form.get('n'), form.get('tags'), form.get('who')]).toEqual(['3', '["a"]', 'Ada']);
});
