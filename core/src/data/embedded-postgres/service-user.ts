import { existsSync, readFileSync, type Stats, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { StartupError } from '../../errors/index.ts';

/** The account that runs PostgreSQL when we are root, which PostgreSQL refuses to be. */
export interface ServiceUser {
  uid: number;
  gid: number;
}

/** Who owns a cluster that exists already; `null` when it does not, or root does. */
function ownerOf(dataDir: string): ServiceUser | null {
  const version = join(dataDir, 'PG_VERSION');
  if (!existsSync(version)) return null;
  const { uid, gid } = statSync(version);
  return uid === 0 ? null : { uid, gid };
}

/** `null` when we are not root: PostgreSQL then runs as we do. A cluster is served by the user who made it. */
export function serviceUser(dataDir: string): ServiceUser | null {
  if (process.getuid?.() !== 0) return null;
  const owner = ownerOf(dataDir);
  if (owner) return owner;
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const account = accounts.find((fields) => fields[0] === name);
    if (account) return { uid: Number(account[2]), gid: Number(account[3]) };
  }
  throw new StartupError(
    'PostgreSQL does not run as root, and neither of the users "postgres" and "nobody" exists: start Bazaar as another user or set DATABASE_URL.',
  );
}

function mayEnter(folder: Stats, user: ServiceUser): boolean {
  const bit = folder.uid === user.uid ? 0o100 : folder.gid === user.gid ? 0o010 : 0o001;
  return (folder.mode & bit) !== 0;
}

/** The first folder on the way (the path itself included) that the user may not enter, or `null`. */
export function obstacleFor(user: ServiceUser, path: string): string | null {
  const onTheWay: string[] = [];
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    onTheWay.unshift(folder);
    if (folder === dirname(folder)) break;
  }
  return onTheWay.find((folder) => !mayEnter(statSync(folder), user)) ?? null;
}
