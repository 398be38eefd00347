import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ApiError } from '../errors/index.ts';
import { Spool } from './spool.ts';

let folder: string;
let spool: Spool;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spool-'));
  spool = new Spool(join(folder, 'incoming'));
});
afterEach(() => rm(folder, { recursive: true }));

const waiting = () => readdir(join(folder, 'incoming'));

test('keeps what arrived, with its size and hash', async () => {
  const chunks = [Buffer.from('Jane '), Buffer.alloc(0), Buffer.from('Doe')];
  const received = await spool.receive(Readable.from(chunks), 8, 'cv.txt');
  expect(await readFile(received.path, 'utf8')).toBe('Jane Doe');
  expect(received.size).toBe(8);
  expect(received.sha256).toBe(createHash('sha256').update('Jane Doe').digest('hex'));
});

test('refuses at the first byte too many, without waiting for the rest', async () => {
  const endless = new PassThrough();
  endless.write(Buffer.alloc(11));
  const refused = spool.receive(endless, 10, 'cv.pdf');
  await expect(refused).rejects.toMatchObject({ code: 'too-large', message: '"cv.pdf" is larger than 10 bytes.' });
  expect(endless.destroyed).toBe(true);
  expect(await waiting()).toEqual([]);
});

test('keeps nothing of an upload that broke off', async () => {
  const upload = new PassThrough();
  upload.write('half a');
  const received = spool.receive(upload, 100, 'cv.pdf');
  setTimeout(() => upload.destroy(), 5);
  await expect(received).rejects.toMatchObject({ code: 'malformed-request', reason: 'upload-aborted' });
  expect(await waiting()).toEqual([]);
});

test('passes on a problem that the sending side raised', async () => {
  const problem = new ApiError('too-large', 'The form is too large.');
  const upload = new PassThrough();
  const received = spool.receive(upload, 100, 'cv.pdf');
  setTimeout(() => upload.destroy(problem), 5);
  await expect(received).rejects.toBe(problem);
});

test('bears an upload that ends before anything of it was asked for', async () => {
  const problem = new ApiError('too-large', 'The form is too large.');
  for (const cause of [problem, undefined]) {
    const upload = new PassThrough();
    const received = spool.receive(upload, 100, 'cv.pdf');
    // An error that nobody listens to ends the process.
    expect(upload.listenerCount('error')).toBeGreaterThan(0);
    upload.destroy(cause);
    await expect(received).rejects.toMatchObject({ code: cause?.code ?? 'malformed-request' });
  }
  expect(await waiting()).toEqual([]);
});

test('says when the disk cannot take the file', async () => {
  const blocked = new Spool(join('/dev/null', 'incoming'));
  await expect(blocked.receive(Readable.from(['x']), 10, 'cv.pdf')).rejects.toMatchObject({ code: 'unavailable' });
});

test('leaves room for others', async () => {
  const upload = new PassThrough();
  const never = new Spool(join(folder, 'incoming'), Number.MAX_SAFE_INTEGER);
  await expect(never.receive(upload, 10, 'cv.pdf')).rejects.toMatchObject({
    code: 'unavailable',
    reason: 'storage-full',
  });
  expect(upload.destroyed).toBe(true);
  expect(await waiting()).toEqual([]);
});

test('removes only what is old', async () => {
  const old = await spool.receive(Readable.from(['old']), 10, 'a');
  const young = await spool.receive(Readable.from(['young']), 10, 'b');
  await utimes(old.path, new Date(0), new Date(0));
  expect(await spool.removeOlderThan(new Date(1000))).toBe(1);
  expect(await waiting()).toEqual([young.path.split('/').at(-1)]);
  expect(await new Spool(join(folder, 'none')).removeOlderThan(new Date())).toBe(0);
});
