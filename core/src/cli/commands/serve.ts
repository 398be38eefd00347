import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Config, readConfig, runUntilStopped } from '../../kernel/index.ts';
import type { Tier } from '../../plugins/index.ts';
import { type Command, strings, UsageError } from '../command.ts';
import { readFixture, seedFixture } from '../fixture.ts';
import { PROJECT } from '../project.ts';
import { createScratchServer, type ScratchServer } from '../scratch-server.ts';
import { vouchFor } from '../vouch-for.ts';

interface Surroundings {
  config: Config;
  scratch?: ScratchServer;
  clear(): Promise<void>;
}

/** With `throwaway`, everything the platform keeps lies in places that are removed afterwards. */
async function surroundings(throwaway: boolean, folders: readonly string[], tier: Tier): Promise<Surroundings> {
  const config = readConfig(process.env, PROJECT);
  if (!throwaway) return { config, clear: async () => {} };
  const dataDir = await mkdtemp(join(tmpdir(), 'bazaar-throwaway-'));
  const clear = () => rm(dataDir, { recursive: true, force: true });
  try {
    const pluginsLock =
      folders.length > 0 ? await vouchFor(join(dataDir, 'plugins.lock.json'), folders, tier) : config.pluginsLock;
    const scratch = await createScratchServer(process.env);
    return {
      config: { ...config, dataDir, pluginsLock },
      scratch,
      async clear() {
        await scratch.remove();
        await clear();
      },
    };
  } catch (error) {
    await clear();
    throw error;
  }
}

/** `bazaar serve`: for programs that start the platform, e.g. the test harness of the SDK. */
export const serve: Command = {
  name: 'serve',
  summary: 'Run the platform. Says { "ready": true, "url": …, "pid": … } on standard output when it is ready.',
  synopsis: '[--plugins <lock file>] [--throwaway [--plugin <folder>… [--tier <tier>]] [--fixture <file>]]',
  details: [
    '--plugins <lock file>  instead of plugins.lock.json of the project',
    '--throwaway            on a new database and data folder that are removed at the end',
    '--plugin <folder>      run these plugins as they are, without a lock file (only with --throwaway)',
    '--tier <tier>          inline or sandbox: where they run (inline when absent)',
    '--fixture <file>       JSON of tenants, people and licences to begin with (only with --throwaway)',
  ],
  options: {
    plugins: { type: 'string' },
    throwaway: { type: 'boolean' },
    plugin: { type: 'string', multiple: true },
    tier: { type: 'string' },
    fixture: { type: 'string' },
  },
  arguments: [0, 0],
  async run({ values, output }) {
    const throwaway = values.throwaway === true;
    const folders = strings(values.plugin).map((folder) => resolve(folder));
    const [lockFile] = strings(values.plugins);
    const [fixtureFile] = strings(values.fixture);
    const [tier = 'inline'] = strings(values.tier);
    if (!throwaway && (folders.length > 0 || fixtureFile !== undefined)) {
      throw new UsageError('--plugin and --fixture are for throw-away platforms: add --throwaway.');
    }
    if (lockFile !== undefined && folders.length > 0) throw new UsageError('Give --plugins or --plugin, not both.');
    if (tier !== 'inline' && tier !== 'sandbox') throw new UsageError('--tier must be inline or sandbox.');
    if (values.tier !== undefined && folders.length === 0) throw new UsageError('--tier is for --plugin.');
    const fixture = fixtureFile === undefined ? undefined : await readFixture(fixtureFile);
    const { config, scratch, clear } = await surroundings(throwaway, folders, tier);
    try {
      return await runUntilStopped(lockFile === undefined ? config : { ...config, pluginsLock: resolve(lockFile) }, {
        progress: output.err,
        complain: output.err,
        ready({ url, problems }) {
          for (const problem of problems) output.err(problem);
          output.out(JSON.stringify({ ready: true, url, pid: process.pid }));
        },
        ...(scratch ? { database: scratch.server } : {}),
        ...(fixture ? { seed: (platform) => seedFixture(platform, fixture) } : {}),
      });
    } finally {
      await clear();
    }
  },
};
