import { existsSync } from 'node:fs';
import { ApiProblem } from '@bazaar/sdk/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { hostileArchives } from './support/hostile-archives.ts';
import { OperatedPlatform } from './support/operated-platform.ts';
import { coloured, type Files, packed, renamed, stock } from './support/stock-package.ts';
import type { TestSession } from './support/test-session.ts';
import { wholeState } from './support/whole-state.ts';

vi.setConfig({ testTimeout: 120_000 });

let platform: OperatedPlatform;
let admin: TestSession;
let before: Record<string, unknown>;
beforeAll(async () => {
  platform = await OperatedPlatform.start();
  admin = await platform.admin();
}, 120_000);
afterAll(() => platform?.stop());

/** Sends a package, which is refused; nothing may have changed. */
async function refused(path: string, archive: Buffer): Promise<ApiProblem> {
  const problem = await platform.call('POST', `/api/operator/plugins${path}`, archive).catch((error: unknown) => error);
  expect(problem).toBeInstanceOf(ApiProblem);
  expect(await wholeState(platform, admin)).toEqual(before);
  return problem as ApiProblem;
}

const module = (text: string): Files => ({ 'src/plugin.ts': text });
const migration = (text: string): Files => ({ 'migrations/0002-more.sql': text });
const UNPROTECTED = 'create table notes (tenant_id uuid not null, id uuid, primary key (tenant_id, id));';

/** What is wrong → files, and what the operator is told. */
const PACKAGES: Record<string, [Files, number, RegExp]> = {
  'no manifest': [{ 'package.json': '{"type":"module"}' }, 422, /plugin\.json/],
  'no package.json': [{ 'plugin.json': '{}' }, 422, /package\.json/],
  'a manifest that is no JSON': [stock('1.5.0', { 'plugin.json': '{' }), 422, /JSON/],
  'a manifest with unknown fields': [stock('1.5.0', {}, { tier: 'inline' }), 422, /tier/],
  'an id that is a path': [stock('1.5.0', {}, { id: '../stock' }), 422, /id/],
  'two versions': [stock('1.5.0', {}, { version: '1.6.0' }), 422, /version/],
  'an SDK of tomorrow': [stock('1.5.0', {}, { sdk: '^9.0.0' }), 409, /SDK/],
  'a plugin it needs and nobody has': [stock('1.5.0', {}, { requires: { crm: '^1.0.0' } }), 409, /crm/],
  'a migration that does not parse': [stock('1.5.0', migration('create tabel x')), 422, /0002-more/],
  'a migration that fails': [stock('1.5.0', migration('alter table nowhere add column x integer;')), 422, /nowhere/],
  'a migration that forgets row security': [stock('1.5.0', migration(UNPROTECTED)), 422, /notes/],
  'a migration that reaches elsewhere': [stock('1.5.0', migration('drop table core.users;')), 422, /core/],
  'a migration that would become somebody else': [stock('1.5.0', migration('set role postgres;')), 422, /0002-more/],
  'a query that does not prepare': [stock('1.5.0', { 'queries/lost.sql': 'select lost from goods' }), 422, /lost/],
  'a query that reaches elsewhere': [stock('1.5.0', { 'queries/spy.sql': 'select email from core.users' }), 422, /spy/],
  'a module that throws': [
    stock('1.5.0', module("throw new Error('not today');\nexport default {};")),
    422,
    /not today/,
  ],
  'a module that does not parse': [stock('1.5.0', module('export default {')), 422, /plugin\.ts/],
  'a module without handlers': [stock('1.5.0', module('export default { actions: {} };')), 422, /goods\.list/],
  'a module that imports what is not there': [stock('1.5.0', module("import 'left-pad';")), 422, /left-pad/],
  'a module that imports the kernel': [stock('1.5.0', module("import 'node:fs';")), 422, /node:fs/],
  'a screen that does not build': [stock('1.5.0', { 'ui/board.ts': 'export class {' }), 422, /board/],
};

