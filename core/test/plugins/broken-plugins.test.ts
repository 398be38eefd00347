import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type LockEntry, readLock, writeLock } from '../../src/plugins/index.ts';
import { active, type Installation, installationsOfTests, reasonOf } from './support/installation.ts';
import { type PluginSpec, SECURED, writePlugin } from './support/write-plugin.ts';

let installation: Installation;
installationsOfTests((anew) => {
  installation = anew;
});

describe('a broken plugin stops nobody else', () => {
  const good: PluginSpec = { id: 'good', files: { 'migrations/0001-things.sql': SECURED } };

  it.each<[string, PluginSpec, RegExp]>([
    ['import throws', { id: 'throws', files: { 'src/plugin.ts': `throw new Error('not today');` } }, /not today/],
    ['syntax error', { id: 'syntax', files: { 'src/plugin.ts': 'export default {' } }, /./],
    [
      'no default export',
      { id: 'no-default', files: { 'src/plugin.ts': 'export const a = 1;' } },
      /has no default export/,
    ],
    [
      'handler missing',
      {
        id: 'no-handler',
        manifest: {
          actions: [{ name: 'a.b', summary: 's', effect: 'read', input: { type: 'object' }, output: {} }],
        },
      },
      /"a.b" is declared under "actions" but has no handler/,
    ],
    [
      'handler too many',
      { id: 'undeclared', files: { 'src/plugin.ts': 'export default { actions: { extra: async () => null } };' } },
      /the handler "extra" is not declared under "actions"/,
    ],
    [
      'missing requirement',
      { id: 'needy', manifest: { requires: { absent: '^1.0.0' } } },
      /requires the plugin "absent"/,
    ],
    [
      'wrong version required',
      { id: 'picky', manifest: { requires: { good: '^2.0.0' } } },
      /requires "good" in version \^2.0.0, but 1.0.0 is installed/,
    ],
    ['another SDK', { id: 'futuristic', manifest: { sdk: '^9.0.0' } }, /needs the SDK in version \^9.0.0/],
    [
      'forgets row security',
      { id: 'careless', files: { 'migrations/0001-a.sql': SECURED.replace("select bazaar.protect('things');", '') } },
      /things/,
    ],
    ['failing migration', { id: 'stumbling', files: { 'migrations/0001-a.sql': 'create table (' } }, /0001-a/],
    [
      'query on a core table',
      {
        id: 'curious',
        files: { 'migrations/0001-a.sql': SECURED, 'queries/spy.sql': 'select email from core.users' },
      },
      /spy/,
    ],
    [
      'query on another plugin',
      {
        id: 'nosy',
        files: { 'migrations/0001-a.sql': SECURED, 'queries/spy.sql': 'select id from p_good.things' },
      },
      /spy/,
    ],
    [
      'query that sets the tenant',
      {
        id: 'impostor',
        files: {
          'migrations/0001-a.sql': SECURED,
          'queries/become.sql': `select set_config('app.tenant_id', :tenant, false) as tenant`,
        },
      },
      /become/,
    ],
  ])('%s', async (_what, spec, reason) => {
    const loaded = await installation.lockAndLoad([good, spec]);
    expect(active(loaded)).toContain('good');
    expect(active(loaded)).not.toContain(spec.id);
    expect(reasonOf(loaded, spec.id)).toMatch(reason);
    expect(loaded.problems).toHaveLength(1);
  });

  it('import that never ends', async () => {
    const loaded = await installation.lockAndLoad([
      good,
      { id: 'endless', files: { 'src/plugin.ts': 'await new Promise(() => {}); export default { actions: {} };' } },
    ]);
    expect(active(loaded)).toEqual(['good']);
    expect(reasonOf(loaded, 'endless')).toMatch(/plugin.ts did not finish loading within 10 s/);
  }, 20_000);

  it('circle of requirements, named in full', async () => {
    const loaded = await installation.lockAndLoad([
      good,
      { id: 'hen', manifest: { requires: { egg: '^1.0.0' } } },
      { id: 'egg', manifest: { requires: { hen: '^1.0.0' } } },
    ]);
    expect(active(loaded)).toEqual(['good']);
    expect(reasonOf(loaded, 'egg')).toBe('plugins require one another in a circle: egg → hen → egg');
    expect(reasonOf(loaded, 'hen')).toBe('plugins require one another in a circle: hen → egg → hen');
  });

  it('requires what failed only when it was loaded', async () => {
    const loaded = await installation.lockAndLoad([
      { id: 'base', files: { 'src/plugin.ts': 'throw new Error("no");' } },
      { id: 'on-top', manifest: { requires: { base: '^1.0.0' } } },
    ]);
    expect(reasonOf(loaded, 'on-top')).toBe('requires the plugin "base", which could not be loaded');
  });

  it('takes the page of another', async () => {
    const page = (path: string) => ({
      pages: [{ path, action: 'show' }],
      actions: [
        {
          name: 'show',
          summary: 's',
          effect: 'read',
          input: { type: 'object', required: ['x'], properties: { x: { type: 'string' } } },
          output: {},
        },
      ],
    });
    const module = { 'src/plugin.ts': 'export default { actions: { show: async () => null } };' };
    const loaded = await installation.lockAndLoad([
      { id: 'first-page', manifest: page('/pages/{x}'), files: module },
      { id: 'second-page', manifest: page('/pages/{x}'), files: module },
    ]);
    expect(active(loaded)).toEqual(['first-page']);
    expect(reasonOf(loaded, 'second-page')).toMatch(/public page "\/pages\/\{x\}" cannot be told/);
  });

  it.each<[string, Partial<LockEntry>, RegExp]>([
    [
      'a grant that was not requested',
      { grantedCapabilities: ['files'] },
      /grants what plugin.json does not request: files/,
    ],
    ['another version', { version: '2.0.0' }, /names version 2.0.0, plugin.json 1.0.0/],
    ['a tier that this kernel lacks', { tier: 'sandbox' }, /cannot run plugins of tier "sandbox"/],
    ['a folder that is not there', { source: './gone' }, /the folder "\.\/gone" is not there; put the package back/],
    ['a package that is not installed', { source: '@nobody/nothing' }, /"@nobody\/nothing" is not installed/],
  ])('lock entry with %s', async (_what, change, reason) => {
    const loaded = await installation.lockAndLoad([{ id: 'locked' }], (entry) => ({ ...entry, ...change }));
    expect(reasonOf(loaded, 'locked')).toMatch(reason);
    expect(loaded.registry.all()).toEqual([]);
  });

  it('manifest broken after it was locked: everything wrong is listed', async () => {
    await installation.lock(writePlugin(installation.folder, { id: 'once-good' }));
    writePlugin(installation.folder, { id: 'once-good', manifest: { colour: 'red', name: '' } });
    const { readPackedFiles } = await import('../../src/plugins/package/packed-files.ts');
    const { integrity } = await readPackedFiles(join(installation.folder, 'once-good'), 'folder');
    await writeLock(
      installation.lockFile,
      (await readLock(installation.lockFile)).map((entry) => ({ ...entry, integrity })),
    );
    const reason = reasonOf(await installation.load(), 'once-good');
    expect(reason).toMatch(/"colour" is unknown here/);
    expect(reason).toMatch(/plugin.json \/name/);
  });
});
