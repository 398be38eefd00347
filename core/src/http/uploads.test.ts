import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ApiError } from '../errors/index.ts';
import { json, problem, TestApp } from './testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.stop());
beforeEach(() => app.reset());

const form = (fields: Record<string, string | File>) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
};
const upload = (body: BodyInit, token = 'ada', query = '', headers: Record<string, string> = {}) =>
  app.send('POST', `/api/p/toy/upload${query}`, body, { Authorization: `Bearer ${token}`, ...headers });
const file = new File(['x'], 'cv.txt');

test('a file is stored and handed over as a description', async () => {
  expect((await upload(form({ note: 'hi', cv: file }))).status).toBe(201);
  expect(app.seen.calls[0]?.call.input).toMatchObject({ note: 'hi', cv: { id: 'cv.txt', name: 'cv.txt' } });
  expect(app.seen.stored).toEqual(['cv.txt']);
});

test('nothing stays stored when the action refuses', async () => {
  app.seen.answer = () => {
    throw new ApiError('conflict', 'no');
  };
  expect((await upload(form({ cv: file }))).status).toBe(409);
  expect(app.seen.stored).toEqual([]);
});

test('nothing is stored for somebody who may not', async () => {
  expect((await upload(form({ cv: file }), 'stale')).status).toBe(401);
  expect(app.seen.stored).toEqual([]);
});

test.each<[string, BodyInit, string, Record<string, string>]>([
  ['in JSON', '{"cv":{"id":"forged"}}', '', json],
  ['in the query', '{}', '?cv=forged', json],
  ['in the query of a form', form({ note: 'x' }), '?cv=forged', {}],
])('a file that is only described, %s, is refused', async (_case, body, query, headers) => {
  const document = await problem(await upload(body, 'ada', query, headers));
  expect(document).toMatchObject({ status: 400, errors: [{ pointer: '/cv' }] });
  expect(app.seen.calls).toEqual([]);
});

test('multipart for an action without files is refused', async () => {
  const response = await app.send('POST', '/api/p/toy/actions/things.plain', form({ note: 'x' }), {
    Authorization: 'Bearer ada',
  });
  expect(await problem(response)).toMatchObject({ status: 415 });
});

test('public forms: empty fields are absent from the input and stay in the values', async () => {
  const response = await app.send('POST', '/t/acme/apply', form({ note: '', cv: file }));
  expect(await response.json()).toMatchObject({ values: { note: '' }, input: { cv: { id: 'cv.txt' } } });
  const plain = await app.send('POST', '/t/acme/apply', new URLSearchParams({ note: 'a b', cv: 'forged.pdf' }));
  expect(await plain.json()).toMatchObject({ values: { note: 'a b' }, input: { note: 'a b' } });
});
