import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLock, writeLock } from '../../src/plugins/index.ts';
import { active, type Installation, installationsOfTests, reasonOf } from './support/installation.ts';
import { FIXTURES } from './support/kernel.ts';
import { SECURED, writePlugin } from './support/write-plugin.ts';

let installation: Installation;
installationsOfTests((anew) => {
  installation = anew;
});

describe('plugins.lock.json', () => {
  it('loads plugins in the order in which they require each other', async () => {
    await installation.lock(join(FIXTURES, 'journal'), join(FIXTURES, 'notes'));
    const loaded = await installation.load();
    expect(loaded.problems).toEqual([]);
    expect(active(loaded)).toEqual(['notes', 'journal']);
    expect(loaded.registry.statuses()).toEqual([
      { id: 'journal', name: 'Journal', version: '1.0.0', tier: 'inline', state: 'active' },
      { id: 'notes', name: 'Notes', version: '1.0.0', tier: 'inline', state: 'active' },
    ]);
    const { rows } = await installation.database.platform.query(
      `select p.id, p.active_version, v.integrity, v.manifest ->> 'name' as name
       from core.plugins p join core.plugin_versions v on v.plugin_id = p.id and v.version = p.active_version order by 1`,
    );
    expect(rows).toMatchObject([
      { id: 'journal', active_version: '1.0.0', name: 'Journal' },
      { id: 'notes', active_version: '1.0.0', name: 'Notes' },
    ]);
    // Another start finds everything in place.
    expect((await installation.load()).problems).toEqual([]);
  });

  it('may be missing: what serves already goes on, and is written down', async () => {
    await installation.lockAndLoad([{ id: 'remembered' }]);
    rmSync(installation.lockFile);
    const loaded = await installation.load();
    expect(active(loaded)).toContain('remembered');
    expect((await readLock(installation.lockFile)).map(({ id }) => id)).toContain('remembered');
  });

  it.each([
    ['{', /plugins.lock.json: is not JSON/],
    ['{"lockVersion": 2, "plugins": {}}', /\/lockVersion/],
    ['{"lockVersion": 1, "plugins": {"a": {"version": "1.0.0"}}}', /integrity/],
    ['{"lockVersion": 1, "plugins": {"../a": {}}}', /plugins/],
  ])('that cannot be used stops no kernel: %s', async (content, problem) => {
    writeFileSync(installation.lockFile, content);
    const loaded = await installation.load();
    expect(loaded.registry.all()).toEqual([]);
    expect(loaded.problems.join('\n')).toMatch(problem);
  });

  it('retires what was taken out of it', async () => {
    await installation.lockAndLoad([{ id: 'leaving' }, { id: 'staying' }]);
    await writeLock(
      installation.lockFile,
      (await readLock(installation.lockFile)).filter((entry) => entry.id === 'staying'),
    );
    await installation.load();
    const { rows } = await installation.database.platform.query(
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
      await installation.lock(writePlugin(installation.folder, spec));
      appendFileSync(join(installation.folder, id, file), ' ');
      const loaded = await installation.load();
      expect(reasonOf(loaded, id)).toMatch(/does not match plugins.lock.json: its files have changed/);
      expect(active(loaded)).not.toContain(id);
    }
  });

  it('keeps the name it was known by', async () => {
    await installation.lockAndLoad([{ id: 'renowned' }]);
    appendFileSync(join(installation.folder, 'renowned/plugin.json'), ' ');
    expect((await installation.load()).registry.statuses()).toMatchObject([
      { id: 'renowned', name: 'The renowned', state: 'failed' },
    ]);
  });

  it('is not loaded when a file was added or removed', async () => {
    await installation.lock(
      writePlugin(installation.folder, { id: 'added' }),
      writePlugin(installation.folder, { id: 'removed', files: { 'a.txt': '' } }),
    );
    writeFileSync(join(installation.folder, 'added/extra.ts'), '');
    rmSync(join(installation.folder, 'removed/a.txt'));
    const loaded = await installation.load();
    expect(reasonOf(loaded, 'added')).toMatch(/files have changed/);
    expect(reasonOf(loaded, 'removed')).toMatch(/files have changed/);
  });

  it('may be built anew: what is built is not part of it', async () => {
    const loaded = await installation.lockAndLoad([{ id: 'built', files: { 'dist/ui/a.js': '1' } }]);
    expect(loaded.problems).toEqual([]);
    writeFileSync(join(installation.folder, 'built/dist/ui/a.js'), '2');
    expect((await installation.load()).problems).toEqual([]);
  });
});
