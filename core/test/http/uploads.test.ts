import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type ApiClient, type Platform, startPlatform } from '@bazaar/sdk/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Contract } from '../fixtures/plugins/attachments/src/contract.generated.ts';
import { drawPng } from '../support/pictures.ts';

let platform: Platform;
/** Everything the platform keeps lies below it. */
let folder: string;
let owner: ApiClient;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bazaar-uploads-'));
  platform = await startPlatform({
    plugins: [resolve(import.meta.dirname, '../fixtures/plugins/attachments')],
    env: { TMPDIR: folder, BAZAAR_UPLOAD_LIMIT: '2000000' },
  });
  owner = await platform.as('owner');
});
afterAll(async () => {
  await platform.stop();
  expect(await readdir(folder)).toEqual([]);
  await rm(folder, { recursive: true });
});

async function storedFiles(): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile() && entry.parentPath.includes('/files')).map(({ name }) => name);
}

let before: string[];
beforeEach(async () => {
  before = await storedFiles();
});

const form = (file: File, more: Record<string, string> = {}) => {
  const body = new FormData();
  for (const [name, value] of Object.entries(more)) body.append(name, value);
  body.append('file', file);
  return body;
};
const upload = (file: File, path = '/api/p/attachments/files') => owner.fetch('POST', path, { body: form(file) });

test('a file comes back as it was, as an attachment', async () => {
  const content = new Uint8Array(90_000).map((_, index) => 32 + (index % 90));
  const name = 'Łebenslauf „neu“ 100%.txt';
  const attachments = owner.plugin<Contract>('attachments');
  const { id } = await attachments.call('upload', { note: 'x', file: new File([content], name) });
  const response = await owner.fetch('GET', `/api/p/attachments/files/${id}`);
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(content);
  expect(response.headers.get('Content-Length')).toBe('90000');
  expect(response.headers.get('Content-Disposition')).toContain(`filename*=UTF-8''${encodeURIComponent(name)}`);
  expect(response.headers.get('Content-Disposition')).toMatch(/^attachment;/);
  const head = await owner.fetch('HEAD', `/api/p/attachments/files/${id}`);
  expect([head.status, head.headers.get('Content-Length')]).toEqual([200, '90000']);
});

test('another tenant does not find it', async () => {
  const { id } = (await (await upload(new File(['secret'], 'a.txt'))).json()) as { id: string };
  const stranger = await platform.as('owner', 'second');
  expect((await stranger.fetch('GET', `/api/p/attachments/files/${id}`)).status).toBe(404);
  expect((await owner.fetch('GET', '/api/p/attachments/files/nonsense')).status).toBe(404);
});

test.each<[string, () => File, number, string]>([
  ['larger than its field allows', () => new File([new Uint8Array(100_001).fill(65)], 'a.txt'), 413, 'too-large'],
  ['of 50 MB', () => new File([new Uint8Array(50_000_000).fill(65)], 'a.txt'), 413, 'too-large'],
  [
    'that is a program under a false name',
    () => new File([new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]), new Uint8Array(5000)], 'cv.pdf'),
    415,
    'unsupported-media-type',
  ],
])('a file %s', async (_case, file, status, code) => {
  const response = await upload(file());
  const answer = (await response.json()) as { code?: string };
  expect([response.status, answer.code]).toEqual([status, code]);
  expect(await storedFiles()).toEqual(before);
});

test('a refused file does not hide what else is wrong, wherever it stands in the form', async () => {
  const program = new File([new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]), new Uint8Array(200_000)], 'cv.pdf');
  for (const fileFirst of [true, false]) {
    const body = new FormData();
    if (fileFirst) body.append('file', program);
    body.append('note', 'much too long for its field, it is');
    if (!fileFirst) body.append('file', program);
    const response = await owner.fetch('POST', '/api/p/attachments/files', { body });
    expect(response.status).toBe(413);
    const { errors } = (await response.json()) as { errors: { pointer: string }[] };
    expect(errors.map(({ pointer }) => pointer).sort()).toEqual(['/file', '/note']);
  }
  expect(await storedFiles()).toEqual(before);
});