const common = () => {
  test.each(Object.keys(PACKAGES))('%s', async (name) => {
    const [files, status, words] = PACKAGES[name] ?? [{}, 0, /./];
    // Only what has to do with its modules depends on where they run.
    for (const tier of 'src/plugin.ts' in files && name.startsWith('a module') ? ['sandbox', 'inline'] : ['sandbox']) {
      const problem = await refused(`${place}?grantAll=true&tier=${tier}`, await packed(platform.folder, files));
      const told = `${problem.message} ${JSON.stringify(problem.errors)}`;
      expect([problem.status, told]).toEqual([status, expect.stringMatching(words)]);
    }
  });

  test('archives that nobody should unpack', async () => {
    for (const [name, archive] of Object.entries(hostileArchives(stock('1.5.0')))) {
      const problem = await refused(`${place}?grantAll=true`, archive);
      expect([name, problem.status, problem.reason]).toEqual([name, 422, 'package-not-in-order']);
    }
    expect((await refused(place, Buffer.alloc(0))).status).toBe(422);
    expect(existsSync('/tmp/bazaar-evil')).toBe(false);
  });

  test('capabilities that were not granted, named with their reasons', async () => {
    const asking = {
      capabilities: [
        { capability: 'tasks', reason: 'Reminds people of what runs out' },
        { capability: 'http:example.test', reason: 'Asks for prices' },
      ],
    };
    const archive = await packed(platform.folder, stock('1.5.0', {}, asking));
    const problem = await refused(`${place}?grant=tasks`, archive);
    expect(problem).toMatchObject({ status: 409, reason: 'consent-needed' });
    expect(problem.errors).toEqual([{ pointer: '/grant', message: 'http:example.test: Asks for prices' }]);
    expect((await refused(`${place}?grant=tasks&grant=files`, archive)).errors[0]?.message).toContain('files');
  });
};

let place = '';
beforeEach(async () => {
  before = await wholeState(platform, admin);
});

describe('a first installation', () => {
  beforeAll(() => {
    place = '';
  });
  common();

  test('an upgrade of what is not there', async () => {
    expect(await refused('/stock/upgrade?grantAll=true', await packed(platform.folder, stock()))).toMatchObject({
      status: 404,
      reason: 'not-installed',
    });
  });
});

describe('an upgrade', () => {
  beforeAll(async () => {
    await platform.call('POST', '/api/operator/plugins?grantAll=true', await packed(platform.folder, stock()));
    await platform.call('POST', '/api/licences/stock/trial', {}, 'acme-staffing');
    for (const name of ['same', 'same']) await platform.call('POST', '/api/p/stock/goods', { name }, 'acme-staffing');
    place = '/stock/upgrade';
  });
  common();

  test.each<[string, () => Files, string]>([
    [
      'the same version with other files',
      () => stock('1.0.0', { 'queries/more.sql': 'select 1 as one' }),
      'version-taken',
    ],
    ['an older version', () => stock('0.9.0'), 'not-newer'],
    ['tables the old version cannot live with, without a drained switch', () => renamed(), 'drained-switch-needed'],
  ])('%s', async (_name, files, reason) => {
    const problem = await refused('/stock/upgrade?grantAll=true', await packed(platform.folder, files()));
    expect(problem).toMatchObject({ status: 409, reason });
  });

  test('the package of another plugin', async () => {
    const archive = await packed(platform.folder, stock('2.0.0', {}, { id: 'other' }));
    const problem = await refused('/stock/upgrade?grantAll=true', archive);
    expect(problem).toMatchObject({ status: 400, errors: [{ pointer: '/plugin' }] });
  });

  test('a migration that only the data refuse', async () => {
    const files = coloured('1.4.0', {
      'migrations/0003-unique.sql': 'alter table goods add constraint one unique (tenant_id, name);',
    });
    for (const drain of [false, true]) {
      const problem = await refused(
        `/stock/upgrade?grantAll=true&drain=${drain}`,
        await packed(platform.folder, files),
      );
      expect(problem).toMatchObject({ status: 422, reason: 'migrate-failed' });
    }
  });

  test('an installation of what is installed', async () => {
    const problem = await refused('?grantAll=true', await packed(platform.folder, coloured()));
    expect(problem).toMatchObject({ status: 409, reason: 'already-installed' });
  });

  test('and after all of them it serves as before, and can be upgraded', async () => {
    const list = () =>
      platform.call<{ version: string; goods: object[] }>('GET', '/api/p/stock/goods', undefined, 'acme-staffing');
    expect(await list()).toMatchObject({ version: '1.0.0', goods: [{ name: 'same' }, { name: 'same' }] });
    await platform.call(
      'POST',
      '/api/operator/plugins/stock/upgrade?drain=true',
      await packed(platform.folder, renamed()),
    );
    expect(await list()).toMatchObject({ version: '2.0.0', goods: [{ volume: 1 }, { volume: 1 }] });
    const { items } = await platform.call<{ items: { state: string }[] }>(
      'GET',
      '/api/operator/operations?state=running',
    );
    expect(items).toEqual([]);
  });
});
