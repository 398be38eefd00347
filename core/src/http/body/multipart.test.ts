import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import type { FileInfo } from '@bazaar/sdk';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ApiError } from '../../errors/index.ts';
import type { IncomingFile } from '../../files/index.ts';
import { StringReader } from '../input.ts';
import { type MultipartForm, readMultipart } from './multipart.ts';
import { uploadFields } from './upload-fields.ts';

const schema = {
  type: 'object',
  properties: {
    name: { type: 'string' },
    age: { type: 'integer' },
    cv: { type: 'object', format: 'bazaar-file', 'x-max-bytes': 1000 },
    extras: { type: 'array', items: { type: 'object', format: 'bazaar-file' } },
  },
};

/** Storage in memory that, as the real one, keeps nothing of what fails. */
const stored = new Map<string, string>();
let attempts = 0;
async function store(file: IncomingFile): Promise<FileInfo> {
  const id = `file-${++attempts}`;
  if (file.name === 'refused-early.txt') {
    for await (const _chunk of file.content) throw new ApiError('too-large', 'too large');
  }
  const content = await text(file.content);
  if (content.length > file.maxBytes) throw new ApiError('too-large', 'too large');
  stored.set(id, content);
  return { id, name: file.name, type: 'text/plain', size: content.length, sha256: '', createdAt: '' };
}

let server: Server;
let url: string;
let last: Promise<MultipartForm>;

async function read(request: IncomingMessage): Promise<MultipartForm> {
  return readMultipart(request, {
    files: uploadFields(schema, 5000),
    reader: new StringReader(schema),
    store,
    discard: async (id) => {
      stored.delete(id);
    },
  });
}

beforeAll(async () => {
  server = createServer((request, response) => {
    last = read(request);
    last.then(
      async (form) => {
        const refused = [...form.refused].map(([name, { code, status, reason }]) => ({ name, code, status, reason }));
        if (refused.length > 0) await form.discard();
        response.statusCode = refused[0]?.status ?? 200;
        response.end(JSON.stringify({ ...form, refused, ...refused[0] }));
      },
      (error: ApiError) => {
        response.statusCode = error.status;
        response.end(JSON.stringify({ code: error.code, reason: error.reason }));
      },
    );
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => server.close());
beforeEach(() => stored.clear());

function post(fields: [string, string | File][]) {
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  return fetch(url, { method: 'POST', body });
}

test('text by its schema, files through storage', async () => {
  const response = await post([
    ['name', 'Ada'],
    ['age', '36'],
    ['cv', new File(['hello'], 'cv é.txt')],
    ['extras', new File(['one'], '1.txt')],
    ['extras', new File(['two'], '2.txt')],
  ]);
  expect(response.status).toBe(200);
  const { input, values } = (await response.json()) as MultipartForm;
  expect(values).toEqual({ name: 'Ada', age: '36' });
  expect(input).toMatchObject({
    name: 'Ada',
    age: 36,
    cv: { name: 'cv é.txt', size: 5 },
    extras: [{ name: '1.txt' }, { name: '2.txt' }],
  });
  await (await last).discard();
  expect(stored.size).toBe(0);
});

test('an empty file field is absent', async () => {
  const response = await post([
    ['name', 'Ada'],
    ['cv', new File([], '')],
  ]);
  const { input } = (await response.json()) as MultipartForm;
  expect(input).toEqual({ name: 'Ada' });
});

test.each<[string, [string, string | File][], number, string | undefined]>([
  ['a file where text belongs', [['name', new File(['x'], 'x.txt')]], 400, 'unexpected-file'],
  ['text where a file belongs', [['cv', '{"id":"forged"}']], 400, 'not-a-file'],
  [
    'two files for one field',
    [
      ['cv', new File(['x'], 'x.txt')],
      ['cv', new File(['y'], 'y.txt')],
    ],
    400,
    'duplicate-parameter',
  ],
  ['a file above its limit', [['cv', new File(['x'.repeat(1001)], 'x.txt')]], 413, undefined],
  [
    'a file that storage gives up early',
    [['cv', new File(['x'.repeat(5_000_000)], 'refused-early.txt')]],
    413,
    undefined,
  ],
  ['a text field above its limit', [['name', 'x'.repeat(300_000)]], 413, undefined],
  ['a NUL in text', [['name', 'a\0b']], 400, 'nul-character'],
  ['a name that could reach a prototype', [['__proto__', 'x']], 400, 'forbidden-name'],
  [
    'too many files',
    Array.from({ length: 21 }, (_, index): [string, File] => ['extras', new File(['x'], `${index}.txt`)]),
    400,
    'too-many-files',
  ],
])('refuses %s and keeps nothing', async (_case, fields, status, reason) => {
  const response = await post([['extras', new File(['kept?'], 'first.txt')], ...fields]);
  expect(response.status).toBe(status);
  if (reason) expect(await response.json()).toMatchObject({ reason });
  expect(stored.size).toBe(0);
});

test('reads on after a file that is refused, for what else is wrong, but not for ever', async () => {
  const megabyte = Buffer.alloc(1024 * 1024, 'x');
  const sized = (megabytes: number) =>
    new File(
      Array.from({ length: megabytes }, () => megabyte),
      'x.txt',
    );
  expect((await post([['photo', sized(2)]])).status).toBe(400);
  expect([...(await last).refused.keys()]).toEqual(['photo']);
  expect((await post([['photo', sized(66)]])).status).toBe(400);
  await expect(last).rejects.toMatchObject({ reason: 'unexpected-file' });
});

test.each([
  ['multipart/form-data', 'no boundary'],
  ['multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nnever ends'],
  ['multipart/form-data; boundary=x', 'nothing of the kind'],
  ['multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; filename="a"\r\n\r\na\r\n--x--'],
  ['multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--'],
])('refuses a broken body (%s, %s)', async (type, body) => {
  const response = await fetch(url, { method: 'POST', headers: { 'Content-Type': type }, body });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ reason: 'bad-multipart' });
});

test('a sender who hangs up in the middle leaves nothing behind', async () => {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const part = '--x\r\nContent-Disposition: form-data; name="cv"; filename="a.txt"\r\n\r\nhalf';
  const before = attempts;
  socket.write(
    `POST / HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 900\r\n\r\n${part}`,
  );
  await expect.poll(() => attempts).toBe(before + 1);
  socket.destroy();
  await expect(last).rejects.toMatchObject({ status: 400 });
  expect(stored.size).toBe(0);
});
