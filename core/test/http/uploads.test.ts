import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type ApiClient, type Platform, startPlatform } from '@bazaar/sdk/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Contract } from '../fixtures/plugins/attachments/src/contract.generated.ts';

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
