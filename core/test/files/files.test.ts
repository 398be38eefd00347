import { mkdtemp, readdir, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createFiles, type FileScope, type Files } from '../../src/files/index.ts';
import { createTestDatabase, seedTenants, type TestDatabase } from '../support/test-database.ts';

const PDF = ['application/pdf'];
let database: TestDatabase;
let ids: Awaited<ReturnType<typeof seedTenants>>;
let folder: string;
let files: Files;
let board: FileScope;
let cvs: FileScope;

beforeAll(async () => {
  database = await createTestDatabase();
  ids = await seedTenants(database.database);
  board = { tenantId: ids.a, pluginId: 'job-board', userId: ids.userA };
  cvs = { tenantId: ids.a, pluginId: 'cv-analysis', userId: null };
});
afterAll(() => database.drop());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bazaar-files-'));
  files = createFiles({ dataDir: folder, database: database.database });
});
afterEach(() => rm(folder, { recursive: true }));

function incoming(content: string | Buffer, name = 'cv.txt', extra: { maxBytes?: number; accept?: string[] } = {}) {
  return { name, content: Readable.from([Buffer.from(content)]), maxBytes: 1000, ...extra };
}

async function stored(): Promise<string[]> {
  const entries = await readdir(join(folder, 'files'), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function age(path: string): Promise<void> {
  const hoursAgo = new Date(Date.now() - 2 * 60 * 60 * 1000);
  await utimes(path, hoursAgo, hoursAgo);
}

test('stores a file with what its content says of it', async () => {
  const info = await files.store.store(board, incoming('%PDF-1.7 …', '../Lebenslauf Zoë.txt'));
  expect(info).toMatchObject({ name: 'Lebenslauf Zoë.txt', type: 'application/pdf', size: 12 });
  expect(info.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(new Date(info.createdAt).toISOString()).toBe(info.createdAt);
  expect(await files.store.info(board, info.id)).toEqual(info);
  const { content } = await files.store.read(board, info.id);
  expect(await text(content)).toBe('%PDF-1.7 …');
  const { path } = await files.store.localPath(board, info.id);
  expect(path).toBe(join(folder, 'files', ids.a, info.id.slice(0, 2), info.id));
  expect((await stat(path)).mode & 0o077).toBe(0);
});

test('refuses by content, not by name, and says what was found; nothing stays', async () => {
  const program = incoming(`MZ\x90\0${'\0'.repeat(100)}`, 'cv.pdf', { accept: PDF });
  await expect(files.store.store(board, program)).rejects.toMatchObject({
    code: 'unsupported-media-type',
    reason: 'file-type-refused',
    message: '"cv.pdf" is a Windows program, whatever its name says. Accepted: a PDF document.',
  });
  await expect(files.store.store(board, incoming('', 'cv.pdf', { accept: PDF }))).rejects.toMatchObject({
    reason: 'file-type-refused',
    message: '"cv.pdf" is empty: it holds not a single byte.',
  });
  await expect(files.store.store(board, incoming('x'.repeat(11), 'cv', { maxBytes: 10 }))).rejects.toMatchObject({
    code: 'too-large',
  });
  const aborted = new PassThrough();
  aborted.write('half');
  setTimeout(() => aborted.destroy(), 5);
  await expect(files.store.store(board, { name: 'x', content: aborted, maxBytes: 99 })).rejects.toMatchObject({
    code: 'malformed-request',
  });
  expect(await stored()).toEqual([]);
});

test('another plugin’s or tenant’s file, an unknown and a malformed id are all the same: not found', async () => {
  const { id } = await files.store.store(board, incoming('secret'));
  const elsewhere: FileScope = { tenantId: ids.b, pluginId: 'job-board', userId: ids.userB };
  for (const [scope, wanted] of [
    [cvs, id],
    [elsewhere, id],
    [board, crypto.randomUUID()],
    [board, '../../etc/passwd'],
    [board, "' or true --"],
  ] as const) {
    for (const work of ['info', 'read', 'localPath', 'delete'] as const) {
      await expect(files.store[work](scope, wanted)).rejects.toMatchObject({ code: 'not-found' });
    }
  }
  await expect(files.store.grant(ids.b, id, 'cv-analysis')).rejects.toMatchObject({ code: 'not-found' });
  await expect(files.store.grant(ids.a, 'nonsense', 'cv-analysis')).rejects.toMatchObject({ code: 'not-found' });
});

test('a granted plugin reads the file but cannot delete it', async () => {
  const info = await files.store.store(board, incoming('for both'));
  await files.store.grant(ids.a, info.id, 'cv-analysis');
  await files.store.grant(ids.a, info.id, 'cv-analysis');
  expect(await files.store.info(cvs, info.id)).toEqual(info);
  await expect(files.store.delete(cvs, info.id)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(files.store.discard(cvs, info.id)).rejects.toMatchObject({ code: 'not-found' });
  expect(await files.store.info(board, info.id)).toEqual(info);
  await files.store.delete(board, info.id);
  for (const scope of [board, cvs]) {
    await expect(files.store.read(scope, info.id)).rejects.toMatchObject({ code: 'not-found' });
  }
  await expect(files.store.delete(board, info.id)).rejects.toMatchObject({ code: 'not-found' });
  await expect(files.store.grant(ids.a, info.id, 'crm')).rejects.toMatchObject({ code: 'not-found' });
});

test('what is discarded leaves neither row nor content', async () => {
  const { id } = await files.store.store(board, incoming('not needed'));
  await files.store.discard(board, id);
  expect(await stored()).toEqual([]);
  const { rows } = await database.database.platform.query('select 1 from core.files where id = $1', [id]);
  expect(rows).toEqual([]);
});

test('content that has vanished from the disk is told as such', async () => {
  const { id } = await files.store.store(board, incoming('x'));
  await rm((await files.store.localPath(board, id)).path);
  for (const work of ['read', 'localPath'] as const) {
    await expect(files.store[work](board, id)).rejects.toMatchObject({
      code: 'unavailable',
      reason: 'content-missing',
    });
  }
});

test('a failed insert leaves its content to the sweep, which takes only what is old and nobody’s', async () => {
  const kept = await files.store.store(board, incoming('kept'));
  const broken = createFiles({
    dataDir: folder,
    database: { ...database.database, queryInTenant: () => Promise.reject(new Error('connection lost')) },
  });
  await expect(broken.store.store(board, incoming('orphan'))).rejects.toThrow('connection lost');
  expect(await stored()).toHaveLength(2);
  expect(await files.sweep()).toEqual({ incoming: 0, orphans: 0, deleted: 0 });

  for (const path of await stored()) await age(path);
  expect(await files.sweep()).toEqual({ incoming: 0, orphans: 1, deleted: 0 });
  expect(await text((await files.store.read(board, kept.id)).content)).toBe('kept');
});

test('the sweep takes what was deleted more than an hour ago, row and content', async () => {
  const { id } = await files.store.store(board, incoming('gone'));
  await files.store.grant(ids.a, id, 'cv-analysis');
  await files.store.delete(board, id);
  expect(await files.sweep()).toMatchObject({ deleted: 0 });
  await database.database.platform.query(
    `update core.files set deleted_at = now() - interval '2 hours' where id = $1`,
    [id],
  );
  expect(await files.sweep()).toMatchObject({ deleted: 1 });
  expect(await stored()).toEqual([]);
  const { rows } = await database.database.platform.query('select 1 from core.files where id = $1', [id]);
  expect(rows).toEqual([]);
});
