import { gunzipSync, gzipSync } from 'node:zlib';
import { Header } from 'tar';
import type { Files } from './stock-package.ts';

interface Entry {
  path: string;
  type?: 'File' | 'SymbolicLink' | 'Link' | 'CharacterDevice';
  linkpath?: string;
  content?: string;
}

/** A gzipped tar of whatever entries; no writer of archives would make most of them. */
function archive(entries: readonly Entry[]): Buffer {
  const blocks = entries.flatMap(({ path, type = 'File', linkpath, content = '' }) => {
    const block = Buffer.alloc(512);
    const size = Buffer.byteLength(content);
    new Header({ path, type, mode: 0o644, size, ...(linkpath === undefined ? {} : { linkpath }) }).encode(block, 0);
    const body = Buffer.alloc(Math.ceil(size / 512) * 512);
    body.write(content);
    return [block, body];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

const within = (files: Files): Entry[] =>
  Object.entries(files).map(([path, content]) => ({ path: `package/${path}`, content }));

/** Each of its parts asks the next one twice. */
const ENDLESS = {
  type: 'object',
  allOf: [{ $ref: '#/$defs/a0' }],
  $defs: Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => {
      const next = { $ref: `#/$defs/a${index + 1}` };
      return [`a${index}`, index === 39 ? {} : { allOf: [next, next] }];
    }),
  ),
};

/** Name → archive, around files that would be in order by themselves. */
export function hostileArchives(files: Files): Record<string, Buffer> {
  const good = within(files);
  const manifest = JSON.parse(files['plugin.json'] ?? '') as object;
  const zeros = '\0'.repeat(1024 * 1024);
  return {
    'a path out of the package': archive([...good, { path: 'package/../../../tmp/bazaar-evil', content: 'evil' }]),
    'an absolute path': archive([...good, { path: '/tmp/bazaar-evil', content: 'evil' }]),
    'a link to a file outside': archive([
      ...good,
      { path: 'package/secret.json', type: 'SymbolicLink', linkpath: '/etc/passwd' },
    ]),
    'a link to a folder outside, and a file through it': archive([
      ...good,
      { path: 'package/out', type: 'SymbolicLink', linkpath: '/tmp' },
      { path: 'package/out/bazaar-evil', content: 'evil' },
    ]),
    'a hard link': archive([...good, { path: 'package/hard', type: 'Link', linkpath: '/etc/passwd' }]),
    'a device': archive([...good, { path: 'package/zero', type: 'CharacterDevice' }]),
    'more than it says: 300 MB of nothing': archive([
      ...good,
      ...Array.from({ length: 300 }, (_, index) => ({ path: `package/zeros-${index}`, content: zeros })),
    ]),
    'too many files': archive([
      ...good,
      ...Array.from({ length: 5_100 }, (_, index) => ({ path: `package/file-${index}`, content: 'x' })),
    ]),
    'one byte after the other missing': archive(good).subarray(0, 700),
    'no archive at all': Buffer.from('this is no archive'),
    'gzip of something else': gzipSync('this is no archive either'),
    'an archive of nothing': archive([]),
    'headers that are none, more of them than are read at a time': gzipSync(
      Buffer.concat([gunzipSync(archive(good)).subarray(0, -1024), Buffer.alloc(1024 * 1024, 'x')]),
      { level: 0 },
    ),
    'two files of which some machines make one': archive([...good, { path: 'package/PLUGIN.json', content: '{}' }]),
    'a manifest with a schema that would be looked at for ever': archive(
      within({ ...files, 'plugin.json': JSON.stringify({ ...manifest, settings: ENDLESS }) }),
    ),
    'the package not in a folder': archive(Object.entries(files).map(([path, content]) => ({ path, content }))),
  };
}