test('the platform’s own limit holds, whatever a plugin allows', async () => {
  const response = await upload(new File([new Uint8Array(2_000_001)], 'a.bin'), '/api/p/attachments/refused');
  expect(response.status).toBe(413);
  expect(await storedFiles()).toEqual(before);
});

test('nothing stays of a file that the plugin refuses, or whose other fields are wrong', async () => {
  expect((await upload(new File(['x'], 'a.txt'), '/api/p/attachments/refused')).status).toBe(409);
  const wrong = form(new File(['x'], 'a.txt'), { note: 'much too long for its field, it is' });
  const response = await owner.fetch('POST', '/api/p/attachments/files', { body: wrong });
  expect(await response.json()).toMatchObject({ status: 400, errors: [{ pointer: '/note' }] });
  await expect.poll(storedFiles).toEqual(before);
});

test('nothing is even stored for those who may not', async () => {
  const viewer = await platform.as('viewer');
  const response = await viewer.fetch('POST', '/api/p/attachments/files', { body: form(new File(['x'], 'a.txt')) });
  expect(response.status).toBe(403);
  expect(await storedFiles()).toEqual(before);
});

test('of an upload that breaks off nothing is kept', async () => {
  const { accessToken } = await platform.signIn('owner@first.test');
  const { port } = new URL(platform.url);
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(
    [
      'POST /api/p/attachments/files HTTP/1.1',
      'Host: x',
      `Authorization: Bearer ${accessToken}`,
      'Content-Type: multipart/form-data; boundary=b',
      'Content-Length: 90000',
      '',
      '--b',
      'Content-Disposition: form-data; name="file"; filename="a.txt"',
      '',
      'x'.repeat(50_000),
    ].join('\r\n'),
  );
  await expect.poll(storedFiles).not.toEqual(before);
  socket.destroy();
  await expect.poll(storedFiles, { timeout: 30_000 }).toEqual(before);
});

const picture = (content: Buffer<ArrayBuffer> | string, type = 'image/png') => new Blob([content], { type });
const shown = (path: string, method = 'GET') => fetch(new URL(path, platform.url), { method });

test('the picture of a person is seen by those who may see the person, and changes without a trace', async () => {
  const viewer = await platform.as('viewer');
  const put = (content: Blob) => viewer.fetch('PUT', '/api/me/picture', { body: content });
  const own = async () =>
    (await viewer.json<{ user: { id: string; picture: string | null } }>('GET', '/api/shell')).user;
  const { id, picture: none } = await own();
  expect(none).toBeNull();
  const seenBy = async (client: ApiClient) =>
    (await client.json<{ picture: string | null }>('GET', `/api/users/${id}`)).picture;

  const drawn = drawPng(40, 40);
  const { picture: first } = (await (await put(picture(drawn))).json()) as { picture: string };
  expect([await seenBy(owner), (await own()).picture]).toEqual([first, first]);
  const response = await shown(first);
  expect(Buffer.from(await response.arrayBuffer())).toEqual(drawn);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'image/png',
    'content-length': String(drawn.length),
    'content-disposition': 'inline',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'private, max-age=86400, immutable',
  });
  expect((await shown(first, 'HEAD')).headers.get('Content-Length')).toBe(String(drawn.length));
  // Of the name every part counts.
  for (const other of [first.replace('.png', '.jpg'), first.replace(/[0-9a-f]{16}\.png$/, '0123456789abcdef.png')]) {
    expect((await shown(other)).status).toBe(404);
  }
  const { picture: second } = (await (await put(picture(drawPng(40, 40, { colour: 0 })))).json()) as {
    picture: string;
  };
  expect(second).not.toBe(first);
  expect([(await shown(first)).status, (await shown(second)).status]).toEqual([404, 200]);
  expect(await storedFiles()).toHaveLength(before.length + 1);

  const share = (shareProfile: boolean) =>
    viewer.json('PATCH', '/api/me', { body: { preferences: { privacy: { shareProfile } } } });
  await share(false);
  expect([await seenBy(owner), (await own()).picture]).toEqual([null, second]);
  await share(true);
  const { items } = await owner.json<{ items: { id: string; picture: string | null }[] }>(
    'GET',
    '/api/users?limit=100',
  );
  expect(items.find((one) => one.id === id)?.picture).toBe(second);

  for (const status of [204, 204]) expect((await viewer.fetch('DELETE', '/api/me/picture')).status).toBe(status);
  expect([await seenBy(owner), (await shown(second)).status]).toEqual([null, 404]);
  expect(await storedFiles()).toEqual(before);
  const audit = await owner.json<{ items: { detail: object }[] }>('GET', '/api/audit?action=profile.changed');
  expect(audit.items.map(({ detail }) => detail)).toEqual([
    { fields: ['picture'] },
    { fields: ['preferences'] },
    { fields: ['preferences'] },
    { fields: ['picture'] },
    { fields: ['picture'] },
  ]);
});

