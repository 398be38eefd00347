import { rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { createBundler } from '../../bundling/index.ts';
import { messageOf } from '../../errors/index.ts';
import { createInlineRuntime, type PluginPackage, type Tier } from '../../plugins/index.ts';
import { temporaryFolder } from '../../processes/index.ts';
import { createSandboxTier } from '../../sandbox/index.ts';
import { describePackage } from '../describe-package.ts';
import type { Verification } from './answers.ts';

const QUIET = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Builds the package and brings its handlers to life, as an installation would. Rejects in words. */
async function prove({ manifest, folder, entry, integrity }: PluginPackage, tier: Tier): Promise<void> {
  const place = await temporaryFolder('verify');
  const bundler = createBundler({ folder: place, log: QUIET });
  const sandbox = createSandboxTier({ log: QUIET, bundle: async (source) => (await bundler.server(source)).code });
  try {
    const { file } = await bundler.server({ folder, entry, integrity });
    const runtime =
      tier === 'sandbox'
        ? await sandbox.createRuntime({ manifest, folder, entry, integrity })
        : await createInlineRuntime({ manifest, folder: dirname(file), entry: basename(file), integrity });
    await runtime.close();
    await bundler.ui({ folder, integrity });
  } finally {
    await sandbox.close();
    await bundler.close();
    await rm(place, { recursive: true, force: true });
  }
}

/** What can be known without a platform: everything but how the package fits with other plugins and versions. */
export async function verifyOffline(pkg: PluginPackage, tier: Tier): Promise<Verification> {
  const problems: Verification['problems'] = [];
  const attempt = async (step: string, work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      problems.push({ step, message: messageOf(error) });
    }
  };
  await attempt('rehearse', () => describePackage(pkg.data));
  await attempt('build', () => prove(pkg, tier));
  const { id, version, capabilities = [] } = pkg.manifest;
  return {
    ok: problems.length === 0,
    package: { id, version, integrity: pkg.integrity },
    tier,
    capabilities: capabilities.map((request) => ({ ...request, granted: false })),
    problems,
    conflicts: [],
    notes: ['No platform is running: how it fits with other plugins and versions was not looked at.'],
  };
}
