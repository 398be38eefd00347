import { existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BundleError } from '../../src/bundling/index.ts';
import { openWorkshop, type Workshop } from './support.ts';

let workshop: Workshop;
const good = 'export default { actions: {} };\n';

beforeAll(() => {
  workshop = openWorkshop();
  writeFileSync(join(workshop.folder, 'secret.ts'), 'export const secret = "of another package";\n');
});
afterAll(() => workshop.close());

async function refusal(files: Record<string, string>, prepare?: (folder: string) => void): Promise<string> {
  const source = workshop.package({ 'src/plugin.ts': good, ...files });
  prepare?.(source.folder);
  const error = await workshop.bundler.server(source).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(BundleError);
  return (error as BundleError).message;
}

const entry = (code: string) => ({ 'src/plugin.ts': `${code}\n${good}` });

describe('imports that lead out of the package', () => {
  test.each([
    ['an absolute path', 'import "/etc/passwd";', /src\/plugin\.ts: imports "\/etc\/passwd"/],
    [
      'a path above',
      'import { secret } from "../../../secret.ts"; secret;',
      /"\.\.\/\.\.\/\.\.\/secret\.ts", which is outside/,
    ],
    ['a way around', 'import "./../src/../../../secret.ts";', /which is outside the package/],
    ['a file URL', 'import "file:///etc/passwd";', /imports "file:\/\/\/etc\/passwd"/],
    ['an address', 'import "https://example.test/x.js";', /imports "https:\/\/example\.test\/x\.js"/],
    ['code in the import', 'import "data:text/javascript,export default 1";', /imports "data:/],
    ['a module of Node.js', 'import fs from "node:fs"; fs;', /imports "node:fs", a module of Node\.js/],
    ['one by its short name', 'import fs from "fs"; fs;', /imports "fs", a module of Node\.js/],
    ['an exported one', 'export { readFileSync } from "node:fs";', /imports "node:fs"/],
    ['a later one', 'export const later = () => import("node:fs");', /imports "node:fs"/],
    [
      'one by an expression',
      'export const any = (x: string) => import(x);',
      /src\/plugin\.ts: imports a module by an expr/,
    ],
    ['a hidden one', 'export const any = (x: string) => import /* ( */ (x);', /imports a module by an expression/],
    ['one by require', 'export const later = () => require("node:fs");', /imports "node:fs"/],
    ['a package of the platform', 'import koa from "koa"; koa;', /imports "koa", which is not in the package/],
    ['the core', 'import "@bazaar/core";', /imports "@bazaar\/core", which is not in the package/],
    ['more of the SDK', 'import "@bazaar/sdk/host";', /imports "@bazaar\/sdk\/host"/],
    [
      'a missing file',
      'import "./nowhere.ts";',
      /src\/plugin\.ts: imports "\.\/nowhere\.ts", which is not in the package/,
    ],
    ['an internal name', 'import "#secret";', /imports "#secret"/],
    ['an unprintable name', 'import "./\\0.ts";', /imports/],
  ])('%s', async (_name, code, message) => {
    const description = { name: 'x', type: 'module', imports: { '#secret': '../../secret.ts' } };
    expect(await refusal({ ...entry(code), 'package.json': JSON.stringify(description) })).toMatch(message);
  });

  test('in a package that the package brings', async () => {
    const message = await refusal({
      ...entry('import "evil";'),
      'node_modules/evil/package.json': '{"name":"evil","main":"../../../../secret.ts"}',
    });
    expect(message).toMatch(/imports "evil"/);
    const deeper = await refusal({
      ...entry('import "evil";'),
      'node_modules/evil/package.json': '{"name":"evil","main":"index.js"}',
      'node_modules/evil/index.js': 'require("child_process")',
    });
    expect(deeper).toMatch(/node_modules\/evil\/index\.js: imports "child_process"/);
  });

  test('links', async () => {
    const file = await refusal(entry('import "./link.ts";'), (folder) =>
      symlinkSync('../../../secret.ts', join(folder, 'src/link.ts')),
    );
    expect(file).toMatch(/imports "\.\/link\.ts", a link that leads out of the package/);
    const below = await refusal(entry('import "./out/secret.ts";'), (folder) =>
      symlinkSync(workshop.folder, join(folder, 'src/out')),
    );
    expect(below).toMatch(/a link that leads out/);
    const source = workshop.package({});
    symlinkSync(workshop.folder, join(source.folder, 'src'));
    await expect(workshop.bundler.server({ ...source, entry: 'src/secret.ts' })).rejects.toThrow(/leads out/);
    await expect(workshop.bundler.server({ ...source, entry: '../../secret.ts' })).rejects.toThrow(BundleError);
    await expect(workshop.bundler.server({ ...source, entry: 'nowhere.ts' })).rejects.toThrow(/cannot be read/);
    await expect(workshop.bundler.server({ ...source, entry: 'src' })).rejects.toThrow(BundleError);
  });

  test('files that are no modules', async () => {
    for (const file of ['a.wasm', 'a.node', 'a.css', 'a.tsx', 'a.txt']) {
      expect(await refusal({ ...entry(`import "./${file}";`), [`src/${file}`]: 'x' })).toMatch(`src/${file}: `);
    }
    expect(
      await refusal({ ...entry('import x from "./a.json" with { type: "json" }; x;'), 'src/a.json': '{' }),
    ).toMatch(/src\/a\.json/);
  });
});

describe('sources made to do harm', () => {
  test('parentheses without end', async () => {
    const deep = `export default ${'('.repeat(100_000)}1${')'.repeat(100_000)};`;
    expect(await refusal({ 'src/plugin.ts': deep })).toMatch(/./);
  });

  test('nested arrays, types and templates', async () => {
    for (const [open, close] of [
      ['[', ']'],
      ['${`', '`}'],
      ['{a:', '}'],
    ] as const) {
      const value = `${open.repeat(50_000)}1${close.repeat(50_000)}`;
      const code = open === '${`' ? `\`${value}\`` : value;
      expect(await refusal({ 'src/plugin.ts': `export const x = ${code};` })).toMatch(/./);
    }
  });

  test('one line of fifty megabytes', async () => {
    const message = await refusal({ 'src/plugin.ts': `${good}//${'x'.repeat(50 * 1024 * 1024)}` });
    expect(message).toMatch(/src\/plugin\.ts: has 5\d+ bytes/);
  });

  test.each([
    ['no code', 'this is no code', /src\/plugin\.ts: .*\(line 1\)/],
    ['bytes', '\u0000\u0001\ufffd', /src\/plugin\.ts/],
    ['nothing exported', 'export const x = 1;', /no default export/],
    ['an empty file', '', /no default export/],
    ['a wrong name', 'import { no } from "./other.ts"; export default no;', /"no"/],
  ])('%s', async (_name, code, message) => {
    expect(await refusal({ 'src/plugin.ts': code, 'src/other.ts': 'export const yes = 1;' })).toMatch(message);
  });

  test('settings of other tools are neither run nor read', async () => {
    const mark = join(workshop.folder, 'was-run');
    const run = `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(mark)}, '1'); export default {};`;
    const source = workshop.package({
      'src/plugin.ts': 'import { a } from "@/a.ts"; export default a;',
      'src/a.ts': 'export const a = 1;',
      'ui/screen.ts': 'export const mode = import.meta.env?.SECRET ?? "none";',
      'vite.config.js': run,
      'rolldown.config.js': run,
      'postcss.config.js': run,
      '.env': 'SECRET=1',
      'tsconfig.json': JSON.stringify({
        extends: '../../secret.json',
        compilerOptions: { paths: { '@/*': ['./src/*'] }, plugins: [{ name: './vite.config.js' }] },
      }),
    });
    await expect(workshop.bundler.server(source)).rejects.toThrow(/imports "@\/a\.ts", which is not in the package/);
    expect(await workshop.bundler.ui(source)).toBeDefined();
    expect(existsSync(mark)).toBe(false);
  });
});

test('a build ends at its limits', async () => {
  const hasty = openWorkshop({ milliseconds: 1 });
  const modest = openWorkshop({ memoryBytes: 1024 });
  try {
    const files = { 'src/plugin.ts': good };
    await expect(hasty.bundler.server(hasty.package(files))).rejects.toThrow(/takes longer than/);
    await expect(modest.bundler.server(modest.package(files))).rejects.toThrow(/too much memory/);
  } finally {
    await hasty.close();
    await modest.close();
  }
});