test.each<[string, () => Blob, number, string]>([
  ['that can act', () => picture('<svg onload="alert(1)"/>', 'image/svg+xml'), 415, 'unsupported-media-type'],
  ['that can act, under another type', () => picture('<svg onload="alert(1)"/>'), 415, 'unsupported-media-type'],
  ['that is a page', () => picture('<!doctype html><script>alert(1)</script>'), 415, 'unsupported-media-type'],
  ['that is cut off', () => picture(drawPng(40, 40).subarray(0, -9)), 400, 'invalid-input'],
  ['of giant size', () => picture(drawPng(1025, 20)), 400, 'invalid-input'],
  ['of more than a megabyte', () => picture(Buffer.concat([drawPng(40, 40), Buffer.alloc(2 ** 20)])), 413, 'too-large'],
])('a picture %s', async (_case, content, status, code) => {
  for (const path of ['/api/me/picture', '/api/tenant/logo']) {
    const response = await owner.fetch('PUT', path, { body: content() });
    const answer = (await response.json()) as { code?: string };
    expect([path, response.status, answer.code]).toEqual([path, status, code]);
  }
  expect(await storedFiles()).toEqual(before);
});

test('the logo stands on public pages for everybody, until it is taken away by who may', async () => {
  const viewer = await platform.as('viewer');
  const body = picture(drawPng(64, 32));
  expect((await viewer.fetch('PUT', '/api/tenant/logo', { body })).status).toBe(403);
  expect((await platform.visitor().fetch('PUT', '/api/tenant/logo', { body })).status).toBe(401);
  const { logo } = (await (await owner.fetch('PUT', '/api/tenant/logo', { body })).json()) as { logo: string };
  const { tenant } = await viewer.json<{ tenant: { logo: string | null } }>('GET', '/api/shell');
  expect(tenant.logo).toBe(logo);
  const page = async (slug: string) => (await fetch(`${platform.url}/t/${slug}`)).text();
  expect(await page('first')).toContain(`<img class="logo" src="${logo}" alt="">`);
  expect(await page('second')).not.toContain('<img');
  const response = await shown(logo);
  expect([response.headers.get('Cross-Origin-Resource-Policy'), response.headers.get('Cache-Control')]).toEqual([
    'cross-origin',
    'public, max-age=31536000, immutable',
  ]);
  await response.arrayBuffer();
  // A name is that of one place.
  for (const path of [logo.replace('/first/', '/second/'), logo.replace('workspaces/first', 'people')]) {
    expect((await shown(path)).status).toBe(404);
  }
  expect((await viewer.fetch('DELETE', '/api/tenant/logo')).status).toBe(403);
  expect((await owner.fetch('DELETE', '/api/tenant/logo')).status).toBe(204);
  expect(await page('first')).not.toContain('<img');
  expect((await shown(logo)).status).toBe(404);
  expect(await storedFiles()).toEqual(before);
});
