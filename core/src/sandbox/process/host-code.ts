import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { nodeProgram } from './node-program.ts';
import { markUsed, removeOldCode } from './old-code.ts';

const ROOM = join(import.meta.dirname, '..');
const SDK = dirname(createRequire(import.meta.url).resolve('@bazaar/sdk/package.json'));

/** Everything the child's code is made of. */
const SOURCES = ['child', 'guest', 'guest/globals', 'wire']
  .map((name) => join(ROOM, name))
  .concat(join(SDK, 'src/host'));

function addonFile(): string {
  const require = createRequire(import.meta.url);
  const { path } = require('node-gyp-build') as { path(folder: string): string };
  return path(dirname(require.resolve('isolated-vm/package.json')));
}

function revision(addon: string): string {
  const hash = createHash('sha256').update(process.version).update(readFileSync(addon));
  hash.update(readFileSync(join(SDK, 'src/problem.ts')));
  for (const folder of SOURCES) {
    for (const name of readdirSync(folder).sort()) {
      if (name.endsWith('.ts') && !name.endsWith('.test.ts'))
        hash.update(name).update(readFileSync(join(folder, name)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

/** A folder that nobody else can have put anything into. */
function privateFolder(isRoot: boolean): string {
  if (isRoot) {
    mkdirSync('/var/lib/bazaar', { recursive: true, mode: 0o755 });
    return '/var/lib/bazaar';
  }
  const uid = process.getuid?.();
  const folder = join(tmpdir(), `bazaar-${uid ?? 'user'}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  if (!found.isDirectory() || (uid !== undefined && (found.uid !== uid || (found.mode & 0o022) !== 0))) {
    throw new Error(`${folder} belongs to somebody else; remove it`);
  }
  return folder;
}

async function build(folder: string, addon: string): Promise<void> {
  // Loaded only when the code has changed: it is large.
  const { rolldown } = await import('rolldown');
  const write = async (input: string, file: string, format: 'esm' | 'iife') => {
    const build = await rolldown({ input, platform: 'node', external: /^node:/, logLevel: 'silent' });
    const { output } = await build.generate({ format, ...(format === 'iife' ? { name: 'Boot' } : {}) });
    await build.close();
    writeFileSync(join(folder, file), output[0].code);
  };
  await write(join(ROOM, 'child/main.ts'), 'main.mjs', 'esm');
  await write(join(ROOM, 'guest/boot.ts'), 'guest.js', 'iife');
  copyFileSync(addon, join(folder, 'isolated-vm.node'));
  for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o444);
  chmodSync(folder, 0o755);
}

export interface HostCode {
  /** Holds the child's code and nothing else. */
  folder: string;
  /** Program that runs it. */
  node: string;
}

/** Puts the code there unless it is there already. */
async function place(folder: string, addon: string): Promise<void> {
  if (existsSync(folder)) return;
  const unfinished = `${folder}.${process.pid}-${Date.now().toString(36)}`;
  mkdirSync(unfinished, { recursive: true, mode: 0o755 });
  try {
    await build(unfinished, addon);
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

/**
 * The code of the child as plain JavaScript, in a folder that holds nothing else and that any user can read: node
 * cannot strip types without WebAssembly, and a repository below /root is out of an unprivileged user's reach. Made
 * once for each state of the code.
 */
export async function prepareHostCode(parent?: string): Promise<HostCode> {
  const addon = addonFile();
  const home = parent ?? privateFolder(process.getuid?.() === 0);
  const folder = join(home, `sandbox-${revision(addon)}`);
  const node = nodeProgram(home);
  await place(folder, addon);
  markUsed(folder);
  removeOldCode(home);
  return { folder, node };
}
