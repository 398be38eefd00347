import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { StartupError } from '../../errors/index.ts';
import { describeFolderError } from './data-folder.ts';
import { processBirth, processWorks } from './processes.ts';

interface Owner {
  pid: number;
  birth: string;
}

function readOwner(file: string): Owner | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Owner;
  } catch {
    return null;
  }
}

/**
 * One kernel per embedded cluster, as it stops the server when it ends. The file names the owner; an owner that
 * no longer lives (`kill -9`) has lost it. Returns its undo.
 */
export function takeOwnership(location: string): () => void {
  const file = `${location}.owner`;
  const self: Owner = { pid: process.pid, birth: processBirth(process.pid) };
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      writeFileSync(file, JSON.stringify(self), { flag: 'wx' });
      return () => {
        if (readOwner(file)?.pid === process.pid) rmSync(file, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw describeFolderError(location, error);
    }
    const owner = readOwner(file);
    if (owner && processWorks(owner.pid) && processBirth(owner.pid) === owner.birth) {
      throw new StartupError(`Bazaar is already running on the data folder ${location} (process ${owner.pid}).`);
    }
    rmSync(file, { force: true });
  }
  throw new StartupError(`The data folder ${location} is being taken by several processes at once; try again.`);
}
