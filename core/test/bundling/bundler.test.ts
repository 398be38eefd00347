import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bundler, createBundler } from '../../src/bundling/index.ts';
import { openWorkshop, type Workshop } from './support.ts';

let workshop: Workshop;
beforeAll(() => {
  workshop = openWorkshop();
});
afterAll(() => workshop.close());

const screen = `
import { BazaarElement } from '@bazaar/sdk/ui';
import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { words } from './parts/words.ts';
class Screen extends BazaarElement {
  override render() { return html\`<vaadin-button>x</vaadin-button><vaadin-grid-column></vaadin-grid-column>\${repeat(words as string[], (word) => word)}\`; }
}
customElements.define('fixture-screen', Screen);
`;

describe('the server side', () => {
  test('is one module without imports that does what the package does', async () => {
    const source = workshop.package({
      'src/plugin.ts': `
import { definePlugin, invalidField } from '@bazaar/sdk';
import type { Contract } from './types.ts';
import { even } from './cycle-a.ts';
import { greet } from './greet.ts';
import data from './data.json' with { type: 'json' };
import dependency from 'dependency';
export default definePlugin<Contract>({
  actions: {
    greet: async () => ({ text: greet(data.name), even: even(10), dependency: dependency.twice(21) }),
    fail: async () => { throw invalidField('/x', 'no'); },
    lazy: async () => (await import('./lazy.ts')).lazy,
  },
});`,
      'src/types.ts': 'export interface Contract { actions: object }',
      'src/greet.ts': 'export const greet = (name: string): string => "Hello " + name;',
      'src/lazy.ts': 'export const lazy = "later" as const;',
      'src/cycle-a.ts':
        'import { odd } from "./cycle-b.ts"; export const even = (n: number): boolean => n === 0 || odd(n - 1);',
      'src/cycle-b.ts':
        'import { even } from "./cycle-a.ts"; export const odd = (n: number): boolean => n !== 0 && even(n - 1);',
      'src/data.json': '{"name":"Zoë"}',
      'node_modules/dependency/package.json': '{"name":"dependency","main":"index.js"}',
      'node_modules/dependency/index.js': 'const { two } = require("./two"); exports.twice = (n) => n * two;',
      'node_modules/dependency/two.js': 'exports.two = 2;',
      'node_modules/@bazaar/sdk/package.json': '{"name":"@bazaar/sdk","main":"index.js"}',
      'node_modules/@bazaar/sdk/index.js': 'exports.definePlugin = () => "not ours";',
    });
    const { file, code } = await workshop.bundler.server(source);
    expect(code).not.toMatch(/^\s*import\b/m);
    expect(readFileSync(file, 'utf8')).toBe(code);
    const { default: plugin } = await import(pathToFileURL(file).href);
    expect(await plugin.actions.greet()).toEqual({ text: 'Hello Zoë', even: true, dependency: 42 });
    expect(await plugin.actions.lazy()).toBe('later');
    await expect(plugin.actions.fail()).rejects.toMatchObject({ name: 'Problem' });
  });

  test('of the same integrity is built once, also when several ask at the same time', async () => {
    const source = workshop.package({ 'src/plugin.ts': 'export default { actions: {} };' });
    const all = await Promise.all([1, 2, 3].map(() => workshop.bundler.server(source)));
    expect(new Set(all.map(({ file }) => file)).size).toBe(1);
    rmSync(source.folder, { recursive: true });
    const again = createBundler({ folder: workshop.cache, log: { info: () => {}, warn: () => {} } });
    expect((await again.server(source)).code).toBe(all[0]?.code);
    await again.close();
  });
});

