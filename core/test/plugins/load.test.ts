import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createInlineRuntime,
  type LoadedPlugins,
  type LoadPluginsOptions,
  type LockEntry,
  loadPlugins,
  lockPlugins,
  readLock,
  writeLock,
} from '../../src/plugins/index.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { FIXTURES, MemoryLog, SOURCES_AS_THEY_ARE } from './support/kernel.ts';
import { type PluginSpec, writePlugin } from './support/write-plugin.ts';

let test: TestDatabase;
let folder: string;
let lockFile: string;
const opened: LoadedPlugins[] = [];

beforeAll(async () => {
  test = await createTestDatabase();
});

afterAll(async () => {
  for (const loaded of opened) await loaded.close();
  await test.drop();
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bazaar-load-'));
  lockFile = join(folder, 'plugins.lock.json');
  return () => rmSync(folder, { recursive: true, force: true });
});

const OPTIONS = { tier: 'inline', grant: 'all' } as const;

async function load(options: Partial<LoadPluginsOptions> = {}): Promise<LoadedPlugins> {
  const loaded = await loadPlugins({
    lockFile,
    packagesFolder: join(folder, 'packages'),
    database: test.database,
    runtimes: { inline: createInlineRuntime },
    builder: SOURCES_AS_THEY_ARE,
    log: new MemoryLog(),
    ...options,
  });
  opened.push(loaded);
  return loaded;
}

/** Locks what was written and loads it; then changes an entry behind the platform's back. */
async function lockAndLoad(
  specs: readonly PluginSpec[],
  change?: (entry: LockEntry) => LockEntry,
): Promise<LoadedPlugins> {
  await lockPlugins(
    lockFile,
    specs.map((spec) => writePlugin(folder, spec)),
    OPTIONS,
  );
  if (change) await writeLock(lockFile, (await readLock(lockFile)).map(change));
  return load();
}

function reasonOf(loaded: LoadedPlugins, id: string): string | undefined {
  return loaded.registry.statuses().find((status) => status.id === id)?.reason;
}

function active(loaded: LoadedPlugins): string[] {
  return loaded.registry.all().map((plugin) => plugin.manifest.id);
}

const SECURED = `create table things (
  tenant_id uuid not null default bazaar.current_tenant(),
  id uuid not null default gen_random_uuid(),
  primary key (tenant_id, id)
);
select bazaar.protect('things');
-- down
drop table things;
`;

describe('plugins.lock.json', () => {
  it('loads plugins in the order in which they require each other', async () => {
    await lockPlugins(lockFile, [join(FIXTURES, 'journal'), join(FIXTURES, 'notes')], OPTIONS);
    const loaded = await load();
    expect(loaded.problems).toEqual([]);
    expect(active(loaded)).toEqual(['notes', 'journal']);
    expect(loaded.registry.statuses()).toEqual([
      { id: 'journal', name: 'Journal', version: '1.0.0', tier: 'inline', state: 'active' },
      { id: 'notes', name: 'Notes', version: '1.0.0', tier: 'inline', state: 'active' },
    ]);
    const { rows } = await test.database.platform.query(
      `select p.id, p.active_version, v.integrity, v.manifest ->> 'name' as name
       from core.plugins p join core.plugin_versions v on v.plugin_id = p.id and v.version = p.active_version order by 1`,
    );
    expect(rows).toMatchObject([
      { id: 'journal', active_version: '1.0.0', name: 'Journal' },
      { id: 'notes', active_version: '1.0.0', name: 'Notes' },
    ]);
    // Another start finds everything in place.
    expect((await load()).problems).toEqual([]);
  });

  it('may be missing: what serves already goes on, and is written down', async () => {
    await lockAndLoad([{ id: 'remembered' }]);
    rmSync(lockFile);
    const loaded = await load();
    expect(active(loaded)).toContain('remembered');
    expect((await readLock(lockFile)).map(({ id }) => id)).toContain('remembered');
  });

  it.each([
    ['{', /plugins.lock.json: is not JSON/],
    ['{"lockVersion": 2, "plugins": {}}', /\/lockVersion/],
    ['{"lockVersion": 1, "plugins": {"a": {"version": "1.0.0"}}}', /integrity/],
    ['{"lockVersion": 1, "plugins": {"../a": {}}}', /plugins/],
  ])('that cannot be used stops no kernel: %s', async (content, problem) => {
    writeFileSync(lockFile, content);
    const loaded = await load();
    expect(loaded.registry.all()).toEqual([]);
    expect(loaded.problems.join('\n')).toMatch(problem);
  });

  it('retires what was taken out of it', async () => {
    await lockAndLoad([{ id: 'leaving' }, { id: 'staying' }]);
    await writeLock(
      lockFile,
      (await readLock(lockFile)).filter((entry) => entry.id === 'staying'),
    );
    await load();
    const { rows } = await test.database.platform.query(
      `select id, active_version from core.plugins where id in ('leaving', 'staying') order by id`,
    );
    expect(rows).toEqual([
      { id: 'leaving', active_version: null },
      { id: 'staying', active_version: '1.0.0' },
    ]);
  });
});

