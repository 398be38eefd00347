import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { changeLock, type LockEntry } from '../plugins/index.ts';
import { COMMANDS } from './commands/index.ts';
import { run } from './run.ts';

async function bazaar(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await run(args, { out: (line) => out.push(line), err: (line) => err.push(line) });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

describe('the command line', () => {
  test('says what there is', async () => {
    const { code, out } = await bazaar('--help');
    expect(code).toBe(0);
    for (const { name, summary } of COMMANDS) {
      expect(out).toContain(name);
      expect(out).toContain(summary);
    }
    expect((await bazaar()).code).toBe(2);
  });

  test.each(COMMANDS.map(({ name }) => name))('%s --help explains itself', async (name) => {
    const { code, out } = await bazaar(...name.split(' '), '--help');
    expect([code, out]).toEqual([0, expect.stringContaining(`Usage: bazaar ${name}`)]);
  });

  test.each([
    [['nonsense'], 'no command “nonsense”'],
    [['plugin'], 'Usage: bazaar plugin <command>'],
    [['plugin', 'burn'], 'no command “plugin burn”'],
    [['config', '--loud'], "Unknown option '--loud'"],
    [['config', 'extra'], 'Unexpected: extra'],
    [['plugin', 'types'], 'Missing: <folder>.'],
    [['plugin', 'install', '--tier', 'inline'], 'Missing: <folder or .tgz>.'],
    [['plugin', 'pin', 'crm'], '--tenant'],
    [['plugin', 'install', '.', '--tier', 'root'], 'sandbox or inline'],
    [['serve', '--plugin', 'x'], '--throwaway'],
    [['serve', '--throwaway', '--plugin', 'x', '--plugins', 'y'], 'not both'],
    [['serve', '--throwaway', '--plugin', 'x', '--tier', 'cellar'], 'inline or sandbox'],
    [['serve', '--throwaway', '--tier', 'sandbox'], 'for --plugin'],
  ])('%j makes no sense: exit code 2', async (args, words) => {
    const { code, out, err } = await bazaar(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(words);
  });

  test('a mistyped command of a group shows that group only', async () => {
    const { err } = await bazaar('plugin', 'instal', './x');
    expect(err).toMatch(/^bazaar: there is no command “plugin instal”\.\n/);
    expect(err).toContain('plugin install');
    expect(err).not.toContain('  serve');
  });

  test('a group of commands says what there is', async () => {
    const { code, out } = await bazaar('plugin', '--help');
    expect(code).toBe(0);
    for (const { name } of COMMANDS) expect(out.includes(`\n  ${name} `), name).toBe(name.startsWith('plugin '));
  });

  test('a fixture that cannot be read is said in one line', async () => {
    const { code, err } = await bazaar('serve', '--throwaway', '--fixture', '/no/such/file');
    expect([code, err.split('\n').length]).toEqual([1, 1]);
    expect(err).toContain('/no/such/file');
  });
});

describe('plugin lock', () => {
  const notes = resolve(import.meta.dirname, '../../test/fixtures/plugins/notes');
  let folder: string;
  let lock: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bazaar-lock-'));
    lock = join(folder, 'plugins.lock.json');
    await mkdir(join(folder, 'plugins'));
    await cp(notes, join(folder, 'plugins/notes'), { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true }));

  const entry = async () => {
    const { plugins } = JSON.parse(await readFile(lock, 'utf8')) as { plugins: { notes: Record<string, unknown> } };
    return plugins.notes;
  };

  test('pins what lies below plugins/, and notices every change', async () => {
    expect((await bazaar('plugin', 'lock', '--check', '--lock', lock)).code).toBe(1);
    expect((await bazaar('plugin', 'lock', '--lock', lock)).code).toBe(0);
    expect(await entry()).toMatchObject({ version: '1.0.0', source: './plugins/notes', tier: 'inline' });
    expect((await bazaar('plugin', 'lock', '--check', '--lock', lock)).code).toBe(0);

    await writeFile(join(folder, 'plugins/notes/src/more.ts'), 'export {};\n');
    const { code, err } = await bazaar('plugin', 'lock', '--check', '--lock', lock);
    expect(code).toBe(1);
    expect(err).toContain('notes');
  });

  test('keeps the tier the operator chose', async () => {
    await bazaar('plugin', 'lock', '--lock', lock);
    await writeFile(lock, (await readFile(lock, 'utf8')).replace('"inline"', '"sandbox"'));
    await writeFile(join(folder, 'plugins/notes/src/more.ts'), 'export {};\n');
    expect((await bazaar('plugin', 'lock', '--lock', lock)).code).toBe(0);
    expect(await entry()).toMatchObject({ tier: 'sandbox' });
  });

  test('keeps what a kernel writes while the packages are read', async () => {
    const other = { version: '2.0.0', integrity: `sha512-${'A'.repeat(86)}==`, source: 'installed', tier: 'sandbox' };
    const kernel = changeLock(lock, (entries) => [
      ...entries,
      { id: 'other', ...other, grantedCapabilities: [] } as LockEntry,
    ]);
    const [{ code }] = await Promise.all([bazaar('plugin', 'lock', '--lock', lock), kernel]);
    expect(code).toBe(0);
    expect(Object.keys((JSON.parse(await readFile(lock, 'utf8')) as { plugins: object }).plugins)).toEqual([
      'notes',
      'other',
    ]);
  });

  test('says in one line that the file cannot be used', async () => {
    await writeFile(lock, '{');
    const { code, err } = await bazaar('plugin', 'lock', '--lock', lock);
    expect([code, err.split('\n').length]).toEqual([1, 1]);
    expect(err).toContain('plugins.lock.json: is not JSON');
  });

  test('says what is wrong with a package and writes nothing', async () => {
    await writeFile(join(folder, 'plugins/notes/plugin.json'), '{"id": "notes"}');
    const { code, err } = await bazaar('plugin', 'lock', '--lock', lock);
    expect(code).toBe(1);
    expect(err).toContain('plugin.json');
    await expect(readFile(lock)).rejects.toThrow(/ENOENT/);
  });
});