describe('the browser side', () => {
  test('is a module for each file of ui, with what the shell shares left outside', async () => {
    const source = workshop.package({
      'ui/screen.ts': screen,
      'ui/widget.ts': `import { words } from './parts/words.ts'; export default words;`,
      'ui/screen.test.ts': 'throw new Error();',
      'ui/parts/words.ts': 'export const words: readonly string[] = ["one", "two"].map((word) => word.toUpperCase());',
    });
    const { folder } = (await workshop.bundler.ui(source)) ?? {};
    const names = readdirSync(folder ?? '').sort();
    expect(names).toEqual(['bazaar-elements.js', 'chunks', 'screen.js', 'widget.js']);
    const elements = readFileSync(join(folder ?? '', 'bazaar-elements.js'), 'utf8');
    expect(elements).toBe('export default {"screen.js":["vaadin-button","vaadin-grid-column"],"widget.js":[]};\n');
    const code = readFileSync(join(folder ?? '', 'screen.js'), 'utf8');
    const imports = [...code.matchAll(/from\s*["'`]([^"'`]+)["'`]/g)].map(([, from]) => from);
    expect(imports.filter((from) => !from?.startsWith('./')).sort()).toEqual([
      '@bazaar/sdk/ui',
      'lit',
      'lit/directives/repeat.js',
    ]);
  });

  test('of a package without one is nothing', async () => {
    expect(await workshop.bundler.ui(workshop.package({ 'src/plugin.ts': 'export default {};' }))).toBeUndefined();
  });

  test.each([
    ['@vaadin/button', /imports "@vaadin\/button", which is not shared with plugins; .*use the tag alone/],
    ['lit-html', /imports "lit-html", which is not shared with plugins/],
    ['@bazaar/sdk', /which is not shared/],
    ['../../other/x.ts', /which is outside the package/],
  ])('may not import %s', async (name, message) => {
    const source = workshop.package({ 'ui/screen.ts': `import '${name}';` });
    await expect(workshop.bundler.ui(source)).rejects.toThrow(message);
  });
});

describe('what platforms of a machine share', () => {
  const source = () => workshop.package({ 'src/plugin.ts': 'export default { actions: {} };', 'ui/a.ts': 'export {}' });
  const sharedFolder = () => join(workshop.folder, 'shared');
  /** A platform of its own; with `builds: false` one that cannot build anything. */
  const platform = async <T>({ builds }: { builds: boolean }, work: (bundler: Bundler) => Promise<T>): Promise<T> => {
    const bundler = createBundler({
      folder: join(workshop.folder, randomUUID()),
      sharedFolder: sharedFolder(),
      log: { info: () => {}, warn: (_data, message) => void warnings.push(message) },
      ...(builds ? {} : { limits: { memoryBytes: 1 } }),
    });
    return work(bundler).finally(() => bundler.close());
  };
  const built = (pkg: ReturnType<typeof source>) => async (bundler: Bundler) => {
    const [{ code }, ui] = await Promise.all([bundler.server(pkg), bundler.ui(pkg)]);
    return { code, modules: readdirSync(ui?.folder ?? '') };
  };
  const warnings: string[] = [];

  test('is built once for all of them, and forgotten by each for itself', async () => {
    const pkg = source();
    const first = await platform({ builds: true }, async (bundler) => {
      const result = await built(pkg)(bundler);
      await bundler.forget(pkg.integrity);
      return result;
    });
    expect(await platform({ builds: false }, built(pkg))).toEqual(first);
    expect(statSync(sharedFolder()).mode & 0o777).toBe(0o700);
    rmSync(sharedFolder(), { recursive: true });
    await expect(platform({ builds: false }, built(pkg))).rejects.toThrow('memory');
    expect(warnings).toEqual([]);
  });

  test('may be damaged or out of reach: then each builds for itself', async () => {
    const pkg = source();
    const first = await platform({ builds: true }, built(pkg));
    for (const name of readdirSync(sharedFolder())) writeFileSync(join(sharedFolder(), name), '[{"name":"plugin');
    expect(await platform({ builds: true }, built(pkg))).toEqual(first);
    expect(await platform({ builds: false }, built(pkg))).toEqual(first);
    rmSync(sharedFolder(), { recursive: true });
    writeFileSync(sharedFolder(), 'a file');
    expect(await platform({ builds: true }, built(pkg))).toEqual(first);
    expect(new Set(warnings)).toEqual(new Set(['The shared folder of builds cannot be used']));
  });
});

describe('what is kept', () => {
  test('is deleted when it is forgotten, and built anew', async () => {
    const source = workshop.package({ 'src/plugin.ts': 'export default { actions: {} };', 'ui/a.ts': 'export {}' });
    const { file } = await workshop.bundler.server(source);
    const ui = await workshop.bundler.ui(source);
    await workshop.bundler.forget(source.integrity);
    expect([existsSync(file), existsSync(ui?.folder ?? file)]).toEqual([false, false]);
    expect((await workshop.bundler.server(source)).file).toBe(file);
  });

  test('is never half: a build that was killed leaves nothing that is used, and is swept', async () => {
    const source = workshop.package({ 'src/plugin.ts': 'export default { actions: {} };' });
    const doomed = createBundler({ folder: workshop.cache, log: { info: () => {}, warn: () => {} } });
    const build = doomed.server(source);
    const outcome = expect(build).rejects.toThrow(/was ended/);
    await doomed.close();
    await outcome;
    const old = join(workshop.cache, '.unfinished-x');
    mkdirSync(old);
    utimesSync(old, 0, 0);
    const next = createBundler({ folder: workshop.cache, log: { info: () => {}, warn: () => {} } });
    expect((await next.server(source)).code).toContain('export');
    expect(readdirSync(workshop.cache).filter((name) => name.startsWith('.'))).toEqual([]);
    await next.close();
  });
});