describe('a package that changed', () => {
  it('is not loaded, whichever file it was', async () => {
    for (const file of ['src/plugin.ts', 'plugin.json', 'package.json', 'migrations/0001-things.sql', 'README.md']) {
      const id = `tampered-${file.replace(/[^a-z]+/gi, '-').toLowerCase()}`;
      const spec = { id, files: { 'migrations/0001-things.sql': SECURED, 'README.md': 'Hello' } };
      await lockPlugins(lockFile, [writePlugin(folder, spec)], OPTIONS);
      appendFileSync(join(folder, id, file), ' ');
      const loaded = await load();
      expect(reasonOf(loaded, id)).toMatch(/does not match plugins.lock.json: its files have changed/);
      expect(active(loaded)).not.toContain(id);
    }
  });

  it('keeps the name it was known by', async () => {
    await lockAndLoad([{ id: 'renowned' }]);
    appendFileSync(join(folder, 'renowned/plugin.json'), ' ');
    expect((await load()).registry.statuses()).toMatchObject([
      { id: 'renowned', name: 'The renowned', state: 'failed' },
    ]);
  });

  it('is not loaded when a file was added or removed', async () => {
    await lockPlugins(
      lockFile,
      [writePlugin(folder, { id: 'added' }), writePlugin(folder, { id: 'removed', files: { 'a.txt': '' } })],
      OPTIONS,
    );
    writeFileSync(join(folder, 'added/extra.ts'), '');
    rmSync(join(folder, 'removed/a.txt'));
    const loaded = await load();
    expect(reasonOf(loaded, 'added')).toMatch(/files have changed/);
    expect(reasonOf(loaded, 'removed')).toMatch(/files have changed/);
  });

  it('may be built anew: what is built is not part of it', async () => {
    const loaded = await lockAndLoad([{ id: 'built', files: { 'dist/ui/a.js': '1' } }]);
    expect(loaded.problems).toEqual([]);
    writeFileSync(join(folder, 'built/dist/ui/a.js'), '2');
    expect((await load()).problems).toEqual([]);
  });
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
    const loaded = await lockAndLoad([good, spec]);
    expect(active(loaded)).toContain('good');
    expect(active(loaded)).not.toContain(spec.id);
    expect(reasonOf(loaded, spec.id)).toMatch(reason);
    expect(loaded.problems).toHaveLength(1);
  });

  it('import that never ends', async () => {
    const loaded = await lockAndLoad([
      good,
      { id: 'endless', files: { 'src/plugin.ts': 'await new Promise(() => {}); export default { actions: {} };' } },
    ]);
    expect(active(loaded)).toEqual(['good']);
    expect(reasonOf(loaded, 'endless')).toMatch(/plugin.ts did not finish loading within 10 s/);
  }, 20_000);

  it('circle of requirements, named in full', async () => {
    const loaded = await lockAndLoad([
      good,
      { id: 'hen', manifest: { requires: { egg: '^1.0.0' } } },
      { id: 'egg', manifest: { requires: { hen: '^1.0.0' } } },
    ]);
    expect(active(loaded)).toEqual(['good']);
    expect(reasonOf(loaded, 'egg')).toBe('plugins require one another in a circle: egg → hen → egg');
    expect(reasonOf(loaded, 'hen')).toBe('plugins require one another in a circle: hen → egg → hen');
  });

  it('requires what failed only when it was loaded', async () => {
    const loaded = await lockAndLoad([
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
    const loaded = await lockAndLoad([
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
    const loaded = await lockAndLoad([{ id: 'locked' }], (entry) => ({ ...entry, ...change }));
    expect(reasonOf(loaded, 'locked')).toMatch(reason);
    expect(loaded.registry.all()).toEqual([]);
  });

  it('manifest broken after it was locked: everything wrong is listed', async () => {
    await lockPlugins(lockFile, [writePlugin(folder, { id: 'once-good' })], OPTIONS);
    writePlugin(folder, { id: 'once-good', manifest: { colour: 'red', name: '' } });
    const { readPackedFiles } = await import('../../src/plugins/package/packed-files.ts');
    const { integrity } = await readPackedFiles(join(folder, 'once-good'), 'folder');
    await writeLock(
      lockFile,
      (await readLock(lockFile)).map((entry) => ({ ...entry, integrity })),
    );
    const reason = reasonOf(await load(), 'once-good');
    expect(reason).toMatch(/"colour" is unknown here/);
    expect(reason).toMatch(/plugin.json \/name/);
  });
});

// Last: what it leaves in the database would be seen by every later start.
describe('a start that takes something from the file', () => {
  const entriesOf = async (id: string) =>
    (await test.database.platform.query('select action from core.audit_log where entity_id = $1 order by at', [id]))
      .rows;
  const record = async (id: string) =>
    (
      await test.database.platform.query<{ state: string; active_version: string | null }>(
        'select state, active_version from core.plugins where id = $1',
        [id],
      )
    ).rows[0];
  /** In the file. */
  const written = async (id: string) => (await readLock(lockFile)).find((entry) => entry.id === id);
  const problemsOf = (loaded: LoadedPlugins, id: string) => loaded.problems.filter((one) => one.startsWith(`${id}:`));
  /** Loads while something is done to the plugin, which ends with `meanwhile`. */
  async function loadDuring(id: string, meanwhile: () => Promise<unknown>): Promise<LoadedPlugins> {
    const { locks } = test.database;
    const operation = await locks.tryAcquire(`plugin-operation:${id}`);
    const acquire: typeof locks.acquire = async (key, signal) => {
      const lock = locks.acquire(key, signal);
      if (key === `plugin-operation:${id}`) {
        await meanwhile();
        await operation?.release();
      }
      return lock;
    };
    const { platform, plugins } = test.database;
    return load({ database: { platform, plugins, locks: { acquire } } });
  }

  it('is one of two at once that does it', async () => {
    await lockPlugins(lockFile, [writePlugin(folder, { id: 'brought' })], OPTIONS);
    const nodes = await Promise.all([load(), load()]);
    for (const node of nodes) expect(active(node)).toContain('brought');
    expect(await entriesOf('brought')).toEqual([{ action: 'plugin.installed' }]);
  });

  it('waits for an operation of another node, and goes by what that has come to', async () => {
    await lockAndLoad([{ id: 'contested' }]);
    await lockPlugins(lockFile, [writePlugin(folder, { id: 'contested', manifest: { version: '1.1.0' } })], OPTIONS);
    const loaded = await loadDuring('contested', () =>
      test.database.platform.query(
        `update core.plugins set state = 'parked', parked_version = active_version, active_version = null
           where id = 'contested'`,
      ),
    );
    expect(active(loaded)).not.toContain('contested');
    expect(await record('contested')).toEqual({ state: 'parked', active_version: null });
  });

  it('takes nothing away that another node is at', async () => {
    await lockAndLoad([{ id: 'going' }]);
    await writeLock(lockFile, []);
    await loadDuring('going', () =>
      test.database.platform.query(`update core.plugin_versions set source = 'installed' where plugin_id = 'going'`),
    );
    expect(await record('going')).toEqual({ state: 'active', active_version: '1.0.0' });
  });

  it('serves what the others serve when the operation does not end', async () => {
    await lockAndLoad([{ id: 'slow' }]);
    const newer = writePlugin(join(folder, 'new'), { id: 'slow', manifest: { version: '1.1.0' } });
    await lockPlugins(lockFile, [newer], OPTIONS);
    const operation = await test.database.locks.tryAcquire('plugin-operation:slow');
    const waiting = await load({ patienceMs: 1 });
    await operation?.release();
    expect(problemsOf(waiting, 'slow')).toEqual([
      expect.stringMatching(/^slow: another operation on it is under way/),
    ]);
    expect(await record('slow')).toMatchObject({ active_version: '1.0.0' });
    expect(waiting.registry.get('slow')?.manifest.version).toBe('1.0.0');
    // What the operator wrote stays for the next start, and is spoken of, whatever the operation comes to.
    await waiting.host.refresh('slow');
    expect(await written('slow')).toMatchObject({ version: '1.1.0' });
    expect(waiting.problems).toContainEqual(expect.stringMatching(/^slow: another operation/));
    expect(active(await load())).toContain('slow');
    expect(await record('slow')).toMatchObject({ active_version: '1.1.0' });
  });

  describe('of tier and grants', () => {
    const granted = async (id: string) =>
      (
        await test.database.platform.query<{ granted: string[] }>(
          'select granted from core.plugin_versions where plugin_id = $1',
          [id],
        )
      ).rows[0]?.granted;
    /** Loads a plugin with what it asks for; then writes down other grants. */
    async function granting(id: string, grantedCapabilities: string[]): Promise<void> {
      await lockAndLoad([{ id, manifest: { capabilities: [{ capability: 'tasks', reason: 'To remind people' }] } }]);
      await writeLock(
        lockFile,
        (await readLock(lockFile)).map((entry) => (entry.id === id ? { ...entry, grantedCapabilities } : entry)),
      );
    }

    it('waits for an operation, and goes by what that has come to', async () => {
      await granting('revouched', []);
      await loadDuring('revouched', () =>
        test.database.platform.query(
          `update core.plugins set state = 'parked', parked_version = active_version, active_version = null
             where id = 'revouched'`,
        ),
      );
      expect(await granted('revouched')).toEqual(['tasks']);
      expect(await entriesOf('revouched')).toEqual([{ action: 'plugin.installed' }]);
    });

    it('stays written when the operation does not end', async () => {
      await granting('unheard', []);
      const operation = await test.database.locks.tryAcquire('plugin-operation:unheard');
      const waiting = await load({ patienceMs: 1 });
      await operation?.release();
      expect(waiting.registry.get('unheard')?.capabilities).toEqual(new Set(['tasks']));
      await waiting.host.refresh('unheard');
      expect(await written('unheard')).toMatchObject({ grantedCapabilities: [] });
      const next = await load();
      expect(next.registry.get('unheard')?.capabilities).toEqual(new Set());
      expect(problemsOf(next, 'unheard')).toEqual([]);
      expect(await granted('unheard')).toEqual([]);
    });

    it('is nothing that the other nodes must follow when it cannot run', async () => {
      await granting('overgranted', ['tasks', 'files']);
      const loaded = await load();
      expect(reasonOf(loaded, 'overgranted')).toMatch(/grants what plugin.json does not request: files/);
      expect(await granted('overgranted')).toEqual(['tasks']);
      expect(await entriesOf('overgranted')).toEqual([{ action: 'plugin.installed' }]);
      // Mended, it serves.
      await writeLock(
        lockFile,
        (await readLock(lockFile)).map((entry) => ({
          ...entry,
          ...(entry.id === 'overgranted' ? { grantedCapabilities: [] } : {}),
        })),
      );
      expect((await load()).registry.get('overgranted')?.capabilities).toEqual(new Set());
    });

    it('comes after what a node has left behind', async () => {
      await granting('left-behind', []);
      const { rows } = await test.database.platform.query<{ id: string }>(
        `insert into core.plugin_operations (kind, plugin_id, step, input, actor)
           values ('rollback', 'left-behind', 'activate', '{}', '{}') returning id`,
      );
      const early = await load();
      expect(problemsOf(early, 'left-behind')).toEqual([
        expect.stringMatching(/an operation on it that a node has left behind must be ended first/),
      ]);
      expect(early.registry.get('left-behind')?.capabilities).toEqual(new Set(['tasks']));
      await test.database.platform.query(`update core.plugin_operations set state = 'undone' where id = $1`, [
        rows[0]?.id,
      ]);
      expect(problemsOf(await load(), 'left-behind')).toEqual([]);
      expect(await granted('left-behind')).toEqual([]);
    });
  });
});
