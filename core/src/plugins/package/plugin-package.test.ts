import { describe, expect, it } from 'vitest';
import { PackageError } from '../manifest/issue.ts';
import type { PackedFiles } from './packed-files.ts';
import { interpretPackage } from './plugin-package.ts';

const action = {
  name: 'a.list',
  summary: 'All',
  effect: 'read',
  permission: 'a.read',
  input: { type: 'object' },
  output: { type: 'object' },
};
const view = { title: 'A', element: 'a-view', module: 'view.js', permission: 'a.read' };
const manifest = {
  id: 'a',
  name: 'A',
  version: '1.0.0',
  sdk: '^1.0.0',
  description: 'A',
  publisher: 'A',
  category: 'a',
  permissions: [{ name: 'a.read', title: 'Read' }],
  actions: [action],
  screens: [{ ...view, path: '/a' }],
  widgets: [{ ...view, slot: 'dashboard' }],
  demo: { acme: 'demo/acme.json' },
};
const COMPLETE: Record<string, string> = {
  'package.json': '{ "name": "a", "version": "1.0.0", "type": "module" }',
  'plugin.json': JSON.stringify(manifest),
  'src/plugin.ts': '',
  'ui/view.ts': '',
  'demo/acme.json': '{}',
};

function packed(changes: Record<string, string | null> = {}): PackedFiles {
  const all = Object.entries({ ...COMPLETE, ...changes });
  const files = all.flatMap(([path, text]): [string, string][] => (text === null ? [] : [[path, text]]));
  return {
    folder: '/nowhere',
    integrity: 'sha512-x',
    paths: files.map(([path]) => path),
    contents: new Map(files.map(([path, text]) => [path, Buffer.from(text)])),
  };
}

function issues(changes: Record<string, string | null>): string[] {
  try {
    interpretPackage(packed(changes));
    return [];
  } catch (error) {
    if (!(error instanceof PackageError)) throw error;
    return error.issues.map(({ file, pointer }) => `${file} ${pointer}`.trim());
  }
}

/** What is said of a package in which this file has this content; `null`: one too large to be kept. */
function complaints(path: string, content: Buffer | null): string[] {
  const files = packed();
  const contents = new Map(files.contents);
  if (content) contents.set(path, content);
  else contents.delete(path);
  try {
    interpretPackage({ ...files, paths: [...new Set([...files.paths, path])], contents });
    return [];
  } catch (error) {
    if (!(error instanceof PackageError)) throw error;
    return error.issues.map(({ file, message }) => `${file} ${message}`);
  }
}

describe('the text of a file', () => {
  it.each(['plugin.json', 'migrations/0001-a.sql', 'queries/a.sql'])('is that of %s, or there is a reason', (path) => {
    expect(complaints(path, null)).toEqual([`${path} is larger than 4 MB`]);
    expect(complaints(path, Buffer.from('{ "name": "\u00c4" }', 'latin1'))).toEqual([
      `${path} is not UTF-8; save it as UTF-8`,
    ]);
  });

  it('may begin with a byte order mark', () => {
    expect(complaints('plugin.json', Buffer.from(`\ufeff${JSON.stringify(manifest)}`))).toEqual([]);
    expect(complaints('plugin.json', Buffer.from(JSON.stringify({ ...manifest, name: '\ufffd' })))).toEqual([]);
  });
});

describe('a package', () => {
  it('is what its files say', () => {
    expect(interpretPackage(packed())).toMatchObject({ entry: 'src/plugin.ts', manifest: { id: 'a' } });
  });

  it.each<[string, Record<string, string | null>, string[]]>([
    ['its manifest', { 'plugin.json': null }, ['plugin.json']],
    ['its module', { 'src/plugin.ts': null }, ['package.json']],
    [
      'the source of a screen and a widget',
      { 'ui/view.ts': null },
      ['plugin.json /screens/0/module', 'plugin.json /widgets/0/module'],
    ],
    ['its demo data', { 'demo/acme.json': null }, ['plugin.json /demo/acme']],
    [
      'the same version twice',
      { 'package.json': '{ "version": "2.0.0", "type": "module" }' },
      ['package.json /version'],
    ],
    [
      'each key once',
      {
        'package.json': '{ "version": "1.0.0", "type": "commonjs", "type": "module" }',
        'plugin.json': JSON.stringify({ ...manifest, again: 'b' }).replace('"again":', '"category":'),
      },
      ['plugin.json /category', 'package.json /type'],
    ],
    [
      'a package.json of honest depth',
      { 'package.json': `{ "version": "1.0.0", "type": "module", "deep": ${'['.repeat(101)}${']'.repeat(101)} }` },
      ['package.json'],
    ],
    ['to be a module', { 'package.json': '{ "version": "1.0.0" }' }, ['package.json /type']],
    ['JSON as demo data', { 'demo/acme.json': '{' }, ['demo/acme.json']],
  ])('needs %s', (_what, changes, expected) => {
    expect(issues(changes)).toEqual(expected);
  });
});
