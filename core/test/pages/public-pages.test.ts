import { resolve } from 'node:path';
import { type ApiClient, type Platform, startPlatform } from '@bazaar/sdk/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';

let platform: Platform;
let visitor: ApiClient;
let owner: ApiClient;

beforeAll(async () => {
  platform = await startPlatform({ plugins: [resolve(import.meta.dirname, '../fixtures/plugins/guestbook')] });
  visitor = platform.visitor();
  owner = await platform.as('owner');
});
afterAll(() => platform?.stop());

async function get(path: string, method = 'GET') {
  const response = await fetch(`${platform.url}${path}`, { method, redirect: 'manual' });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

async function post(path: string, fields: Record<string, string | File>, multipart = true) {
  const data = multipart ? new FormData() : new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) data.append(name, value as string);
  const response = await fetch(`${platform.url}${path}`, { method: 'POST', body: data, redirect: 'manual' });
  const body = await response.text();
  const failed = /<pre id="failed">(.*?)<\/pre>/.exec(body)?.[1]?.replaceAll('&quot;', '"');
  return { status: response.status, headers: response.headers, body, failed: failed && JSON.parse(failed) };
}

test('a page is served to anyone as a document without script', async () => {
  const { status, headers, body } = await get('/t/first/guests?utm_source=x&limit=3');
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(body).toContain(`<link rel="canonical" href="${platform.url}/t/first/guests">`);
  expect((await get('/t/first/guests', 'HEAD')).body).toBe('');
  const [, styles = ''] = /rel="stylesheet" href="([^"]+)"/.exec(body) ?? [];
  expect((await get(styles)).headers.get('content-type')).toBe('text/css; charset=utf-8');
  expect((await get('/t/first/guests?limit=99')).status).toBe(400);
});

test.each([true, false])(
  'a form that is taken leads back to the page, which shows it (multipart: %s)',
  async (multipart) => {
    const name = `<b>"Jane" & ${multipart}`;
    const sent = await post('/t/first/guests', { name, age: '30' }, multipart);
    expect(sent.status).toBe(303);
    expect(sent.headers.get('location')).toBe('/t/first/guests?done=1');
    const { body } = await get('/t/first/guests?done=1');
    expect(body).toContain('Thank you');
    expect(body).toContain(`<li>&lt;b&gt;"Jane" &amp; ${multipart}</li>`);
    expect(body).toContain(`\\u003cb\\u003e\\"Jane\\" & ${multipart}`);
    expect((await get('/t/second/guests')).body).not.toContain('Jane');
    expect((await get(`/t/first/guests/${encodeURIComponent(name)}`)).status).toBe(200);
    expect((await get('/t/first/guests/nobody')).status).toBe(404);
  },
);

test('what is wrong comes back at its field, with what was typed', async () => {
  const { status, failed, body } = await post('/t/first/guests', { name: 'x'.repeat(31), age: '' });
  expect(status).toBe(400);
  expect(failed.values).toEqual({ name: 'x'.repeat(31), age: '' });
  expect(failed.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual(['/age', '/name']);
  expect(body).toContain(`value="${'x'.repeat(31)}"`);

  await post('/t/first/guests', { name: 'Twice', age: '1' });
  const again = await post('/t/first/guests', { name: 'Twice', age: '1' });
  expect(again).toMatchObject({
    status: 409,
    failed: { message: 'You have signed already.', reason: 'already-signed' },
  });
});

test('a file of the wrong kind or size is refused at its field', async () => {
  const program = new File([`MZ${'\0'.repeat(100)}`], 'me.pdf', { type: 'application/pdf' });
  const wrong = await post('/t/first/guests', { name: 'Program', age: '1', picture: program });
  expect(wrong.status).toBe(415);
  expect(wrong.failed.errors).toEqual([
    {
      pointer: '/picture',
      message: '"me.pdf" is a Windows program, whatever its name says. Accepted: a PDF document.',
    },
  ]);
  const large = new File(['%PDF-1.7', 'x'.repeat(2000)], 'me.pdf');
  expect((await post('/t/first/guests', { name: 'Large', age: '1', picture: large })).status).toBe(413);
  const allWrong = await post('/t/first/guests', { picture: large, name: 'x'.repeat(31), age: 'old' });
  expect(allWrong.status).toBe(413);
  expect(allWrong.failed.values).toEqual({ name: 'x'.repeat(31), age: 'old' });
  expect(allWrong.failed.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
    '/age',
    '/name',
    '/picture',
  ]);
  const right = new File(['%PDF-1.7 x'], 'me.pdf');
  expect((await post('/t/first/guests', { name: 'Right', age: '1', picture: right })).status).toBe(303);
});

test('the start page lists what can be visited', async () => {
  const { status, body } = await get('/t/first');
  expect(status).toBe(200);
  expect(body).toContain('<a href="/t/first/guests">Guestbook</a>');
  expect((await get('/t/nobody')).status).toBe(404);
});

test.each(['GET', 'POST'])('a page of a plugin that is switched off is not there (%s)', async (method) => {
  await owner.json('POST', '/api/plugins/guestbook/disable');
  try {
    const { status, body } =
      method === 'GET' ? await get('/t/first/guests') : await post('/t/first/guests', { name: 'x' });
    expect(status).toBe(404);
    expect(body).toContain('This page is not here');
    expect((await get('/t/first')).body).not.toContain('Guestbook');
    expect((await get('/t/second/guests')).status).toBe(200);
  } finally {
    await owner.json('POST', '/api/plugins/guestbook/enable');
  }
});

test.each([
  '/t/first/%ff',
  '/t/first/guests/%00',
  '/t/../api/me',
  '/t/first/__proto__',
  '/t/first/guests?form[values]=x',
])('junk in an address is no failure of ours: %s', async (path) => {
  const response = await visitor.fetch('GET', path);
  expect(response.status).toBeLessThan(500);
});

test('a body that is no form is refused with a page', async () => {
  for (const [type, body] of [
    ['multipart/form-data; boundary=x', 'no boundary here'],
    ['multipart/form-data', '--x'],
    ['application/json', '{}'],
    ['text/plain', 'name=x'],
  ]) {
    const response = await fetch(`${platform.url}/t/first/guests`, {
      method: 'POST',
      headers: { 'content-type': type ?? '' },
      body: body ?? '',
    });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
    expect(response.headers.get('content-type')).toContain('text/html');
  }
});
