import { readdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Manifest } from '@bazaar/sdk';
import type { PluginDataDescription, PluginDataPackage } from '../../data/index.ts';
import { MANIFEST_FILE } from '../manifest/review-manifest.ts';
import { readPackedFiles } from '../package/packed-files.ts';
import { interpretDeclarations } from '../package/plugin-package.ts';
import { generateContract } from './generate-contract.ts';

export const CONTRACT_FILE = 'src/contract.generated.ts';

export interface ContractGeneration {
  /** Absolute. */
  file: string;
  changed: boolean;
}

/**
 * Writes `src/contract.generated.ts` of the plugin in a folder, or with `check` only says whether it is stale.
 * `describe` installs the package's data in a throw-away database and reads back what came of it. Manifests of
 * other plugins are looked for in the folders beside this one and in `otherFolders`.
 */
export async function generateContractFor(
  folder: string,
  options: {
    describe(pkg: PluginDataPackage): Promise<PluginDataDescription>;
    otherFolders?: readonly string[];
    check?: boolean;
  },
): Promise<ContractGeneration> {
  const root = await realpath(folder);
  const { manifest, data } = interpretDeclarations(await readPackedFiles(root, 'folder'));
  const dependencies = await findManifests([...(await siblings(root)), ...(options.otherFolders ?? [])]);
  const source = await generateContract(manifest, await options.describe(data), dependencies);
  const file = join(root, CONTRACT_FILE);
  const before = await readFile(file, 'utf8').catch(() => '');
  if (before !== source && options.check !== true) await writeFile(file, source);
  return { file, changed: before !== source };
}

async function siblings(folder: string): Promise<string[]> {
  const parent = dirname(folder);
  const entries = await readdir(parent, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => join(parent, entry.name));
}

async function findManifests(folders: readonly string[]): Promise<Map<string, Manifest>> {
  const found = new Map<string, Manifest>();
  for (const folder of folders) {
    try {
      const manifest = JSON.parse(await readFile(join(resolve(folder), MANIFEST_FILE), 'utf8')) as Manifest;
      if (!found.has(manifest.id)) found.set(manifest.id, manifest);
    } catch {
      // A folder without a readable manifest is no plugin; what is missing in the end is reported by name.
    }
  }
  return found;
}
