import { afterAll, beforeAll, expect, test } from 'vitest';
import { problem, TestApp } from './testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.stop());

test.each([
  ['an operator', 'root'],
  ['who holds the token', 'of the collector'],
])('%s may read the metrics', async (_who, token) => {
  const response = await app.get('/metrics', token);
  expect(response.status).toBe(200);
  expect(await response.text()).toBe('calls 1\n');
});

test.each([
  ['a visitor', undefined, 401],
  ['who is signed in', 'ada', 403],
  ['who guesses', 'of the collectoR', 401],
  ['who sends nothing after all', '', 401],
])('%s may not', async (_who, token, status) => {
  expect(await problem(await app.get('/metrics', token))).toMatchObject({ status });
});

test('without a token, operators only', async () => {
  const other = await TestApp.start({ metrics: { contentType: 'text/plain', text: async () => 'calls 2\n' } });
  try {
    expect((await other.get('/metrics', 'root')).status).toBe(200);
    expect((await other.get('/metrics', 'undefined')).status).toBe(401);
  } finally {
    await other.stop();
  }
});

test('a process for jobs has metrics as well', async () => {
  const worker = await TestApp.start({ probesOnly: true });
  try {
    expect((await worker.get('/metrics', 'of the collector')).status).toBe(200);
  } finally {
    await worker.stop();
  }
});
