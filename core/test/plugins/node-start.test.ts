import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type LoadedPlugins, readLock, writeLock } from '../../src/plugins/index.ts';
import { active, type Installation, installationsOfTests, reasonOf } from './support/installation.ts';
import { writePlugin } from './support/write-plugin.ts';

let installation: Installation;
installationsOfTests((anew) => {
  installation = anew;
});

describe('a start that takes something from the file', () => {
  const entriesOf = async (id: string) =>
    (
      await installation.database.platform.query('select action from core.audit_log where entity_id = $1 order by at', [
        id,
      ])
    ).rows;
  const record = async (id: string) =>
    (
      await installation.database.platform.query<{ state: string; active_version: string | null }>(
        'select state, active_version from core.plugins where id = $1',
        [id],
      )
    ).rows[0];
  /** In the file. */
  const written = async (id: string) => (await readLock(installation.lockFile)).find((entry) => entry.id === id);
  const problemsOf = (loaded: LoadedPlugins, id: string) => loaded.problems.filter((one) => one.startsWith(`${id}:`));
  /** Loads while something is done to the plugin, which ends with `meanwhile`. */
  async function loadDuring(id: string, meanwhile: () => Promise<unknown>): Promise<LoadedPlugins> {
    const { locks } = installation.database;
    const operation = await locks.tryAcquire(`plugin-operation:${id}`);
    const acquire: typeof locks.acquire = async (key, signal) => {
      const lock = locks.acquire(key, signal);
      if (key === `plugin-operation:${id}`) {
        await meanwhile();
        await operation?.release();
      }
      return lock;
    };
    const { platform, plugins } = installation.database;
    return installation.load({ database: { platform, plugins, locks: { acquire } } });
  }

  it('is one of two at once that does it', async () => {
    await installation.lock(writePlugin(installation.folder, { id: 'brought' }));
    const nodes = await Promise.all([installation.load(), installation.load()]);
    for (const node of nodes) expect(active(node)).toContain('brought');
    expect(await entriesOf('brought')).toEqual([{ action: 'plugin.installed' }]);
  });

  it('waits for an operation of another node, and goes by what that has come to', async () => {
    await installation.lockAndLoad([{ id: 'contested' }]);
    await installation.lock(writePlugin(installation.folder, { id: 'contested', manifest: { version: '1.1.0' } }));
    const loaded = await loadDuring('contested', () =>
      installation.database.platform.query(
        `update core.plugins set state = 'parked', parked_version = active_version, active_version = null
           where id = 'contested'`,
      ),
    );
    expect(active(loaded)).not.toContain('contested');
    expect(await record('contested')).toEqual({ state: 'parked', active_version: null });
  });

  it('takes nothing away that another node is at', async () => {
    await installation.lockAndLoad([{ id: 'going' }]);
    await writeLock(installation.lockFile, []);
    await loadDuring('going', () =>
      installation.database.platform.query(
        `update core.plugin_versions set source = 'installed' where plugin_id = 'going'`,
      ),
    );
    expect(await record('going')).toEqual({ state: 'active', active_version: '1.0.0' });
  });

  it('serves what the others serve when the operation does not end', async () => {
    await installation.lockAndLoad([{ id: 'slow' }]);
    const newer = writePlugin(join(installation.folder, 'new'), { id: 'slow', manifest: { version: '1.1.0' } });
    await installation.lock(newer);
    const operation = await installation.database.locks.tryAcquire('plugin-operation:slow');
    const waiting = await installation.load({ patienceMs: 1 });
    await operation?.release();
    expect(problemsOf(waiting, 'slow')).toEqual([expect.stringMatching(/^slow: another operation on it is under way/)]);
    expect(await record('slow')).toMatchObject({ active_version: '1.0.0' });
    expect(waiting.registry.get('slow')?.manifest.version).toBe('1.0.0');
    // What the operator wrote stays for the next start, and is spoken of, whatever the operation comes to.
    await waiting.host.refresh('slow');
    expect(await written('slow')).toMatchObject({ version: '1.1.0' });
    expect(waiting.problems).toContainEqual(expect.stringMatching(/^slow: another operation/));
    expect(active(await installation.load())).toContain('slow');
    expect(await record('slow')).toMatchObject({ active_version: '1.1.0' });
  });

  describe('of tier and grants', () => {
    const granted = async (id: string) =>
      (
        await installation.database.platform.query<{ granted: string[] }>(
          'select granted from core.plugin_versions where plugin_id = $1',
          [id],
        )
      ).rows[0]?.granted;
    /** Loads a plugin with what it asks for; then writes down other grants. */
    async function granting(id: string, grantedCapabilities: string[]): Promise<void> {
      await installation.lockAndLoad([
        { id, manifest: { capabilities: [{ capability: 'tasks', reason: 'To remind people' }] } },
      ]);
      await writeLock(
        installation.lockFile,
        (await readLock(installation.lockFile)).map((entry) =>
          entry.id === id ? { ...entry, grantedCapabilities } : entry,
        ),
      );
    }

    it('waits for an operation, and goes by what that has come to', async () => {
      await granting('revouched', []);
      await loadDuring('revouched', () =>
        installation.database.platform.query(
          `update core.plugins set state = 'parked', parked_version = active_version, active_version = null
             where id = 'revouched'`,
        ),
      );
      expect(await granted('revouched')).toEqual(['tasks']);
      expect(await entriesOf('revouched')).toEqual([{ action: 'plugin.installed' }]);
    });

    it('stays written when the operation does not end', async () => {
      await granting('unheard', []);
      const operation = await installation.database.locks.tryAcquire('plugin-operation:unheard');
      const waiting = await installation.load({ patienceMs: 1 });
      await operation?.release();
      expect(waiting.registry.get('unheard')?.capabilities).toEqual(new Set(['tasks']));
      await waiting.host.refresh('unheard');
      expect(await written('unheard')).toMatchObject({ grantedCapabilities: [] });
      const next = await installation.load();
      expect(next.registry.get('unheard')?.capabilities).toEqual(new Set());
      expect(problemsOf(next, 'unheard')).toEqual([]);
      expect(await granted('unheard')).toEqual([]);
    });

    it('is nothing that the other nodes must follow when it cannot run', async () => {
      await granting('overgranted', ['tasks', 'files']);
      const loaded = await installation.load();
      expect(reasonOf(loaded, 'overgranted')).toMatch(/grants what plugin.json does not request: files/);
      expect(await granted('overgranted')).toEqual(['tasks']);
      expect(await entriesOf('overgranted')).toEqual([{ action: 'plugin.installed' }]);
      // Mended, it serves.
      await writeLock(
        installation.lockFile,
        (await readLock(installation.lockFile)).map((entry) => ({
          ...entry,
          ...(entry.id === 'overgranted' ? { grantedCapabilities: [] } : {}),
        })),
      );
      expect((await installation.load()).registry.get('overgranted')?.capabilities).toEqual(new Set());
    });

    it('comes after what a node has left behind', async () => {
      await granting('left-behind', []);
      const { rows } = await installation.database.platform.query<{ id: string }>(
        `insert into core.plugin_operations (kind, plugin_id, step, input, actor)
           values ('rollback', 'left-behind', 'activate', '{}', '{}') returning id`,
      );
      const early = await installation.load();
      expect(problemsOf(early, 'left-behind')).toEqual([
        expect.stringMatching(/an operation on it that a node has left behind must be ended first/),
      ]);
      expect(early.registry.get('left-behind')?.capabilities).toEqual(new Set(['tasks']));
      await installation.database.platform.query(`update core.plugin_operations set state = 'undone' where id = $1`, [
        rows[0]?.id,
      ]);
      expect(problemsOf(await installation.load(), 'left-behind')).toEqual([]);
      expect(await granted('left-behind')).toEqual([]);
    });
  });

  describe('of a file that is older than what was decided', () => {
    const TASKS = { capabilities: [{ capability: 'tasks', reason: 'To remind people' }] };
    /** Of another node with the same folders, which is down at first. */
    let lockFile: string;
    const granted = async (id: string) =>
      (
        await installation.database.platform.query<{ tier: string; granted: string[] }>(
          'select tier, granted from core.plugin_versions where plugin_id = $1',
          [id],
        )
      ).rows;
    const said = async (id: string) => (await readLock(lockFile)).find((entry) => entry.id === id);
    async function grant(file: string, id: string, grantedCapabilities: string[]): Promise<void> {
      const entries = await readLock(file);
      await writeLock(
        file,
        entries.map((entry) => (entry.id === id ? { ...entry, grantedCapabilities } : entry)),
      );
    }
    /** Two nodes have loaded plugins with what they ask for; the other one has ended since. */
    async function twoNodes(...ids: string[]): Promise<void> {
      await installation.lockAndLoad(ids.map((id) => ({ id, manifest: TASKS })));
      lockFile = join(installation.folder, 'other.lock.json');
      await copyFile(installation.lockFile, lockFile);
      await installation.load({ lockFile });
    }

    it('nothing is taken, and the file is brought up; what is written then holds', async () => {
      await twoNodes('narrowed');
      await grant(installation.lockFile, 'narrowed', []);
      await installation.load();
      const other = await installation.load({ lockFile });
      expect(await granted('narrowed')).toEqual([{ tier: 'inline', granted: [] }]);
      expect(other.registry.get('narrowed')?.capabilities).toEqual(new Set());
      expect(problemsOf(other, 'narrowed')).toEqual([expect.stringMatching(/was not taken, because this node/)]);
      expect(await said('narrowed')).toMatchObject({ grantedCapabilities: [] });
      // The same words again, by somebody who has seen the last ones.
      await grant(lockFile, 'narrowed', ['tasks']);
      const again = await installation.load({ lockFile });
      expect(problemsOf(again, 'narrowed')).toEqual([]);
      expect(await granted('narrowed')).toEqual([{ tier: 'inline', granted: ['tasks'] }]);
      // Now it is the first one's that is old.
      await installation.load();
      expect(await granted('narrowed')).toEqual([{ tier: 'inline', granted: ['tasks'] }]);
    });

    it('what the operator has changed in it of other plugins holds', async () => {
      await twoNodes('decided', 'edited');
      await grant(installation.lockFile, 'decided', []);
      await installation.load();
      await grant(lockFile, 'edited', []);
      await installation.load({ lockFile });
      expect(await granted('decided')).toEqual([{ tier: 'inline', granted: [] }]);
      expect(await granted('edited')).toEqual([{ tier: 'inline', granted: [] }]);
    });

    it('a node without a past, as of an image, brings what its file says', async () => {
      await twoNodes('unsure');
      await grant(installation.lockFile, 'unsure', []);
      await installation.load();
      const anew = await installation.load({ lockFile, revisionsFolder: join(installation.folder, 'new') });
      expect(active(anew)).toContain('unsure');
      expect(await granted('unsure')).toEqual([{ tier: 'inline', granted: ['tasks'] }]);
    });

    it('a version that is put back comes in the tier and with the grants it had last', async () => {
      await twoNodes('returned');
      await grant(installation.lockFile, 'returned', []);
      await installation.load();
      const newer = writePlugin(join(installation.folder, 'new'), {
        id: 'returned',
        manifest: { ...TASKS, version: '1.1.0' },
      });
      await installation.lock(newer);
      await installation.load();
      expect(await record('returned')).toMatchObject({ active_version: '1.1.0' });
      await installation.load({ lockFile });
      expect(await record('returned')).toMatchObject({ active_version: '1.0.0' });
      expect(await said('returned')).toMatchObject({ version: '1.0.0', grantedCapabilities: [] });
    });

    it('what was decided while the start waited is no different', async () => {
      await twoNodes('overtaken');
      await grant(lockFile, 'overtaken', []);
      const { platform, plugins, locks } = installation.database;
      const acquire: typeof locks.acquire = async (key, signal) => {
        if (key === 'plugin-operation:overtaken') {
          await platform.query(`update core.plugins set generation = generation + 1 where id = 'overtaken'`);
        }
        return locks.acquire(key, signal);
      };
      const late = await installation.load({ lockFile, database: { platform, plugins, locks: { acquire } } });
      expect(problemsOf(late, 'overtaken')).toEqual([expect.stringMatching(/was not taken, because this node/)]);
      expect(await granted('overtaken')).toEqual([{ tier: 'inline', granted: ['tasks'] }]);
      expect(await said('overtaken')).toMatchObject({ grantedCapabilities: ['tasks'] });
    });
  });
});
